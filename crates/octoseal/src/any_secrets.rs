//! A handle to the secrets of one store that is chosen at run time.

use crate::error::Error;
use crate::github::GitHub;
use crate::pages::Pages;
use octoseal_model::{
    AnyStore, PageRequest, RepositoryId, RepositoryIds, RepositoryRef, Secret, SecretName, StoreKey,
};

/// The secrets of one store whose owner is known only at run time. It owns its data and is cheap to clone.
///
/// An operation or access that the owner lacks is a typed error, before anything is sent.
///
/// # Examples
///
/// ```
/// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
/// use octoseal::{AnyAccess, AnyStore, SecretName, SecretValue, Visibility};
///
/// let (name, value) = (SecretName::new("NPM_TOKEN")?, SecretValue::from("s3cr3t"));
/// for path in ["orgs/acme/dependabot", "repos/octo/hello/actions"] {
///     let store: AnyStore = path.parse()?;
///     let access = match store.selects_repositories() {
///         true => AnyAccess::KeepOr(Visibility::selected([1_296_269])), // if the secret is created
///         false => AnyAccess::Keep, // a repository's secret has no access to choose
///     };
///     github.any_secrets(store).put(&name, &value, access).await?;
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct AnySecrets {
    github: GitHub,
    store: AnyStore,
}

impl GitHub {
    /// Creates a handle to the secrets of a store that is chosen at run time.
    pub fn any_secrets(&self, store: AnyStore) -> AnySecrets {
        AnySecrets::new(self.clone(), store)
    }
}

impl AnySecrets {
    pub(crate) fn new(github: GitHub, store: AnyStore) -> Self {
        Self { github, store }
    }

    /// Returns the store.
    pub fn store(&self) -> &AnyStore {
        &self.store
    }

    pub(crate) fn github(&self) -> &GitHub {
        &self.github
    }

    /// Gets a secret, without its value.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`]. A missing secret is an error with
    /// [`is_not_found`](Error::is_not_found).
    pub async fn get(&self, name: &SecretName) -> Result<Secret, Error> {
        self.github.send(self.store.get(name)).await
    }

    /// Gets a secret if it exists. GitHub also answers 404 to tokens without access to the store.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`].
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
    /// The same as for [`Pages::next`].
    pub async fn list(&self) -> Result<Vec<Secret>, Error> {
        self.pages().all_different(|secret| secret.name.clone()).await
    }

    /// Lists the secrets of the store in pages of 100.
    pub fn pages(&self) -> Pages<Secret> {
        Pages::new(self.github.clone(), self.store.list(PageRequest::default()))
    }

    /// Deletes a secret.
    ///
    /// If an earlier attempt may have deleted it and the next is answered with 404, the store is listed. A
    /// secret that is missing from the complete listing counts as deleted.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`].
    pub async fn delete(&self, name: &SecretName) -> Result<(), Error> {
        match self.github.send(self.store.delete(name)).await {
            // A 404 can also mean that the token has no access to the store. Then the listing fails, too.
            Err(error) if error.is_not_found() && error.is_unknown_outcome() => {
                match self.lacks(name).await {
                    Ok(true) => Ok(()),
                    _ => Err(error),
                }
            }
            result => result,
        }
    }

    /// Returns whether the store can be listed completely and does not have the secret.
    async fn lacks(&self, name: &SecretName) -> Result<bool, Error> {
        Ok(self.list().await?.iter().all(|secret| secret.name != name.as_str()))
    }

    /// Fetches the store's public key, bypassing the cache.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`].
    pub async fn key(&self) -> Result<StoreKey, Error> {
        self.github.send(self.store.public_key()).await
    }

    /// Lists all repositories with access to a secret.
    ///
    /// # Errors
    ///
    /// The same as for [`Pages::next`]. [`AccessUnavailable`](octoseal_model::Error::AccessUnavailable) for a
    /// repository or an environment.
    pub async fn selected_repositories(&self, name: &SecretName) -> Result<Vec<RepositoryRef>, Error> {
        // GitHub's description of a repository is long. A page of 100 with long names could exceed the limit
        // of an answer.
        let first = self.store.selected_repositories(name, PageRequest::new(50)?)?;
        Pages::new(self.github.clone(), first).all_different(|repository| repository.id).await
    }

    /// Gives access to a secret to exactly these repositories. Its value stays.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`]. 409 if the visibility of an organization's secret is not `selected`.
    /// [`AccessUnavailable`](octoseal_model::Error::AccessUnavailable) for a repository or an environment.
    pub async fn set_selected_repositories(
        &self,
        name: &SecretName,
        ids: impl Into<RepositoryIds>,
    ) -> Result<(), Error> {
        self.github.send(self.store.set_selected_repositories(name, ids)?).await
    }

    /// Gives access to a secret to one more repository.
    ///
    /// # Errors
    ///
    /// The same as for [`set_selected_repositories`](Self::set_selected_repositories).
    pub async fn add_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Result<(), Error> {
        self.github.send(self.store.add_selected_repository(name, id)?).await
    }

    /// Removes access to a secret from one repository.
    ///
    /// # Errors
    ///
    /// The same as for [`set_selected_repositories`](Self::set_selected_repositories).
    pub async fn remove_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Result<(), Error> {
        self.github.send(self.store.remove_selected_repository(name, id)?).await
    }
}
