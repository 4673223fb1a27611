//! `octoseal import`: many values from a file or a program, into one store or many.

mod plan;
mod sealed;
mod write;

use super::put::Wanted;
use crate::arguments::{Global, Import};
use crate::consent::{self, Change};
use crate::fan_out::Failures;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use crate::value::{Input, Source, place};
use octoseal::SecretName;
use plan::{Job, Plan};
use std::path::Path;

pub(crate) async fn run(
    global: &Global,
    import: Import,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    if let Some(path) = &import.sealed {
        return sealed::run(global, path, &import, output, journal).await;
    }
    let (source, words) = source(&import)?;
    let stores = Targets::words(words, &import.more, global, Purpose::Write)?;
    Wanted::choose(&stores.named(), &import.access)?;
    let input = Input { source, options: &import.input, allow: import.allow };
    let entries = input.read(output, journal).await?.secrets;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let stores = stores.find(&session, output).await?;
    let wanted = Wanted::choose(&stores, &import.access)?;
    let access = wanted.resolve(session.github()).await?;
    let mut failures = Failures::among(stores.len(), output);
    let names: Vec<SecretName> = entries.iter().map(|entry| entry.name.clone()).collect();
    let job = |_| Job { names: names.clone(), sealed: Vec::new() };
    let plan = Plan::make(&session, &stores, job, &access, &mut failures).await;
    if import.consent.dry_run {
        plan.print(output)?;
        return failures.finish();
    }
    if plan.stores.is_empty() {
        return failures.finish();
    }
    let (what, limit) =
        (plan.summary(&counted(entries.len(), "secret")), ("--max-stores", import.max_stores));
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
            Ok((place(Path::new(source)), stores))
        }
        _ => Err(Failure::usage("give a source, and then a store")
            .hint("octoseal import .env OWNER/REPO")
            .argument("SOURCE STORE")),
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
