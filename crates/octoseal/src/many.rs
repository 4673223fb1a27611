//! Many writes in one call: many values into one store, or one value into many stores. Each has its own result.

use crate::any_secrets::AnySecrets;
use crate::error::Error;
use crate::github::GitHub;
use crate::results::Results;
use crate::stop::{Scope, Stop};
use futures_util::future::FutureExt as _;
use futures_util::stream::{self, StreamExt as _};
use octoseal_crypto::SecretValue;
use octoseal_model::{AnyAccess, AnyStore, SecretName, Written};
use std::collections::HashSet;
use std::sync::Arc;

impl AnySecrets {
    /// Puts many values into this store, with one key request, and gives each name's result in the order of the values.
    ///
    /// The rules are those of [`put_each`](Self::put_each). If the future is dropped, what was done until then is not
    /// known; `put_each` tells it.
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

    /// Puts many values into this store, with one key request, and gives each name's result as its write ends.
    ///
    /// One failure does not stop the others, except those that all would share: if there is no public key to be had, and
    /// once GitHub answers 401 or gives a GitHub App no token, what is not yet sent ends as [`Error::NotTried`]. GitHub
    /// [locks out](https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#failed-login-limit)
    /// clients that continue with a wrong token; when it has done so, this stops, too.
    ///
    /// All values are taken and checked before anything is sent. A value that is too long, or an access that the owner does
    /// not take, is that name's error, and nothing is sent for it. A repeated name is not sent either
    /// ([`Error::RepeatedName`]): which of two values wins would depend on the order of their arrival at GitHub.
    ///
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) values are under way at the same time. Each value is wiped when
    /// its write has ended. The writes go on between two results; [`Results`] says what happens when it is dropped.
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
        let values = self.checked_values(values, &access);
        let count = values.len();
        let stop = Arc::new(Stop::default());
        let stopped = Arc::clone(&stop);
        let writes = async move {
            let call = secrets.github().keys().call_start();
            if values.iter().any(|(_, value)| value.is_ok()) {
                let prepared = secrets.prepare().await;
                prepared.unwrap_or_else(|error| stop.set(Scope::All, Arc::new(error)));
            }
            let writes = values.into_iter().enumerate().map(move |(position, (name, value))| {
                let (stop, secrets, access) = (Arc::clone(&stop), secrets.clone(), access.clone());
                async move {
                    let result = match value {
                        Ok(value) => {
                            stop.unless(Scope::All, secrets.put_within(call, &name, &value, access)).await
                        }
                        Err(error) => Err(error),
                    };
                    (position, name, result)
                }
            });
            stream::iter(writes).buffer_unordered(in_flight)
        };
        Results::new(count, stopped, writes.flatten_stream())
    }

    /// Takes all values and finds those that cannot be sent.
    fn checked_values(
        &self,
        values: impl IntoIterator<Item = (SecretName, SecretValue)>,
        access: &AnyAccess,
    ) -> Vec<(SecretName, Result<SecretValue, Error>)> {
        let mut seen = HashSet::new();
        let check = |(name, value): (SecretName, SecretValue)| {
            let checked = match seen.insert(name.clone()) {
                true => self.check(&value, access).map(|()| value),
                false => Err(Error::RepeatedName),
            };
            (name, checked)
        };
        values.into_iter().map(check).collect()
    }
}

impl GitHub {
    /// Puts one value into many stores, sealed for each, and gives each store's result in the order of the stores.
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

    /// Puts one value into many stores, sealed for each, and gives each store's result as its write ends.
    ///
    /// The stores may have owners of different kinds. All of them are checked before anything is sent: an access that an
    /// owner does not take is that store's error, and a store that is named again is not written again
    /// ([`Error::RepeatedStore`]). [`AnyAccess::Keep`] suits all owners where the secret exists. If the secret may be new,
    /// call this once for the stores that [select repositories](AnyStore::selects_repositories), with
    /// [`AnyAccess::KeepOr`], and once for the others, with [`AnyAccess::Keep`].
    ///
    /// One store's failure does not stop the others, except GitHub's answer 401, or if it gives a GitHub App no token: what
    /// is not yet sent for the same account ends as [`Error::NotTried`], and all of it if GitHub does not know the App
    /// itself.
    ///
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) stores are under way at the same time. The value is copied, and
    /// the copy wiped after the last write. The writes go on between two results; [`Results`] says what happens when it is
    /// dropped.
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
        let in_flight = self.pacer().pacing().in_flight.max(1);
        let stores = self.checked_stores(stores, value, &access);
        let count = stores.len();
        // The writes outlive the call.
        let (name, value) = (name.clone(), Arc::new(SecretValue::from(value.expose())));
        let stop = Arc::new(Stop::default());
        let stopped = Arc::clone(&stop);
        let writes = stores.into_iter().enumerate().map(move |(position, (secrets, checked))| {
            let (stop, name, value) = (Arc::clone(&stop), name.clone(), Arc::clone(&value));
            let access = access.clone();
            async move {
                let scope = secrets.github().credential_scope(secrets.store());
                let result = match checked {
                    Ok(()) => stop.unless(scope, secrets.put(&name, &value, access)).await,
                    Err(error) => Err(error),
                };
                (position, secrets.store().clone(), result)
            }
        });
        Results::new(count, stopped, stream::iter(writes).buffer_unordered(in_flight))
    }

    /// Takes all stores and finds those to which nothing can be sent.
    fn checked_stores(
        &self,
        stores: impl IntoIterator<Item: Into<AnyStore>>,
        value: &SecretValue,
        access: &AnyAccess,
    ) -> Vec<(AnySecrets, Result<(), Error>)> {
        let mut seen = HashSet::new();
        let check = |store: AnyStore| {
            let is_new = seen.insert(store.clone());
            let secrets = self.any_secrets(store);
            let checked = if is_new { secrets.check(value, access) } else { Err(Error::RepeatedStore) };
            (secrets, checked)
        };
        stores.into_iter().map(Into::into).map(check).collect()
    }
}
