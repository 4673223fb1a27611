//! Operations on a store whose owner is known only at run time.

use crate::access::{AnyAccess, RepositoryId, RepositoryIds, Visibility};
use crate::answer::{RepositoryRef, Secret, StoreKey, Written};
use crate::any_store::AnyStore;
use crate::error::Error;
use crate::name::SecretName;
use crate::operation::{Action, Operation, Resource};
use crate::page::{Page, PageRequest};
use crate::put_body::Body;
use crate::request::{Request, json, nothing};
use crate::sealed_value::SealedValue;

/// The same operations as on [`Store`](crate::Store). An operation that the owner lacks is an error.
impl AnyStore {
    /// Lists the secrets, without their values.
    pub fn list(&self, page: PageRequest) -> Request<Page<Secret>> {
        page.first(self.operation(Action::ListSecrets))
    }

    /// Gets the public key for sealing values.
    pub fn public_key(&self) -> Request<StoreKey> {
        Request::new(self.operation(Action::GetPublicKey), json)
    }

    /// Gets one secret, without its value.
    pub fn get(&self, name: &SecretName) -> Request<Secret> {
        Request::new(self.operation(Action::GetSecret).on(name), json)
    }

    /// Deletes a secret.
    pub fn delete(&self, name: &SecretName) -> Request<()> {
        Request::new(self.operation(Action::DeleteSecret).on(name), nothing)
    }

    /// Creates a secret or replaces its value.
    ///
    /// GitHub has no request that keeps the access of an organization's or a user's secret. Read the access
    /// first and send it.
    ///
    /// # Errors
    ///
    /// [`Error::AccessUnavailable`] if the owner does not accept the access in a request.
    pub fn put(
        &self,
        name: &SecretName,
        value: &SealedValue,
        access: &AnyAccess,
    ) -> Result<Request<Written>, Error> {
        match (self, access) {
            (Self::Repository(store), AnyAccess::Keep) => Ok(store.put(name, value, ())),
            (Self::Environment(store), AnyAccess::Keep) => Ok(store.put(name, value, ())),
            (Self::Organization(store), AnyAccess::All) => Ok(store.put(name, value, Visibility::All)),
            (Self::Organization(store), AnyAccess::Private) => {
                Ok(store.put(name, value, Visibility::Private))
            }
            (Self::Organization(store), AnyAccess::Selected(ids)) => {
                Ok(store.put(name, value, Visibility::Selected(ids.clone())))
            }
            (Self::User(store), AnyAccess::Selected(ids)) => Ok(store.put(name, value, ids.clone().into())),
            _ => Err(self.lacks(access.as_str())),
        }
    }

    /// Lists the repositories with access to a secret.
    ///
    /// # Errors
    ///
    /// [`Error::AccessUnavailable`] for a repository's or an environment's store.
    pub fn selected_repositories(
        &self,
        name: &SecretName,
        page: PageRequest,
    ) -> Result<Request<Page<RepositoryRef>>, Error> {
        Ok(page.first(self.selecting(Action::ListSelectedRepositories)?.on(name)))
    }

    /// Gives access to a secret to exactly these repositories.
    ///
    /// # Errors
    ///
    /// The same as for [`selected_repositories`](Self::selected_repositories).
    pub fn set_selected_repositories(
        &self,
        name: &SecretName,
        ids: impl Into<RepositoryIds>,
    ) -> Result<Request<()>, Error> {
        let operation = self.selecting(Action::SetSelectedRepositories)?.on(name);
        Ok(Request::new(operation, nothing).with_body(Body::SelectedRepositories(ids.into())))
    }

    /// Gives access to a secret to one more repository.
    ///
    /// # Errors
    ///
    /// The same as for [`selected_repositories`](Self::selected_repositories).
    pub fn add_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Result<Request<()>, Error> {
        let operation = self.selecting(Action::AddSelectedRepository)?.on(name).for_repository(id);
        Ok(Request::new(operation, nothing))
    }

    /// Removes access to a secret from one repository.
    ///
    /// # Errors
    ///
    /// The same as for [`selected_repositories`](Self::selected_repositories).
    pub fn remove_selected_repository(
        &self,
        name: &SecretName,
        id: RepositoryId,
    ) -> Result<Request<()>, Error> {
        let operation = self.selecting(Action::RemoveSelectedRepository)?.on(name).for_repository(id);
        Ok(Request::new(operation, nothing))
    }

    /// Returns whether the owner selects repositories for its secrets. An organization and the user do.
    pub fn selects_repositories(&self) -> bool {
        matches!(self, Self::Organization(_) | Self::User(_))
    }

    /// Checks that the owner accepts an access, before any request is sent.
    ///
    /// # Errors
    ///
    /// [`Error::AccessUnavailable`] if it does not.
    pub fn check_access(&self, access: &AnyAccess) -> Result<(), Error> {
        let takes = match self {
            Self::Repository(_) | Self::Environment(_) => matches!(access, AnyAccess::Keep),
            Self::Organization(_) => true,
            Self::User(_) => matches!(
                access,
                AnyAccess::Keep | AnyAccess::Selected(_) | AnyAccess::KeepOr(Visibility::Selected(_))
            ),
        };
        if takes { Ok(()) } else { Err(self.lacks(access.as_str())) }
    }

    pub(crate) fn operation(&self, action: Action) -> Operation {
        Operation::new(action, Resource::Store(self.clone()))
    }

    fn selecting(&self, action: Action) -> Result<Operation, Error> {
        if self.selects_repositories() { Ok(self.operation(action)) } else { Err(self.lacks("selected")) }
    }

    pub(crate) fn lacks(&self, access: &'static str) -> Error {
        let takes = match self {
            Self::Repository(_) => "a repository's secrets and variables have no access to choose",
            Self::Environment(_) => "an environment's secrets and variables have no access to choose",
            Self::Organization(_) => "an organization's secrets and variables take all, private or selected",
            Self::User(_) => "a user's secret takes selected repositories only",
        };
        Error::AccessUnavailable { store: self.to_string(), access, takes }
    }
}
