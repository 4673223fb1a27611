//! `octoseal delete`: deletes secrets or variables.

mod plan;

use crate::arguments::{Delete, Global};
use crate::consent::{self, Change};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::kept::{self, Kept};
use crate::output::{Failure, Output};
use crate::preflight::{Intent, Preflight};
use crate::progress::{Counted, Progress};
use crate::session::Session;
use crate::summary::{Summary, counted};
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use octoseal::AnyStore;
use plan::Plan;
use serde_json::{Value, json};
use std::fmt;
use std::pin::pin;

pub(crate) async fn run<K: Kept>(
    global: &Global,
    delete: Delete,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Targets { names, stores } = Targets::<K::Name>::names(&delete.words, global, Purpose::Write)?;
    kept::check::<K>(&stores)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let selection = kept::select::<K>(stores, &session, output).await?;
    let stores = selection.stores;
    let mut failures = Failures::among(stores.len() * names.len(), output);
    let looks_first = stores.len() > 1 || delete.only_existing || delete.consent.dry_run;
    let plan = if looks_first {
        let preflight = Preflight::begin(&session, &stores, selection.active, Intent::Delete, output).await?;
        Plan::<K>::make(&preflight, &stores, &names, delete.only_existing, &mut failures).await
    } else {
        Plan::<K>::unseen(&stores, &names)
    };
    if delete.consent.dry_run {
        plan.print(output)?;
        return failures.finish();
    }
    plan.report_skipped(output)?;
    if plan.deletes.is_empty() {
        return failures.finish();
    }
    agree(&session, global, &plan, (&delete, failures.count()), output, journal).await?;
    let jobs = |(store, name): &(&AnyStore, &K::Name)| {
        let (kept, name) = (K::at(&session, store), (*name).clone());
        let what = what::<K>(&name, store);
        async move { journal.write(what, kept?.delete(&name)).await }
    };
    journal.plan(plan.deletes.iter().map(|(store, name)| what::<K>(name, store)));
    let progress = Progress::of(&session, Counted::Writes, plan.deletes.len(), output);
    let mut results = pin!(fan_out::each(&plan.deletes, jobs).inspect(move |_| progress.advance()));
    while let Some(((store, name), result)) = results.next().await {
        match result {
            Ok(()) => {
                let text = format!("deleted {} from {store}", K::label(name));
                failures.printed(output.answer(&outcome("deleted", store, name), text));
            }
            Err(failure) if failure.is_interruption() => return Err(failure),
            Err(failure) => failures.add(store, failure),
        }
    }
    failures.finish()
}

fn what<K: Kept>(name: &K::Name, store: &AnyStore) -> String {
    format!("delete {} from {store}", K::label(name))
}

/// Asks for consent.
async fn agree<K: Kept>(
    session: &Session,
    global: &Global,
    plan: &Plan<'_, K>,
    (delete, failures): (&Delete, usize),
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let deletes = &plan.deletes;
    let stores: Vec<&AnyStore> = deletes.iter().map(|(store, _)| *store).collect();
    let (what, mut summary, stores) = match deletes[..] {
        [(store, name)] => {
            (format!("delete {} from {store}", K::label(name)), Summary::default(), Vec::new())
        }
        _ => {
            let what = format!("delete {}", counted(deletes.len(), K::ONE));
            let summary = Summary::of(session, global, stores.iter().copied(), 0);
            (what, summary, plan.stores())
        }
    };
    summary.add_failures(failures);
    let (limit, is_small) =
        (("--max-deletes", delete.max_deletes), deletes.len() == 1 && delete.max_deletes > 0);
    let count = deletes.len();
    let change = Change { what: &what, lines: &summary.lines, stores: &stores, count, limit, is_small };
    consent::obtain(&change, &delete.consent, output, journal).await
}

fn outcome(outcome: &str, store: &AnyStore, name: impl fmt::Display) -> Value {
    json!({ "store": store.to_string(), "name": name.to_string(), "outcome": outcome })
}
