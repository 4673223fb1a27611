//! A new value for the same readers: what they are is read first and sent back.

use crate::error::Error;
use crate::secrets::Secrets;
use octoseal_crypto::SecretValue;
use octoseal_model::{Organization, RepositoryIds, SecretName, SelectsRepositories, User, Visibility};
use octoseal_model::{VisibilityName, Written};

impl Secrets<Organization> {
    /// Replaces the value of a secret and leaves its readers as they are.
    ///
    /// GitHub has no such operation: the visibility and the selected repositories are read first and sent back. A change
    /// that someone else makes in between is undone by it.
    ///
    /// # Errors
    ///
    /// Nothing is sent if the visibility is unknown to us ([`Error::UnknownVisibility`]) or the repositories are not as many
    /// as GitHub says ([`Error::Incomplete`]); otherwise as [`put`](Self::put), and
    /// [`is_not_found`](Error::is_not_found) if there is no such secret.
    pub async fn replace_value(&self, name: &SecretName, value: &SecretValue) -> Result<Written, Error> {
        self.prepare().await?; // first, so that little time passes between reading and writing
        let readers = match self.get(name).await?.visibility {
            Some(VisibilityName::All) => Visibility::All,
            Some(VisibilityName::Private) => Visibility::Private,
            Some(VisibilityName::Selected) => Visibility::Selected(self.selected_ids(name).await?),
            _ => return Err(Error::UnknownVisibility),
        };
        self.put(name, value, readers).await
    }
}

impl Secrets<User> {
    /// Replaces the value of a secret and leaves the selected repositories as they are; they are read first and sent
    /// back.
    ///
    /// # Errors
    ///
    /// Nothing is sent if the repositories are not as many as GitHub says ([`Error::Incomplete`]); otherwise as
    /// [`put`](Self::put), and [`is_not_found`](Error::is_not_found) if there is no such secret.
    pub async fn replace_value(&self, name: &SecretName, value: &SecretValue) -> Result<Written, Error> {
        self.prepare().await?;
        let ids = self.selected_ids(name).await?;
        self.put(name, value, ids).await
    }
}

impl<O: SelectsRepositories> Secrets<O> {
    async fn selected_ids(&self, name: &SecretName) -> Result<RepositoryIds, Error> {
        let repositories = self.selected_repositories(name).await?;
        Ok(repositories.into_iter().map(|repository| repository.id).collect())
    }
}
