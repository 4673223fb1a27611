//! Many writes in one call: many values into one store, or one value into many stores. Each has its own result.

use crate::any_secrets::AnySecrets;
use crate::error::Error;
use crate::github::GitHub;
use crate::stop::{Scope, Stop};
use futures_util::future::FutureExt as _;
use futures_util::stream::{self, BoxStream, StreamExt as _};
use octoseal_crypto::SecretValue;
use octoseal_model::{AnyAccess, AnyStore, SecretName, Written};
use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

/// The results of many writes, each as its write ends; `K` is a name or a store.
///
/// Nothing is sent between two calls of [`next`](Self::next). If it is dropped, nothing more is sent, and the writes under
/// way may have been done.
#[must_use = "nothing is written until the results are asked for"]
pub struct Results<'a, K> {
    stream: BoxStream<'a, Outcome<K>>,
}

/// The position among the targets, the target, and what came of it.
type Outcome<K> = (usize, K, Result<Written, Error>);

impl<'a, K: Send + 'a> Results<'a, K> {
    /// The next result, in the order in which the writes end; `None` after the last one.
    ///
    /// If the future is dropped before it is done, no result is lost.
    pub async fn next(&mut self) -> Option<(K, Result<Written, Error>)> {
        let (_, target, result) = self.stream.next().await?;
        Some((target, result))
    }

    /// All results, in the order of the targets.
    async fn all(self) -> Vec<(K, Result<Written, Error>)> {
        let mut all: Vec<Outcome<K>> = self.stream.collect().await;
        all.sort_unstable_by_key(|(position, ..)| *position);
        all.into_iter().map(|(_, target, result)| (target, result)).collect()
    }
}

#[cfg(feature = "stream")]
impl<K> futures_core::Stream for Results<'_, K> {
    type Item = (K, Result<Written, Error>);

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let next = self.stream.poll_next_unpin(context);
        next.map(|next| next.map(|(_, target, result)| (target, result)))
    }
}

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
        I: IntoIterator<Item = (SecretName, SecretValue), IntoIter: Send>,
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
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) values are under way at the same time. The iterator is asked
    /// for the next one only when there is room, and each value is wiped when it is written, so a slow job holds few of
    /// them. A repeated name is not sent ([`Error::RepeatedName`]): which of two values wins would depend on the order of
    /// their arrival at GitHub.
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
    ///     println!("{name}: {}", if result.is_ok() { "written" } else { "failed" });
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn put_each<'a, I>(&self, values: I, access: impl Into<AnyAccess>) -> Results<'a, SecretName>
    where
        I: IntoIterator<Item = (SecretName, SecretValue), IntoIter: Send + 'a>,
    {
        let (secrets, access) = (self.clone(), access.into());
        let in_flight = self.github().pacer().pacing().in_flight.max(1);
        let mut values = values.into_iter().peekable();
        let writes = async move {
            let (stop, call) = (Arc::new(Stop::default()), secrets.github().keys().call_start());
            // Without a value there is nothing to ask for.
            if values.peek().is_some() {
                let prepared = secrets.prepare().await;
                prepared.unwrap_or_else(|error| stop.set(Scope::All, Arc::new(error)));
            }
            let mut seen = HashSet::new();
            let writes = values.enumerate().map(move |(position, (name, value))| {
                let is_new = seen.insert(name.clone());
                let (stop, secrets, access) = (Arc::clone(&stop), secrets.clone(), access.clone());
                async move {
                    let result = match is_new {
                        true => {
                            stop.unless(Scope::All, secrets.put_within(call, &name, &value, access)).await
                        }
                        false => Err(Error::RepeatedName),
                    };
                    (position, name, result)
                }
            });
            stream::iter(writes).buffer_unordered(in_flight)
        };
        Results { stream: writes.flatten_stream().boxed() }
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
        I: IntoIterator<Item: Into<AnyStore>, IntoIter: Send>,
    {
        self.put_everywhere_each(stores, name, value, access).all().await
    }

    /// Puts one value into many stores, sealed for each, and gives each store's result as its write ends.
    ///
    /// The stores may have owners of different kinds. An access that an owner does not take is that store's error;
    /// [`AnyAccess::Keep`] suits all of them where the secret exists.
    ///
    /// One store's failure does not stop the others, except GitHub's answer 401, or if it gives a GitHub App no token: what
    /// is not yet sent for the same account ends as [`Error::NotTried`], and all of it if GitHub does not know the App
    /// itself.
    ///
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) stores are under way at the same time, and the iterator is
    /// asked for the next one only when there is room.
    pub fn put_everywhere_each<'a, I>(
        &self,
        stores: I,
        name: &'a SecretName,
        value: &'a SecretValue,
        access: impl Into<AnyAccess>,
    ) -> Results<'a, AnyStore>
    where
        I: IntoIterator<Item: Into<AnyStore>, IntoIter: Send + 'a>,
    {
        let (github, access) = (self.clone(), access.into());
        let in_flight = self.pacer().pacing().in_flight.max(1);
        let stop = Arc::new(Stop::default());
        let writes = stores.into_iter().enumerate().map(move |(position, store)| {
            let store = store.into();
            let secrets = github.any_secrets(store.clone());
            let scope = github.credential_scope(&store);
            let (stop, access) = (Arc::clone(&stop), access.clone());
            async move {
                let result = stop.unless(scope, secrets.put(name, value, access)).await;
                (position, store, result)
            }
        });
        Results { stream: stream::iter(writes).buffer_unordered(in_flight).boxed() }
    }
}

impl<K> fmt::Debug for Results<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Results").finish_non_exhaustive()
    }
}
