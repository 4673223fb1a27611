//! A handle to one store: everything that can be done with its secrets.

use crate::error::Error;
use crate::github::GitHub;
use crate::keys::{CheckedKey, Found};
use crate::pages::Pages;
use octoseal_crypto::SecretValue;
use octoseal_model::{
    Owner, PageRequest, RepositoryId, RepositoryIds, RepositoryRef, Secret, SecretName, SelectsRepositories,
    Store, StoreKey, Written, limits,
};
use std::collections::BTreeSet;
use std::fmt;

/// The secrets of one store; owned, cheap to clone.
pub struct Secrets<O> {
    github: GitHub,
    store: Store<O>,
}

impl<O: Owner> Secrets<O> {
    pub(crate) fn new(github: GitHub, store: Store<O>) -> Self {
        Self { github, store }
    }

    /// The store.
    pub fn store(&self) -> &Store<O> {
        &self.store
    }

    pub(crate) fn into_store(self) -> Store<O> {
        self.store
    }

    pub(crate) fn github(&self) -> &GitHub {
        &self.github
    }

    /// Creates a secret or replaces its value; `access` says who may read it from now on.
    ///
    /// The store's public key is fetched once and kept. If GitHub answers 422 to a value that was sealed to a kept key,
    /// the key is fetched again, once for all who wait; if it has changed, the value is sealed and sent once more.
    ///
    /// An empty value is sent as it is.
    ///
    /// # Errors
    ///
    /// [`Error::ValueTooLong`] before anything is sent if the value has more than
    /// [`MAX_VALUE_BYTES`](limits::MAX_VALUE_BYTES); [`Error::Key`] if the public key is not one; else as
    /// [`GitHub::send`].
    pub async fn put(
        &self,
        name: &SecretName,
        value: &SecretValue,
        access: impl Into<O::Access>,
    ) -> Result<Written, Error> {
        if value.len() > limits::MAX_VALUE_BYTES {
            return Err(Error::ValueTooLong { bytes: value.len() });
        }
        let access = access.into();
        let path = self.store.to_string();
        let keys = self.github.keys();
        let Found { key, was_cached } = keys.get(&path, self.fetch_key()).await?;
        let refusal = match self.put_sealed(name, &key, value, access.clone()).await {
            Err(error) if was_cached && error.is_validation_failed() => error,
            result => return result,
        };
        match keys.renew(&path, &key, self.fetch_key()).await {
            Ok(renewed) if renewed != key => {
                let result = self.put_sealed(name, &renewed, value, access).await;
                // What the first write has perhaps done, the second one's failure does not undo.
                result.map_err(|error| if refusal.is_unknown_outcome() { refusal } else { error })
            }
            Ok(_) => Err(refusal),
            Err(cause) => {
                tracing::warn!(target: "octoseal", store = path, %cause, "a refused write's key could not be fetched again");
                Err(refusal)
            }
        }
    }

    /// Makes sure that the store's key is there, so that a write need not wait for it.
    pub(crate) async fn prepare(&self) -> Result<(), Error> {
        self.github.keys().get(&self.store.to_string(), self.fetch_key()).await.map(|_| ())
    }

    async fn put_sealed(
        &self,
        name: &SecretName,
        key: &CheckedKey,
        value: &SecretValue,
        access: O::Access,
    ) -> Result<Written, Error> {
        self.github.send(self.store.put(name, &key.seal(value)?, access)).await
    }

    async fn fetch_key(&self) -> Result<CheckedKey, Error> {
        CheckedKey::new(&self.store.to_string(), self.key().await?)
    }

    /// Gets a secret, without its value.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`]; what is missing is an error with [`is_not_found`](Error::is_not_found).
    pub async fn get(&self, name: &SecretName) -> Result<Secret, Error> {
        self.github.send(self.store.get(name)).await
    }

