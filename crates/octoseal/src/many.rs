//! Many writes in one call: many values into one store, or one value into many stores. Each has its own
//! result.

use crate::any_secrets::AnySecrets;
use crate::error::Error;
use crate::github::GitHub;
use crate::results::Results;
use crate::stop::{Scope, Stop};
use crate::writes::{checked, perform, results};
use futures_util::future::FutureExt as _;
use octoseal_crypto::SecretValue;
use octoseal_model::{AnyAccess, AnyStore, SecretName, Written};
use std::sync::Arc;

impl AnySecrets {
    /// Puts many values into this store, with one key request, and returns each name's result in the order of
    /// the values.
    ///
    /// The rules are those of [`put_each`](Self::put_each). If the future is dropped, the results until then
    /// are lost. Use `put_each` to keep them.
    pub async fn put_all<I>(
        &self,
        values: I,
        access: impl Into<AnyAccess>,
    ) -> Vec<(SecretName, Result<Written, Error>)>
    where
        I: IntoIterator<Item = (SecretName, SecretValue)>,
    {
        self.put_each(values, access).all().await
    }

    /// Puts many values into this store, with one key request, and returns each name's result as its write
    /// ends.
    ///
    /// One failure does not stop the others, unless all would fail. If the public key is unavailable, GitHub
    /// answers 401, or a GitHub App gets no token, the unsent writes end as [`Error::NotTried`]. GitHub
    /// [locks
    /// out](https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#failed-login-limit)
    /// clients that continue with an invalid token. After a lock-out, this call stops as well.
    ///
    /// All values are checked before anything is sent. A value that is too long, or an access that the owner
    /// does not accept, is that name's error, and nothing is sent for it. A repeated name is not sent either
    /// ([`Error::RepeatedName`]): the result of two values would depend on the order of their arrival at
    /// GitHub.
    ///
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) values are in flight at the same time. Each
    /// value is wiped when its write has ended. The writes continue between two results. [`Results`] explains
    /// the effect of dropping it.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// use octoseal::{AnyAccess, SecretName, SecretValue};
    ///
    /// let values = [(SecretName::new("NPM_TOKEN")?, SecretValue::from("s3cr3t"))];
    /// let secrets = github.any_secrets("repos/octo/hello/actions".parse()?);
    /// let mut results = secrets.put_each(values, AnyAccess::Keep);
    /// while let Some((name, result)) = results.next().await {
    ///     match result {
    ///         Ok(_) => println!("{name}: written, {} to go", results.remaining()),
    ///         Err(error) => println!("{name}: {error}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn put_each<I>(&self, values: I, access: impl Into<AnyAccess>) -> Results<SecretName>
    where
        I: IntoIterator<Item = (SecretName, SecretValue)>,
    {
        let (secrets, access) = (self.clone(), access.into());
        let in_flight = self.github().pacer().pacing().in_flight.max(1);
        let values = checked(values, &Error::RepeatedName, |_, value| secrets.check(value, &access));
        let count = values.len();
        let stop = Arc::new(Stop::default());
        let stopped = Arc::clone(&stop);
        let writes = async move {
            let call = secrets.github().keys().call_start();
            if values.iter().any(|(_, value)| value.is_ok()) {
                let prepared = secrets.prepare().await;
                prepared.unwrap_or_else(|error| stop.set(Scope::All, Arc::new(error)));
            }
            perform(values, in_flight, stop, move |name: &SecretName, value| {
                let (secrets, name, access) = (secrets.clone(), name.clone(), access.clone());
                (Scope::All, async move { secrets.put_within(call, &name, &value, access).await })
            })
        };
        Results::new(count, stopped, writes.flatten_stream())
    }
}

impl GitHub {
    /// Puts one value into many stores, sealed for each, and returns each store's result in the order of the
    /// stores.
    ///
    /// The rules are those of [`put_everywhere_each`](Self::put_everywhere_each).
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// use octoseal::{Family, Organization, SecretName, SecretValue, Visibility};
    ///
    /// let (name, value) = (SecretName::new("NPM_TOKEN")?, SecretValue::from("s3cr3t"));
    /// let acme = Organization::new("acme")?;
    /// let stores = Family::ALL.map(|family| acme.store(family));
    /// for (store, result) in github.put_everywhere(stores, &name, &value, Visibility::Private).await {
    ///     println!("{store}: {}", if result.is_ok() { "written" } else { "failed" });
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn put_everywhere<I>(
        &self,
        stores: I,
        name: &SecretName,
        value: &SecretValue,
        access: impl Into<AnyAccess>,
    ) -> Vec<(AnyStore, Result<Written, Error>)>
    where
        I: IntoIterator<Item: Into<AnyStore>>,
    {
        self.put_everywhere_each(stores, name, value, access).all().await
    }

    /// Puts one value into many stores, sealed for each, and returns each store's result as its write ends.
    ///
    /// The stores may have owners of different kinds. All of them are checked before anything is sent: an
    /// access that an owner does not accept is that store's error, and a duplicate store is not written again
    /// ([`Error::RepeatedStore`]). [`AnyAccess::Keep`] works for all owners where the secret exists. If the
    /// secret may be new, call this once for the stores that [select
    /// repositories](AnyStore::selects_repositories), with [`AnyAccess::KeepOr`], and once for the others,
    /// with [`AnyAccess::Keep`].
    ///
    /// One store's failure does not stop the others, except if GitHub answers 401 or a GitHub App gets no
    /// token. The unsent writes for the same account then end as [`Error::NotTried`], and all unsent writes
    /// if GitHub does not know the App itself.
    ///
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) stores are in flight at the same time. The
    /// value is copied, and the copy is wiped after the last write. The writes continue between two results.
    /// [`Results`] explains the effect of dropping it.
    pub fn put_everywhere_each<I>(
        &self,
        stores: I,
        name: &SecretName,
        value: &SecretValue,
        access: impl Into<AnyAccess>,
    ) -> Results<AnyStore>
    where
        I: IntoIterator<Item: Into<AnyStore>>,
    {
        let access = access.into();
        let stores = stores.into_iter().map(|store| (store.into(), ()));
        let check = |store: &AnyStore, (): &()| self.any_secrets(store.clone()).check(value, &access);
        let stores = checked(stores, &Error::RepeatedStore, check);
        // The writes outlive the call.
        let (name, value) = (name.clone(), Arc::new(SecretValue::from(value.expose())));
        let github = self.clone();
        results(stores, self.pacer().pacing().in_flight.max(1), move |store: &AnyStore, ()| {
            let secrets = github.any_secrets(store.clone());
            let (name, value, access) = (name.clone(), Arc::clone(&value), access.clone());
            let scope = secrets.github().credential_scope(store);
            (scope, async move { secrets.put(&name, &value, access).await })
        })
    }
}
