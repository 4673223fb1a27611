//! Writes the values of an import, several stores at a time.

use super::plan::Plan;
use crate::commands::put::{outcome, what};
use crate::fan_out::Failures;
use crate::journal::{Expected, Journal};
use crate::output::{Failure, Output};
use crate::progress::{Counted, Progress};
use crate::session::Session;
use futures_util::stream::{self, StreamExt as _};
use octoseal::{AnyAccess, AnySecrets, AnyStore, SecretName, SecretValue};
use octoseal_fleet::inputs::Entry;
use std::collections::HashMap;
use std::pin::pin;

/// The number of stores that are written concurrently. Each has a copy of the values, which is wiped after
/// its last write.
const STORES_AT_A_TIME: usize = 4;

/// Writes everything, and reports each write as it ends.
pub(super) async fn all(
    session: &Session,
    plan: &Plan,
    entries: &[Entry],
    access: &AnyAccess,
    output: Output,
    journal: &Journal,
    failures: &mut Failures,
) -> Result<(), Failure> {
    failures.now_among_secrets(plan.stores.len() * entries.len());
    let planned: Vec<AnyStore> = plan.stores.iter().map(|planned| planned.store.clone()).collect();
    let progress = &Progress::of(session, Counted::Writes, planned.len() * entries.len(), output);
    let stores = planned.into_iter().map(|store| async move {
        let results = one(session, &store, entries, access, output, journal, progress).await;
        (store, results)
    });
    let mut stores = pin!(stream::iter(stores).buffer_unordered(STORES_AT_A_TIME));
    while let Some((store, failed)) = stores.next().await {
        let (failed, printed) = failed?;
        failed.into_iter().for_each(|(name, failure)| failures.add_secret(&name, &store, failure));
        failures.printed(printed);
    }
    Ok(())
}

/// Writes all values of one store; returns the failures, and whether all results were printed.
async fn one(
    session: &Session,
    store: &AnyStore,
    entries: &[Entry],
    access: &AnyAccess,
    output: Output,
    journal: &Journal,
    progress: &Progress,
) -> Result<(Vec<(SecretName, Failure)>, Result<(), Failure>), Failure> {
    if journal.is_stopped() {
        return Err(Failure::interrupted());
    }
    let mut expected: HashMap<SecretName, Expected> = entries
        .iter()
        .map(|entry| (entry.name.clone(), journal.expect(what::<AnySecrets>(&entry.name, store))))
        .collect();
    let values = entries.iter().map(|entry| (entry.name.clone(), SecretValue::from(entry.value.expose())));
    let mut results = session.secrets(store).put_each(values.collect::<Vec<_>>(), access.clone());
    let (mut failed, mut printed) = (Vec::new(), Ok(()));
    while let Some((name, result)) = journal.next(&mut results).await {
        if let Some(expected) = expected.remove(&name) {
            expected.end(&result);
        }
        progress.advance();
        match result {
            Ok(written) => {
                let (data, text) = outcome::<AnySecrets>(written, &name, store);
                printed = printed.and(output.answer(&data, text));
            }
            Err(error) => failed.push((name, Failure::from(error))),
        }
    }
    failed.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok((failed, printed))
}
