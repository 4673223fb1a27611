//! `octoseal import`: many values from a file or a program, into one store or many.

mod plan;
mod sealed;
mod values;
mod write;

use super::put::{Wanted, token_name};
use crate::arguments::{Global, Import};
use crate::consent::{self, Change};
use crate::fan_out::Failures;
use crate::journal::Journal;
use crate::kept;
use crate::output::{Failure, Output};
use crate::preflight::{Intent, Preflight};
use crate::session::Session;
use crate::summary::Summary;
use crate::targets::{Purpose, Targets};
use crate::value::{Input, Source, place};
use octoseal::{AnyStore, AnyVariables};
use octoseal_fleet::inputs::Pattern;
use plan::{Job, Plan};
use std::path::Path;
use values::Values;
use write::Writer;

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
    let stores = Targets::words(words, &import.more, global, Purpose::Write).map_err(source_first)?;
    if !import.as_variables.is_empty() {
        kept::check::<AnyVariables>(&stores)?;
    }
    Wanted::choose(&stores.named(), &import.access)?;
    let as_variables = import.as_variables.clone();
    let input = Input { source, options: &import.input, allow: import.allow, as_variables };
    let values = Values::of(input.read(output, journal).await.map_err(in_words_of_import)?, output)?;
    for name in values.secret_names() {
        token_name::check(name.as_str(), import.consent.yes, journal).await?;
    }
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let selection = match values.secret_names().is_empty() {
        true => kept::select::<AnyVariables>(stores, &session, output).await?,
        false => stores.select(&session, output).await?,
    };
    let stores = selection.stores;
    let what = format!("import into {} stores", stores.len());
    consent::check_early(&what, stores.len(), ("--max-stores", import.max_stores), &import.consent)?;
    let wanted = Wanted::choose(&stores, &import.access)?;
    let access = wanted.resolve(session.github()).await?;
    let mut failures = Failures::among(stores.len(), output);
    let secrets = || values.secret_names().to_vec();
    let variables = || values.variable_names().to_vec();
    let job = |_| Job { secrets: secrets(), variables: variables(), sealed: Vec::new() };
    let intent = Intent::put(import.create_environments);
    let preflight = Preflight::begin(&session, &stores, selection.active, intent, output).await?;
    let mut plan = Plan::make(&session, &preflight, &stores, job, &access, &mut failures).await;
    if import.consent.dry_run {
        plan.print(output)?;
        return failures.finish();
    }
    if plan.stores.is_empty() {
        return failures.finish();
    }
    agree(&session, global, &plan, (&import, &stores), &values.counted(), output, journal).await?;
    plan.create_environments(&session, output, journal, &mut failures).await?;
    let writer = Writer { session: &session, access: &access, output, journal };
    writer.write(&plan, &values, &mut failures).await?;
    failures.finish()
}

/// `octoseal variable import`: an import that makes variables of all values.
pub(crate) async fn variables(
    global: &Global,
    mut import: Import,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    if import.sealed.is_some() || !import.as_variables.is_empty() {
        return Err(Failure::usage("--sealed and --as-variables are options of octoseal import"));
    }
    import.as_variables.extend("*".parse::<Pattern>());
    run(global, import, output, journal).await
}

/// Prints the plan, and asks for consent if there are several stores. `what` is counted, such as `3 secrets`.
async fn agree(
    session: &Session,
    global: &Global,
    plan: &Plan,
    (import, stores): (&Import, &[AnyStore]),
    what: &str,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let what = plan.sentence(what);
    if stores.len() == 1 {
        output.note(&format!("this will {what}"));
        return Ok(());
    }
    let mut summary = Summary::of(session, global, plan.writes(), plan.new_environments().count());
    summary.add_failures(stores.len() - plan.stores.len());
    let planned: Vec<&AnyStore> = plan.stores.iter().map(|planned| &planned.store).collect();
    let (count, limit) = (planned.len(), ("--max-stores", import.max_stores));
    let change =
        Change { what: &what, lines: &summary.lines, stores: &planned, count, limit, is_small: false };
    consent::obtain(&change, &import.consent, output, journal).await
}

/// A word that is no store may be the source.
fn source_first(failure: Failure) -> Failure {
    match failure.context.argument.as_deref() {
        Some("NAME") => failure.hint("the source comes first: octoseal import .env OWNER/REPO"),
        _ => failure,
    }
}

/// Adapts the text of a failure: `import` takes the file as its first word, not as an option.
fn in_words_of_import(failure: Failure) -> Failure {
    match failure.context.argument.as_deref() {
        Some("--from-file") => failure.argument("SOURCE"),
        _ => failure,
    }
}

/// Returns the source and the words for stores. The first word is the source, unless a program is given.
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
