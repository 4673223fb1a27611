//! Many writes in one call: many values into one store, or one value into many stores. Each has its own result.

use crate::error::Error;
use crate::github::GitHub;
use crate::secrets::Secrets;
use crate::side_by_side::side_by_side;
use octoseal_crypto::SecretValue;
use octoseal_model::{Owner, SecretName, Store, Written};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

impl<O: Owner> Secrets<O> {
    /// Puts many values into this store, with one key request, and gives each name's result in the order of the values.
    ///
    /// One failure does not stop the others, but for those that all would share: if there is no public key to be had, and
    /// once GitHub answers 401 or gives a GitHub App no token, what is not yet sent ends as [`Error::NotTried`]. GitHub
    /// [locks out](https://docs.github.com/en/rest/authentication/authenticating-to-the-rest-api#failed-login-limit) who
    /// goes on with a wrong token; when it has done so, this stops, too.
    ///
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) values are under way at the same time. The iterator is asked
    /// for the next one only when there is room, and each value is wiped when it is written, so a slow job holds few of
    /// them. A name that was there before is not sent ([`Error::RepeatedName`]): which of two values would win, the
    /// order of their arrival at GitHub would decide.
    ///
    /// If the future is dropped, nothing more is sent, and the writes under way are perhaps done. To know what was done
    /// until then, put in batches.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// use octoseal::{Family, Repository, SecretName, SecretValue};
    ///
    /// let values = [
    ///     (SecretName::new("NPM_TOKEN")?, SecretValue::from("s3cr3t")),
    ///     (SecretName::new("DEPLOY_KEY")?, SecretValue::from("s3cr3t, too")),
    /// ];
    /// let secrets = github.secrets(Repository::new("octo", "hello")?.store(Family::Actions));
    /// for (name, result) in secrets.put_all(values, ()).await {
    ///     match result {
    ///         Ok(_) => println!("{name}: written"),
    ///         Err(error) => println!("{name}: {error}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn put_all(
        &self,
        values: impl IntoIterator<Item = (SecretName, SecretValue)>,
        access: impl Into<O::Access>,
    ) -> Vec<(SecretName, Result<Written, Error>)> {
        let access = access.into();
        let mut values = values.into_iter().peekable();
        let stop = Stop::default();
        // Without a value nothing is asked for, either.
        if values.peek().is_some() {
            let prepared = self.prepare().await;
            prepared.unwrap_or_else(|error| stop.set(None, Arc::new(error)));
        }
        let mut seen = HashSet::new();
        let each = |(name, value): (SecretName, SecretValue)| {
            let is_new = seen.insert(name.clone());
            let (stop, access) = (&stop, access.clone());
            async move {
                if !is_new {
                    return (name, Err(Error::RepeatedName));
                }
                let result = stop.unless(None, self.put(&name, &value, access)).await;
                (name, result)
            }
        };
        side_by_side(values, self.github().pacer().pacing().in_flight, each).await
    }
}

impl GitHub {
    /// Puts one value into many stores, sealed for each, and gives each store's result in the order of the stores.
    ///
    /// All stores are of one kind of owner, since the kinds differ in what a write must say: call it once for each.
    ///
    /// One store's failure does not stop the others, but for GitHub's answer 401, or if it gives a GitHub App no token:
    /// what is not yet sent for the same account ends as [`Error::NotTried`], and all of it if GitHub does not know the
    /// App itself.
    ///
    /// At most [`Pacing::in_flight`](crate::Pacing::in_flight) stores are under way at the same time, and the iterator is
    /// asked for the next one only when there is room. If the future is dropped, nothing more is sent, and the writes
    /// under way are perhaps done.
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
    pub async fn put_everywhere<O: Owner>(
        &self,
        stores: impl IntoIterator<Item = Store<O>>,
        name: &SecretName,
        value: &SecretValue,
        access: impl Into<O::Access>,
    ) -> Vec<(Store<O>, Result<Written, Error>)> {
        let access = access.into();
        let stop = Stop::default();
        let each = |store: Store<O>| {
            let (stop, access) = (&stop, access.clone());
            async move {
                let account = self.credential_account(&store);
                let secrets = self.secrets(store);
                let result = stop.unless(account, secrets.put(name, value, access)).await;
                (secrets.into_store(), result)
            }
        };
        side_by_side(stores, self.pacer().pacing().in_flight, each).await
    }
}

/// Why the writes of a call need not be tried any more, by the account whose token is meant; `None` stands for all.
#[derive(Default)]
struct Stop(Mutex<HashMap<Option<String>, Arc<Error>>>);

impl Stop {
    fn set(&self, account: Option<String>, error: Arc<Error>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(account).or_insert(error);
    }

    /// Performs a write unless it is known to fail, and sees whether all others would fail, too.
    async fn unless(
        &self,
        account: Option<String>,
        write: impl Future<Output = Result<Written, Error>>,
    ) -> Result<Written, Error> {
        if let Some(error) = self.known(&account) {
            return Err(Error::NotTried(error));
        }
        let result = write.await;
        match &result {
            Err(Error::Refused(refusal)) if refusal.is_of_the_token() => {
                self.set(account, Arc::new(Error::Refused(refusal.clone())));
            }
            Err(Error::Transport { operation, source }) if source.is_no_token() => {
                let account = account.filter(|_| !source.is_app_refused());
                let (operation, source) = (operation.clone(), source.clone());
                self.set(account, Arc::new(Error::Transport { operation, source }));
            }
            _ => {}
        }
        result
    }

    fn known(&self, account: &Option<String>) -> Option<Arc<Error>> {
        let stopped = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stopped.get(account).or_else(|| stopped.get(&None)).cloned()
    }
}
