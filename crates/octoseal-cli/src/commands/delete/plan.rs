//! The plan of a delete.

use super::outcome;
use crate::fan_out::Failures;
use crate::kept::Kept;
use crate::output::{ExitCode, Failure, Output};
use crate::preflight::Preflight;
use futures_util::stream::StreamExt as _;
use octoseal::AnyStore;
use std::pin::pin;

/// The items to delete, and the missing items that are skipped.
pub(super) struct Plan<'a, K: Kept> {
    pub(super) deletes: Vec<(&'a AnyStore, &'a K::Name)>,
    skip: Vec<(&'a AnyStore, &'a K::Name)>,
}

impl<'a, K: Kept> Plan<'a, K> {
    /// Plans all deletes, without reading the stores.
    pub(super) fn unseen(stores: &'a [AnyStore], names: &'a [K::Name]) -> Self {
        let all = stores.iter().flat_map(|store| names.iter().map(move |name| (store, name)));
        Self { deletes: all.collect(), skip: Vec::new() }
    }

    /// Reads each store. A missing item is a failure, or is skipped with `only_existing`.
    pub(super) async fn make(
        preflight: &Preflight<'_>,
        stores: &'a [AnyStore],
        names: &'a [K::Name],
        only_existing: bool,
        failures: &mut Failures,
    ) -> Self {
        let mut plan = Self { deletes: Vec::new(), skip: Vec::new() };
        let mut looks = pin!(preflight.looks::<K>(stores));
        while let Some((store, contents)) = looks.next().await {
            let contents = match contents {
                Ok(contents) => contents,
                // All names of the store fail for the same reason.
                Err(failure) => {
                    names.iter().for_each(|_| failures.add(store, failure.clone()));
                    continue;
                }
            };
            for name in names {
                match contents.has(name) {
                    true => plan.deletes.push((store, name)),
                    false if only_existing => plan.skip.push((store, name)),
                    false => failures.add(store, missing::<K>(store, name)),
                }
            }
        }
        plan
    }

    /// Returns the stores of the deletes, each once.
    pub(super) fn stores(&self) -> Vec<&'a AnyStore> {
        let mut stores: Vec<&AnyStore> = self.deletes.iter().map(|(store, _)| *store).collect();
        stores.dedup();
        stores
    }

    pub(super) fn print(&self, output: Output) -> Result<(), Failure> {
        for (verb, secrets) in [("delete", &self.deletes), ("skip", &self.skip)] {
            for (store, name) in secrets {
                let data = outcome(&format!("would_{verb}"), store, name);
                let from = if verb == "delete" { "from" } else { "in" };
                output.answer(&data, format!("would {verb} {} {from} {store}", K::label(name)))?;
            }
        }
        Ok(())
    }

    pub(super) fn report_skipped(&self, output: Output) -> Result<(), Failure> {
        match self.skip.len() {
            _ if output.json => {
                return self
                    .skip
                    .iter()
                    .try_for_each(|(store, name)| output.answer(&outcome("skipped", store, name), ""));
            }
            0..=FEW => self.skip.iter().for_each(|(store, name)| {
                output.note(&format!("skipping {store}, which has no {}", K::label(name)));
            }),
            many => {
                output.note(&format!("skipping {many} {}s that do not exist (--dry-run names them)", K::ONE));
            }
        }
        Ok(())
    }
}

/// Above this number, skipped items are only counted.
const FEW: usize = 10;

fn missing<K: Kept>(store: &AnyStore, name: &K::Name) -> Failure {
    let mut failure = Failure::new(ExitCode::NotFound, format!("{store} has no {}", K::label(name)))
        .hint(format!("--only-existing skips stores without the {}", K::ONE));
    failure.context.name = Some(name.to_string());
    failure
}
