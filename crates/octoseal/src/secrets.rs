//! A handle to the secrets of one store with a known owner. Illegal combinations do not compile.

use crate::any_secrets::AnySecrets;
use crate::error::Error;
use crate::github::GitHub;
use crate::pages::Pages;
use crate::results::Results;
use octoseal_crypto::SecretValue;
use octoseal_model::{
    Access as _, AnyAccess, AnyStore, Owner, RepositoryId, RepositoryIds, RepositoryRef, Secret, SecretName,
    SelectsRepositories, Store, StoreKey, Written,
};
use std::fmt;

/// The secrets of one store. It owns its data and is cheap to clone.
///
/// [`AnySecrets`] is the same for a store that is chosen at run time.
#[derive(Clone)]
pub struct Secrets<O> {
    store: Store<O>,
    any: AnySecrets,
}

impl GitHub {
    /// Creates a handle to one store's secrets.
    pub fn secrets<O: Owner>(&self, store: Store<O>) -> Secrets<O> {
        Secrets::new(self.clone(), store)
    }
}

impl<O: Owner> Secrets<O> {
    pub(crate) fn new(github: GitHub, store: Store<O>) -> Self {
        Self { any: AnySecrets::new(github, AnyStore::of(store.clone())), store }
    }

    /// Returns the store.
    pub fn store(&self) -> &Store<O> {
        &self.store
    }

    /// Creates a secret or replaces its value. `access` is the new access to it.
    ///
    /// # Errors
    ///
    /// The same as for [`AnySecrets::put`].
    pub async fn put(
        &self,
        name: &SecretName,
        value: &SecretValue,
        access: impl Into<O::Access>,
    ) -> Result<Written, Error> {
        self.any.put(name, value, access.into().into_any()).await
    }

    /// Puts many values into this store, and returns each name's result in the order of the values.
    ///
    /// The rules are those of [`AnySecrets::put_all`].
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
    pub async fn put_all<I>(
        &self,
        values: I,
        access: impl Into<O::Access>,
    ) -> Vec<(SecretName, Result<Written, Error>)>
    where
        I: IntoIterator<Item = (SecretName, SecretValue)>,
    {
        self.any.put_all(values, access.into().into_any()).await
    }

    /// Puts many values into this store, and returns each name's result as its write ends.
    ///
    /// The rules are those of [`AnySecrets::put_each`].
    pub fn put_each<I>(&self, values: I, access: impl Into<O::Access>) -> Results<SecretName>
    where
        I: IntoIterator<Item = (SecretName, SecretValue)>,
    {
        self.any.put_each(values, access.into().into_any())
    }

    /// Gets a secret, without its value.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`]. A missing secret is an error with
    /// [`is_not_found`](Error::is_not_found).
    pub async fn get(&self, name: &SecretName) -> Result<Secret, Error> {
        self.any.get(name).await
    }

    /// Gets a secret if it exists. GitHub also answers 404 to tokens without access to the store.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`].
    pub async fn find(&self, name: &SecretName) -> Result<Option<Secret>, Error> {
        self.any.find(name).await
    }

    /// Lists all secrets of the store, without their values.
    ///
    /// # Errors
    ///
    /// The same as for [`Pages::next`].
    pub async fn list(&self) -> Result<Vec<Secret>, Error> {
        self.any.list().await
    }

    /// Lists the secrets of the store in pages of 100.
    pub fn pages(&self) -> Pages<Secret> {
        self.any.pages()
    }

    /// Deletes a secret.
    ///
    /// # Errors
    ///
    /// The same as for [`AnySecrets::delete`].
    pub async fn delete(&self, name: &SecretName) -> Result<(), Error> {
        self.any.delete(name).await
    }

    /// Fetches the store's public key, bypassing the cache.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`].
    pub async fn key(&self) -> Result<StoreKey, Error> {
        self.any.key().await
    }
}

impl<O: SelectsRepositories> Secrets<O> {
    /// Replaces the value of a secret and keeps its access.
    ///
    /// # Errors
    ///
    /// The same as for [`AnySecrets::put`] with [`AnyAccess::Keep`].
    pub async fn replace_value(&self, name: &SecretName, value: &SecretValue) -> Result<Written, Error> {
        self.any.put(name, value, AnyAccess::Keep).await
    }

    /// Lists all repositories with access to a secret.
    ///
    /// # Errors
    ///
    /// The same as for [`AnySecrets::selected_repositories`].
    pub async fn selected_repositories(&self, name: &SecretName) -> Result<Vec<RepositoryRef>, Error> {
        self.any.selected_repositories(name).await
    }

    /// Gives access to a secret to exactly these repositories. Its value stays.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`]. 409 if the visibility of an organization's secret is not `selected`.
    pub async fn set_selected_repositories(
        &self,
        name: &SecretName,
        ids: impl Into<RepositoryIds>,
    ) -> Result<(), Error> {
        self.any.set_selected_repositories(name, ids).await
    }

    /// Gives access to a secret to one more repository.
    ///
    /// # Errors
    ///
    /// The same as for [`set_selected_repositories`](Self::set_selected_repositories).
    pub async fn add_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Result<(), Error> {
        self.any.add_selected_repository(name, id).await
    }

    /// Removes access to a secret from one repository.
    ///
    /// # Errors
    ///
    /// The same as for [`set_selected_repositories`](Self::set_selected_repositories).
    pub async fn remove_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Result<(), Error> {
        self.any.remove_selected_repository(name, id).await
    }
}

impl<O: Owner> fmt::Debug for Secrets<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets").field("github", self.any.github()).field("store", &self.store).finish()
    }
}
