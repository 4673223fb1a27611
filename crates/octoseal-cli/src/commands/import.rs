//! `octoseal import`: many values from a file or a program, into one store or many.

mod plan;
mod write;

use super::put::Wanted;
use crate::arguments::{Global, Import, InputOptions};
use crate::consent::{self, Change};
use crate::fan_out::Failures;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use crate::value::Source;
use octoseal_fleet::inputs::{Entries, Format, Settings, limits, parse};
use plan::Plan;

pub(crate) async fn run(
    global: &Global,
    import: Import,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let (source, words) = source(&import)?;
    let stores = Targets::words(words, &import.more, global, Purpose::Write)?;
    Wanted::choose(&stores.named(), &import.access)?;
    let format = format(&import.input, &source);
    let entries = read(source, format, &import.input, output, journal).await?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = stores.find(&session, output).await?;
    let wanted = Wanted::choose(&stores, &import.access)?;
    let access = wanted.resolve(session.github()).await?;
    let mut failures = Failures::among(stores.len(), output);
    let plan = Plan::make(&session, &stores, &entries, &access, &mut failures).await;
    if import.consent.dry_run {
        plan.print(output)?;
        return failures.finish();
    }
    if plan.stores.is_empty() {
        return failures.finish();
    }
    let (what, limit) = (plan.summary(entries.len()), ("--max-stores", import.max_stores));
    let change = Change { what: &what, count: plan.stores.len(), limit, is_small: stores.len() == 1 };
    match stores.len() {
        1 => output.note(&format!("this will {what}")),
        _ => consent::obtain(&change, &import.consent, output, journal).await?,
    }
    write::all(&session, &plan, &entries, &access, output, journal, &mut failures).await?;
    failures.finish()
}

/// The first word is the source, unless a program is.
fn source(import: &Import) -> Result<(Source, &[String]), Failure> {
    if !import.program.is_empty() {
        return Ok((Source::Program(import.program.clone()), &import.words));
    }
    match &import.words[..] {
        [source, stores @ ..] if !stores.is_empty() || import.more.stores_from.is_some() => {
            let place = if source == "-" { Source::Stdin } else { Source::File(source.into()) };
            Ok((place, stores))
        }
        _ => Err(Failure::usage("give a source, and then a store")
            .hint("octoseal import .env OWNER/REPO")
            .argument("SOURCE STORE")),
    }
}

fn format(options: &InputOptions, source: &Source) -> Format {
    let of_file = || match source {
        Source::File(path) => Format::of_file(&path.to_string_lossy()),
        _ => None,
    };
    options.format.or_else(of_file).unwrap_or(Format::Dotenv)
}

async fn read(
    source: Source,
    format: Format,
    options: &InputOptions,
    output: Output,
    journal: &Journal,
) -> Result<Vec<octoseal_fleet::inputs::Entry>, Failure> {
    let text = source.read(limits::MAX_INPUT_BYTES, journal).await?;
    let settings = Settings::new()
        .at(options.at.clone().unwrap_or_default())
        .only(options.only.clone())
        .except(options.except.clone())
        .prefix(options.prefix.clone())
        .rename(options.rename.clone())
        .stringify(options.stringify)
        .allow_empty(options.allow_empty)
        .allow_encrypted(options.allow_encrypted);
    let entries = parse(format, text.expose(), &settings).map_err(|errors| {
        let lines: Vec<String> = errors.to_string().lines().map(|line| format!("\n  {line}")).collect();
        Failure::usage(format!("the input is not valid {format}, so nothing was written:{}", lines.concat()))
    })?;
    let Entries { secrets, notes, .. } = entries;
    notes.iter().for_each(|note| output.note(&note.to_string()));
    Ok(secrets)
}
