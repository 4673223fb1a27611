//! `octoseal import --sealed`: values that another machine has sealed.

use super::agree;
use super::plan::{Job, Plan};
use crate::arguments::{Global, Import};
use crate::commands::put::{Wanted, outcome, what};
use crate::fan_out::Failures;
use crate::journal::{Expected, Journal};
use crate::output::{ExitCode, Failure, Output};
use crate::preflight::{Intent, Preflight};
use crate::progress::{Counted, Progress};
use crate::session::Session;
use crate::summary::counted;
use crate::value::{invalid, place};
use octoseal::{AnyAccess, AnySecrets, AnyStore, PreparedValue, SecretName};
use octoseal_fleet::inputs::limits::MAX_INPUT_BYTES;
use octoseal_fleet::inputs::sealed::read_values;
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Checks all sealed values against the keys that the stores have now, and then writes all or nothing.
pub(super) async fn run(
    global: &Global,
    path: &Path,
    import: &Import,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let values = read(path, journal).await?;
    let mut seen = HashSet::new();
    let stores: Vec<AnyStore> =
        values.iter().map(|value| value.store().clone()).filter(|store| seen.insert(store.clone())).collect();
    let wanted = Wanted::choose(&stores, &import.access)?;
    let session = Session::open(global, stores.first(), output, journal).await?;
    let access = wanted.resolve(session.github()).await?;
    let mut failures = Failures::among(stores.len(), output);
    let jobs = jobs(&values);
    let job = |store: &AnyStore| jobs.get(store).cloned().unwrap_or_default();
    let preflight = Preflight::begin(&session, &stores, HashSet::new(), Intent::PutSealed, output).await?;
    let plan = Plan::make(&session, &preflight, &stores, job, &access, &mut failures).await;
    if plan.stores.len() < stores.len() {
        return Err(nothing_written(failures, stores.len()));
    }
    if import.consent.dry_run {
        plan.print(output)?;
        return failures.finish();
    }
    let what = counted(values.len(), "sealed value");
    agree(&session, global, &plan, (import, &stores), &what, output, journal).await?;
    write(&session, values, access, output, journal, &mut failures).await;
    failures.finish()
}

async fn read(path: &Path, journal: &Journal) -> Result<Vec<PreparedValue>, Failure> {
    let source = place(path);
    let label = source.label();
    let text = source.read(MAX_INPUT_BYTES, journal).await;
    let text = text.map_err(|failure| failure.argument("--sealed"))?;
    read_values(text.expose()).map_err(|errors| {
        let hint = "octoseal seal --for writes this file";
        invalid(&label, "a file of sealed values", &errors).hint(hint).argument("--sealed")
    })
}

fn jobs(values: &[PreparedValue]) -> HashMap<AnyStore, Job<'_>> {
    let mut jobs: HashMap<AnyStore, Job<'_>> = HashMap::new();
    for value in values {
        let job = jobs.entry(value.store().clone()).or_default();
        job.secrets.push(value.name().clone());
        if job.sealed.iter().all(|known| known.key() != value.key()) {
            job.sealed.push(value);
        }
    }
    jobs
}

async fn write(
    session: &Session,
    values: Vec<PreparedValue>,
    access: AnyAccess,
    output: Output,
    journal: &Journal,
    failures: &mut Failures,
) {
    let secret = |value: &PreparedValue| (value.store().clone(), value.name().clone());
    let mut expected: HashMap<(AnyStore, SecretName), Expected> = values
        .iter()
        .map(|value| (secret(value), journal.expect(what::<AnySecrets>(value.name(), value.store()))))
        .collect();
    failures.now_among(values.len(), "secrets");
    let progress = Progress::of(session, Counted::Writes, values.len(), output);
    let mut results = session.github().put_prepared_each(values, access);
    while let Some((secret, result)) = journal.next(&mut results).await {
        if let Some(expected) = expected.remove(&secret) {
            expected.end(&result);
        }
        progress.advance();
        let (store, name) = secret;
        match result {
            Ok(written) => {
                let (data, text) = outcome::<AnySecrets>(written, &name, &store);
                failures.printed(output.answer(&data, text));
            }
            Err(error) => failures.add_write::<AnySecrets>(&name, &store, error.into()),
        }
    }
}

/// Reports the stores that failed their checks.
fn nothing_written(failures: Failures, stores: usize) -> Failure {
    match failures.finish() {
        Err(failure) if failure.code == ExitCode::Partial => {
            Failure::new(failure.code, format!("{}, so nothing was written", failure.message))
        }
        Err(failure) => failure,
        Ok(()) => Failure::new(ExitCode::Failed, format!("the checks of {stores} stores failed")),
    }
}
