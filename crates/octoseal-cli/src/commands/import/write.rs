//! Writes the values of an import, several stores at a time.

use super::plan::Plan;
use super::values::Values;
use crate::commands::put::{outcome, what};
use crate::fan_out::Failures;
use crate::journal::{Expected, Journal};
use crate::kept::Kept;
use crate::output::{Failure, Output};
use crate::progress::{Counted, Progress};
use crate::session::Session;
use futures_util::stream::{self, StreamExt as _};
use octoseal::{AnyAccess, AnySecrets, AnyStore, AnyVariables, Results, SecretName, VariableName};
use std::collections::HashMap;
use std::pin::pin;

/// The number of stores that are written concurrently. Each has a copy of the values, which is wiped after
/// its last write.
const STORES_AT_A_TIME: usize = 4;

/// The data that all writes share.
pub(super) struct Writer<'a> {
    pub(super) session: &'a Session,
    pub(super) access: &'a AnyAccess,
    pub(super) output: Output,
    pub(super) journal: &'a Journal,
}

/// The outcome of the writes to one store.
#[derive(Default)]
struct Done {
    secrets: Vec<(SecretName, Failure)>,
    variables: Vec<(VariableName, Failure)>,
    /// The failure to print a result.
    unprintable: Option<Failure>,
}

impl Writer<'_> {
    /// Writes everything, and reports each write as it ends.
    pub(super) async fn write(
        &self,
        plan: &Plan,
        values: &Values,
        failures: &mut Failures,
    ) -> Result<(), Failure> {
        let planned: Vec<AnyStore> = plan.stores.iter().map(|planned| planned.store.clone()).collect();
        let writes = planned.len() * values.len();
        failures.now_among(writes, values.noun());
        let progress = &Progress::of(self.session, Counted::Writes, writes, self.output);
        let stores = planned.into_iter().map(|store| async move {
            let done = self.one(&store, values, progress).await;
            (store, done)
        });
        let mut stores = pin!(stream::iter(stores).buffer_unordered(STORES_AT_A_TIME));
        while let Some((store, done)) = stores.next().await {
            let Done { mut secrets, mut variables, unprintable } = done?;
            secrets.sort_by(|(one, _), (other, _)| one.cmp(other));
            variables.sort_by(|(one, _), (other, _)| one.cmp(other));
            for (name, failure) in secrets {
                failures.add_write::<AnySecrets>(&name, &store, failure);
            }
            for (name, failure) in variables {
                failures.add_write::<AnyVariables>(&name, &store, failure);
            }
            failures.printed(unprintable.map_or(Ok(()), Err));
        }
        Ok(())
    }

    /// Writes all values of one store.
    async fn one(&self, store: &AnyStore, values: &Values, progress: &Progress) -> Result<Done, Failure> {
        if self.journal.is_stopped() {
            return Err(Failure::interrupted());
        }
        let mut done = Done::default();
        let results = AnySecrets::at(self.session, store)?.put_each(values.secrets(), self.access.clone());
        let names = values.secret_names();
        done.secrets =
            self.report::<AnySecrets>(store, names, results, progress, &mut done.unprintable).await;
        if !values.variable_names().is_empty() {
            let variables = AnyVariables::at(self.session, store)?;
            let results = variables.put_each(values.variables(), self.access.clone());
            let names = values.variable_names();
            done.variables =
                self.report::<AnyVariables>(store, names, results, progress, &mut done.unprintable).await;
        }
        Ok(done)
    }

    /// Prints the results, and returns the failures.
    async fn report<K: Kept>(
        &self,
        store: &AnyStore,
        names: &[K::Name],
        mut results: Results<K::Name>,
        progress: &Progress,
        unprintable: &mut Option<Failure>,
    ) -> Vec<(K::Name, Failure)> {
        let mut expected: HashMap<K::Name, Expected> =
            names.iter().map(|name| (name.clone(), self.journal.expect(what::<K>(name, store)))).collect();
        let mut failed = Vec::new();
        while let Some((name, result)) = self.journal.next(&mut results).await {
            if let Some(expected) = expected.remove(&name) {
                expected.end(&result);
            }
            progress.advance();
            match result {
                Ok(written) => {
                    let (data, text) = outcome::<K>(written, &name, store);
                    if let Err(failure) = self.output.answer(&data, text) {
                        unprintable.get_or_insert(failure);
                    }
                }
                Err(error) => failed.push((name, Failure::from(error))),
            }
        }
        failed
    }
}
