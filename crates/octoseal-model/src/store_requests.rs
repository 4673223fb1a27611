//! Operations on a store of a known owner. Operations that the owner lacks do not compile.

use crate::access::{Access, RepositoryId, RepositoryIds};
use crate::answer::{RepositoryRef, Secret, StoreKey, Written};
use crate::any_store::AnyStore;
use crate::family::Family;
use crate::name::SecretName;
use crate::operation::{Action, Operation, Resource};
use crate::owner::{Owner, Repository, SelectsRepositories};
use crate::page::{Page, PageRequest};
use crate::put_body::{Body, IdForm};
use crate::request::{Request, json, nothing, written};
use crate::sealed_value::SealedValue;
use crate::store::Store;

impl<O: Owner> Store<O> {
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

    /// Creates a secret or replaces its value. `access` is the new access to it.
    ///
    /// A repository's write has no visibility:
    ///
    /// ```compile_fail
    /// # use octoseal_model::*;
    /// # fn write(store: Store<Repository>, name: &SecretName, value: &SealedValue) {
    /// let request = store.put(name, value, Visibility::Private);
    /// # }
    /// ```
    ///
    /// ```
    /// # use octoseal_model::*;
    /// # fn write(store: Store<Repository>, name: &SecretName, value: &SealedValue) {
    /// let request = store.put(name, value, ());
    /// # }
    /// ```
    pub fn put(&self, name: &SecretName, value: &SealedValue, access: O::Access) -> Request<Written> {
        let access = access.into_fields();
        // The only exception is a write that names a visibility and selects repositories for Dependabot.
        let is_text = self.family() == Family::Dependabot && access.visibility.is_some();
        let ids = if is_text { IdForm::TextInFirstVersion } else { IdForm::Number };
        let body = Body::Secret { value: value.clone(), access, ids };
        Request::new(self.operation(Action::PutSecret).on(name), written).with_body(body)
    }

    /// Deletes a secret.
    pub fn delete(&self, name: &SecretName) -> Request<()> {
        Request::new(self.operation(Action::DeleteSecret).on(name), nothing)
    }

    fn operation(&self, action: Action) -> Operation {
        Operation::new(action, Resource::Store(AnyStore::of(self.clone())))
    }
}

impl<O: SelectsRepositories> Store<O> {
    /// Lists the repositories with access to a secret.
    pub fn selected_repositories(
        &self,
        name: &SecretName,
        page: PageRequest,
    ) -> Request<Page<RepositoryRef>> {
        page.first(self.operation(Action::ListSelectedRepositories).on(name))
    }

    /// Gives access to a secret to exactly these repositories.
    pub fn set_selected_repositories(&self, name: &SecretName, ids: impl Into<RepositoryIds>) -> Request<()> {
        Request::new(self.operation(Action::SetSelectedRepositories).on(name), nothing)
            .with_body(Body::SelectedRepositories(ids.into()))
    }

    /// Gives access to a secret to one more repository.
    pub fn add_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Request<()> {
        Request::new(self.operation(Action::AddSelectedRepository).on(name).for_repository(id), nothing)
    }

    /// Removes access to a secret from one repository.
    pub fn remove_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Request<()> {
        Request::new(self.operation(Action::RemoveSelectedRepository).on(name).for_repository(id), nothing)
    }
}

impl Store<Repository> {
    /// Lists the organization's secrets that this repository has access to.
    ///
    /// Returns `None` for Codespaces and Dependabot, for which GitHub has no such listing.
    pub fn organization_secrets(&self, page: PageRequest) -> Option<Request<Page<Secret>>> {
        let listed = matches!(self.family(), Family::Actions | Family::Agents);
        listed.then(|| page.first(self.operation(Action::ListOrganizationSecrets)))
    }
}