    /// Gets a secret if it is there. GitHub answers 404 also to tokens that may not see the store.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`].
    pub async fn find(&self, name: &SecretName) -> Result<Option<Secret>, Error> {
        match self.get(name).await {
            Ok(secret) => Ok(Some(secret)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Lists all secrets of the store, without their values.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
    pub async fn list(&self) -> Result<Vec<Secret>, Error> {
        self.pages().all().await
    }

    /// Lists the secrets of the store a page of 100 at a time.
    pub fn pages(&self) -> Pages<Secret> {
        Pages::new(self.github.clone(), self.store.list(PageRequest::default()))
    }

    /// Deletes a secret.
    ///
    /// If an attempt was perhaps done and the next is answered 404, the store is listed: a secret that is not in it is
    /// gone.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`].
    pub async fn delete(&self, name: &SecretName) -> Result<(), Error> {
        match self.github.send(self.store.delete(name)).await {
            // A 404 can also mean that the token may not see the store; then the listing fails, too.
            Err(error) if error.is_not_found() && error.is_unknown_outcome() => {
                match self.lacks(name).await {
                    Ok(true) => Ok(()),
                    _ => Err(error),
                }
            }
            result => result,
        }
    }

    /// Whether the store can be listed whole, and does not have the secret.
    async fn lacks(&self, name: &SecretName) -> Result<bool, Error> {
        let mut pages = self.pages();
        let listed = pages.all().await?;
        let whole = pages.total_count() == Some(listed.len() as u64) && !pages.has_changed();
        Ok(whole && listed.iter().all(|secret| secret.name != name.as_str()))
    }

    /// Asks GitHub for the store's public key, past the cache.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`].
    pub async fn key(&self) -> Result<StoreKey, Error> {
        self.github.send(self.store.public_key()).await
    }
}

impl<O: SelectsRepositories> Secrets<O> {
    /// Lists all repositories that may read a secret.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`], and [`Error::Incomplete`] if they are not as many as GitHub says, or changed while they were
    /// read.
    pub async fn selected_repositories(&self, name: &SecretName) -> Result<Vec<RepositoryRef>, Error> {
        // GitHub describes a repository at length; a hundred with long names could exceed the limit of an answer.
        let first = self.store.selected_repositories(name, PageRequest::new(50)?);
        let mut pages = Pages::new(self.github.clone(), first);
        let repositories = pages.all().await?;
        let different: BTreeSet<RepositoryId> = repositories.iter().map(|found| found.id).collect();
        let (found, total) = (different.len() as u64, pages.total_count().unwrap_or_default());
        if found != total || pages.has_changed() {
            return Err(Error::Incomplete { found, total });
        }
        Ok(repositories)
    }

    /// Lets exactly these repositories read a secret; its value stays.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`]; 409 if the visibility of an organization's secret is not `selected`.
    pub async fn set_selected_repositories(
        &self,
        name: &SecretName,
        ids: impl Into<RepositoryIds>,
    ) -> Result<(), Error> {
        self.github.send(self.store.set_selected_repositories(name, ids)).await
    }

    /// Lets one more repository read a secret.
    ///
    /// # Errors
    ///
    /// As [`set_selected_repositories`](Self::set_selected_repositories).
    pub async fn add_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Result<(), Error> {
        self.github.send(self.store.add_selected_repository(name, id)).await
    }

    /// Lets one repository no longer read a secret.
    ///
    /// # Errors
    ///
    /// As [`set_selected_repositories`](Self::set_selected_repositories).
    pub async fn remove_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Result<(), Error> {
        self.github.send(self.store.remove_selected_repository(name, id)).await
    }
}

impl<O: Owner> Clone for Secrets<O> {
    fn clone(&self) -> Self {
        Self { github: self.github.clone(), store: self.store.clone() }
    }
}

impl<O: Owner> fmt::Debug for Secrets<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { github, store } = self;
        f.debug_struct("Secrets").field("github", github).field("store", store).finish()
    }
}
