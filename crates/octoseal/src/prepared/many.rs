//! Many values that were sealed elsewhere, in one call.

use super::PreparedValue;
use crate::error::Error;
use crate::github::GitHub;
use crate::results::Results;
use crate::stop::Stop;
use futures_util::stream::{self, StreamExt as _};
use octoseal_model::{AnyAccess, AnyStore, SecretName};
use std::collections::HashSet;
use std::sync::Arc;

impl GitHub {
    /// Checks that a store still has the key that a value is sealed to, without writing.
    ///
    /// A key that this client has already fetched is not fetched again if it is the same.
    ///
    /// # Errors
    ///
    /// [`Error::KeyChanged`] if the store now has another key. Otherwise the same as for [`GitHub::send`].
    pub async fn check_prepared(&self, prepared: &PreparedValue) -> Result<(), Error> {
        self.any_secrets(prepared.store().clone()).still_current(prepared).await.map(drop)
    }

    /// Puts many values that were sealed elsewhere, and returns each secret's result as its write ends.
    ///
    /// The rules are those of [`put_prepared`](Self::put_prepared) for each value. A duplicate secret is not
    /// written again ([`Error::RepeatedName`]). One failure does not stop the others, except as in
    /// [`put_everywhere_each`](Self::put_everywhere_each).
    ///
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) values are in flight at the same time.
    /// [`Results`] explains the effect of dropping it.
    pub fn put_prepared_each(
        &self,
        values: impl IntoIterator<Item = PreparedValue>,
        access: impl Into<AnyAccess>,
    ) -> Results<(AnyStore, SecretName)> {
        let (access, in_flight) = (access.into(), self.pacer().pacing().in_flight.max(1));
        let mut seen = HashSet::new();
        let values: Vec<_> = values
            .into_iter()
            .map(|value| {
                let secret = (value.store().clone(), value.name().clone());
                (seen.insert(secret.clone()), secret, value)
            })
            .collect();
        let (count, stop, github) = (values.len(), Arc::new(Stop::default()), self.clone());
        let stopped = Arc::clone(&stop);
        let writes = values.into_iter().enumerate().map(move |(position, (is_new, secret, value))| {
            let (stop, github, access) = (Arc::clone(&stop), github.clone(), access.clone());
            async move {
                let scope = github.credential_scope(value.store());
                let result = match is_new {
                    true => stop.unless(scope, github.put_prepared(&value, access)).await,
                    false => Err(Error::RepeatedName),
                };
                (position, secret, result)
            }
        });
        Results::new(count, stopped, stream::iter(writes).buffer_unordered(in_flight))
    }
}
