//! One value into many stores: everything is checked, the user agrees, and then the value is read and
//! written.

use super::access::Wanted;
use super::plan::Plan;
use super::{about, outcome, what};
use crate::arguments::{Global, Put};
use crate::consent::{self, Change};
use crate::environments;
use crate::fan_out::Failures;
use crate::journal::{Expected, Journal};
use crate::kept::Kept;
use crate::output::{ExitCode, Failure, Output};
use crate::preflight::{Intent, Preflight};
use crate::progress::{Counted, Progress};
use crate::session::Session;
use crate::summary::Summary;
use octoseal::{AnyAccess, Error};
use octoseal_fleet::select::Selection;
use std::collections::BTreeMap;

pub(super) async fn run<K: Kept>(
    session: &Session,
    selection: Selection,
    name: &K::Name,
    wanted: &Wanted,
    (put, global): (&Put<K::Source>, &Global),
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let stores = selection.stores;
    if !put.only_existing {
        let what = format!("put {} into {} stores", K::label(name), stores.len());
        consent::check_early(&what, stores.len(), ("--max-stores", put.max_stores), &put.consent)?;
    }
    let intent = Intent::put(put.create_environments);
    let preflight = Preflight::begin(session, &stores, selection.active, intent, output).await?;
    let access = wanted.resolve(session.github()).await?;
    let mut failures = Failures::among(stores.len(), output);
    let plan = Plan::make::<K>(&preflight, &stores, name, &access, put, &mut failures).await;
    drop(preflight);
    if put.consent.dry_run {
        plan.print::<K>(name, output)?;
        return failures.finish();
    }
    plan.report_skipped::<K>(name, output)?;
    let targets = plan.targets();
    if targets.is_empty() {
        failures.finish()?;
        let message = format!("no store has {}, so nothing was written", K::label(name));
        return Err(Failure::new(ExitCode::NotFound, message));
    }
    let mut summary = Summary::of(session, global, plan.writes(), plan.reads::<K>(&access));
    summary.add_failures(failures.count());
    summary.suggest_organizations(session, K::ONE, &targets).await;
    let change = Change {
        what: &plan.sentence(&K::label(name)),
        lines: &summary.lines,
        stores: &targets,
        count: targets.len(),
        limit: ("--max-stores", put.max_stores),
        is_small: targets.len() == 1,
    };
    if stores.len() > 1 {
        consent::obtain(&change, &put.consent, output, journal).await?;
    }
    let value = K::read(&put.source, output, journal).await?;
    journal.plan(targets.iter().map(|store| what::<K>(name, store)));
    let failed =
        environments::create(session, &plan.new_environments, output, journal, &mut failures).await?;
    let targets = targets.into_iter().filter(|store| !failed.contains(*store)).cloned().collect();
    // With thousands of stores, what is not needed any more counts.
    drop(plan);
    drop(stores);
    let targets = K::stores(targets)?;
    write::<K>(session, targets, name, value, access, output, journal, &mut failures).await;
    failures.finish()
}

/// Writes the value, several stores at a time, and reports each write as it ends.
#[expect(clippy::too_many_arguments, reason = "this is one half of a function that is too long")]
async fn write<K: Kept>(
    session: &Session,
    targets: Vec<K::Store>,
    name: &K::Name,
    value: K::Value,
    access: AnyAccess,
    output: Output,
    journal: &Journal,
    failures: &mut Failures,
) {
    // Built at once from all targets, this map is denser than one of hashes.
    let mut expected: BTreeMap<K::Store, Expected> = targets
        .iter()
        .map(|store| (store.clone(), journal.expect(what::<K>(name, K::place(store)))))
        .collect();
    let progress = Progress::of(session, Counted::Writes, targets.len(), output);
    let mut results = K::put_everywhere(session.github(), targets, name, &value, access);
    drop(value); // the client has its own copy, and wipes it
    while let Some((store, result)) = journal.next(&mut results).await {
        if let Some(expected) = expected.remove(&store) {
            expected.end(&result);
        }
        progress.advance();
        let store = K::place(&store);
        match result {
            Ok(written) => {
                let (data, text) = outcome::<K>(written, name, store);
                failures.printed(output.answer(&data, text));
            }
            // Not sent, since a signal came. The report says so.
            Err(Error::NotTried(_)) if journal.is_stopped() => {}
            Err(error) => failures.add(store, about::<K>(name, store, error.into())),
        }
    }
}
