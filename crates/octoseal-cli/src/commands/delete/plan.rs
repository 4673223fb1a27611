//! What a delete will do.

use super::outcome;
use crate::fan_out::Failures;
use crate::output::{ExitCode, Failure, Output};
use crate::preflight::Preflight;
use futures_util::stream::StreamExt as _;
use octoseal::{AnyStore, SecretName};
use std::pin::pin;

/// The secrets that will be deleted, and those that do not exist and are skipped.
#[derive(Default)]
pub(super) struct Plan<'a> {
    pub(super) deletes: Vec<(&'a AnyStore, &'a SecretName)>,
    skip: Vec<(&'a AnyStore, &'a SecretName)>,
}

impl<'a> Plan<'a> {
    /// Takes everything, without a look at the stores.
    pub(super) fn unseen(stores: &'a [AnyStore], names: &'a [SecretName]) -> Self {
        let all = stores.iter().flat_map(|store| names.iter().map(move |name| (store, name)));
        Self { deletes: all.collect(), skip: Vec::new() }
    }

    /// Looks at each store. A secret that does not exist is a failure, or is skipped if `only_existing`.
    pub(super) async fn make(
        preflight: &Preflight<'_>,
        stores: &'a [AnyStore],
        names: &'a [SecretName],
        only_existing: bool,
        failures: &mut Failures,
    ) -> Self {
        let mut plan = Self::default();
        let mut looks = pin!(preflight.looks(stores));
        while let Some((store, contents)) = looks.next().await {
            let contents = match contents {
                Ok(contents) => contents,
                // Each of its secrets fails for the same reason.
                Err(failure) => {
                    names.iter().for_each(|_| failures.add(store, failure.clone()));
                    continue;
                }
            };
            for name in names {
                match contents.has(name) {
                    true => plan.deletes.push((store, name)),
                    false if only_existing => plan.skip.push((store, name)),
                    false => failures.add(store, missing(store, name)),
                }
            }
        }
        plan
    }

    /// The stores of the deletes, each once.
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
                output.answer(&data, format!("would {verb} {name} {from} {store}"))?;
            }
        }
        Ok(())
    }

    pub(super) fn report_skipped(&self, output: Output) -> Result<(), Failure> {
        for (store, name) in &self.skip {
            match output.json {
                true => output.answer(&outcome("skipped", store, name), "")?,
                false => output.note(&format!("skipping {store}, which has no {name}")),
            }
        }
        Ok(())
    }
}

fn missing(store: &AnyStore, name: &SecretName) -> Failure {
    let mut failure = Failure::new(ExitCode::NotFound, format!("{store} has no {name}"))
        .hint("--only-existing skips stores without the secret");
    failure.context.name = Some(name.as_str().to_owned());
    failure
}
