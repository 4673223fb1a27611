//! `octoseal delete`: deletes secrets.

mod plan;

use crate::arguments::{Delete, Global};
use crate::consent::{self, Change};
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::preflight::{Intent, Preflight};
use crate::progress::{Counted, Progress};
use crate::session::Session;
use crate::summary::{Summary, counted};
use crate::targets::{Purpose, Targets};
use futures_util::stream::StreamExt as _;
use octoseal::{AnyStore, SecretName};
use plan::Plan;
use serde_json::{Value, json};
use std::pin::pin;

pub(crate) async fn run(
    global: &Global,
    delete: Delete,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Targets { names, stores } = Targets::names(&delete.secrets, global, Purpose::Write)?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let selection = stores.select(&session, output).await?;
    let stores = selection.stores;
    let mut failures = Failures::among(stores.len() * names.len(), output);
    let looks_first = stores.len() > 1 || delete.only_existing || delete.consent.dry_run;
    let plan = if looks_first {
        let preflight = Preflight::begin(&session, &stores, selection.active, Intent::Delete, output).await?;
        Plan::make(&preflight, &stores, &names, delete.only_existing, &mut failures).await
    } else {
        Plan::unseen(&stores, &names)
    };
    if delete.consent.dry_run {
        plan.print(output)?;
        return failures.finish();
    }
    plan.report_skipped(output)?;
    if plan.deletes.is_empty() {
        return failures.finish();
    }
    agree(&session, global, &plan, &delete, output, journal).await?;
    let jobs = |(store, name): &(&AnyStore, &SecretName)| {
        let secrets = session.secrets(store);
        let (what, name) = (format!("delete {name} from {store}"), (*name).clone());
        async move { journal.write(what, secrets.delete(&name)).await }
    };
    let progress = Progress::of(&session, Counted::Writes, plan.deletes.len(), output);
    let mut results = pin!(fan_out::each(&plan.deletes, jobs).inspect(move |_| progress.advance()));
    while let Some(((store, name), result)) = results.next().await {
        match result {
            Ok(()) => {
                let text = format!("deleted {name} from {store}");
                failures.printed(output.answer(&outcome("deleted", store, name), text));
            }
            Err(failure) if failure.is_interruption() => return Err(failure),
            Err(failure) => failures.add(store, failure),
        }
    }
    failures.finish()
}

/// Asks for consent.
async fn agree(
    session: &Session,
    global: &Global,
    plan: &Plan<'_>,
    delete: &Delete,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let deletes = &plan.deletes;
    let stores: Vec<&AnyStore> = deletes.iter().map(|(store, _)| *store).collect();
    let (what, summary, stores) = match deletes[..] {
        [(store, name)] => (format!("delete {name} from {store}"), Summary::default(), Vec::new()),
        _ => {
            let what = format!("delete {}", counted(deletes.len(), "secret"));
            let summary = Summary::of(session, global, stores.iter().copied(), 0);
            (what, summary, plan.stores())
        }
    };
    let (limit, is_small) =
        (("--max-deletes", delete.max_deletes), deletes.len() == 1 && delete.max_deletes > 0);
    let count = deletes.len();
    let change = Change { what: &what, lines: &summary.lines, stores: &stores, count, limit, is_small };
    consent::obtain(&change, &delete.consent, output, journal).await
}

fn outcome(outcome: &str, store: &AnyStore, name: &SecretName) -> Value {
    json!({ "store": store.to_string(), "name": name.as_str(), "outcome": outcome })
}
