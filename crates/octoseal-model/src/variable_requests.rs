//! Operations on a store of variables.

use crate::access::{Access, AccessFields, AnyAccess, RepositoryId, RepositoryIds, Visibility};
use crate::answer::{RepositoryRef, Variable};
use crate::any_store::AnyStore;
use crate::error::Error;
use crate::name::VariableName;
use crate::operation::{Action, Operation};
use crate::owner::{Organization, Owner, Repository};
use crate::page::{Page, PageRequest};
use crate::put_body::Body;
use crate::request::{Request, created, json, nothing};
use crate::variable_store::{AnyVariableStore, VariableStore};

impl<O> VariableStore<O> {
    /// Lists the variables with their values.
    ///
    /// A page has at most [`MAX_VARIABLES_PAGE_SIZE`](crate::limits::MAX_VARIABLES_PAGE_SIZE) variables.
    pub fn list(&self, page: PageRequest) -> Request<Page<Variable>> {
        page.first(self.place.operation(Action::ListVariables))
    }

    /// Gets one variable.
    pub fn get(&self, name: &VariableName) -> Request<Variable> {
        Request::new(self.on(Action::GetVariable, name), json)
    }

    /// Replaces the value of a variable and keeps its access. GitHub answers 404 if the variable does not
    /// exist.
    pub fn update(&self, name: &VariableName, value: &str) -> Request<()> {
        self.updated(name, value, AccessFields::default())
    }

    /// Deletes a variable.
    pub fn delete(&self, name: &VariableName) -> Request<()> {
        Request::new(self.on(Action::DeleteVariable, name), nothing)
    }

    fn on(&self, action: Action, name: &VariableName) -> Operation {
        self.place.operation(action).on(name)
    }

    fn created(&self, name: &VariableName, value: &str, access: AccessFields) -> Request<()> {
        let body = Body::NewVariable { name: name.clone(), value: value.to_owned(), access };
        Request::new(self.on(Action::CreateVariable, name), created).with_body(body)
    }

    fn updated(&self, name: &VariableName, value: &str, access: AccessFields) -> Request<()> {
        let body = Body::VariableUpdate { value: value.to_owned(), access };
        Request::new(self.on(Action::UpdateVariable, name), nothing).with_body(body)
    }
}

impl<O: Owner> VariableStore<O> {
    /// Creates a variable. GitHub answers 409 if it exists. The request must not be sent again after a lost
    /// answer.
    ///
    /// An organization's request names the repositories with access:
    ///
    /// ```compile_fail
    /// # use octoseal_model::*;
    /// # fn create(store: VariableStore<Organization>, name: &VariableName) {
    /// let request = store.create(name, "debug", ());
    /// # }
    /// ```
    ///
    /// ```
    /// # use octoseal_model::*;
    /// # fn create(store: VariableStore<Organization>, name: &VariableName) {
    /// let request = store.create(name, "debug", Visibility::Private);
    /// # }
    /// ```
    pub fn create(&self, name: &VariableName, value: &str, access: O::Access) -> Request<()> {
        self.created(name, value, access.into_fields())
    }
}

impl VariableStore<Repository> {
    /// Lists the organization's variables that this repository has access to, in pages like
    /// [`list`](Self::list).
    pub fn organization_variables(&self, page: PageRequest) -> Request<Page<Variable>> {
        page.first(self.place.operation(Action::ListOrganizationVariables))
    }
}

impl VariableStore<Organization> {
    /// Replaces the value of a variable and its access.
    pub fn update_with_access(&self, name: &VariableName, value: &str, access: Visibility) -> Request<()> {
        self.updated(name, value, access.into_fields())
    }

    /// Lists the repositories with access to a variable.
    pub fn selected_repositories(
        &self,
        name: &VariableName,
        page: PageRequest,
    ) -> Request<Page<RepositoryRef>> {
        page.first(self.on(Action::ListSelectedRepositories, name))
    }

    /// Gives access to a variable to exactly these repositories.
    pub fn set_selected_repositories(
        &self,
        name: &VariableName,
        ids: impl Into<RepositoryIds>,
    ) -> Request<()> {
        Request::new(self.on(Action::SetSelectedRepositories, name), nothing)
            .with_body(Body::SelectedRepositories(ids.into()))
    }

    /// Gives access to a variable to one more repository.
    pub fn add_selected_repository(&self, name: &VariableName, id: RepositoryId) -> Request<()> {
        Request::new(self.on(Action::AddSelectedRepository, name).for_repository(id), nothing)
    }

    /// Removes access to a variable from one repository.
    pub fn remove_selected_repository(&self, name: &VariableName, id: RepositoryId) -> Request<()> {
        Request::new(self.on(Action::RemoveSelectedRepository, name).for_repository(id), nothing)
    }
}

/// Operations that the owner lacks are [`Error::AccessUnavailable`].
impl AnyVariableStore {
    /// Creates a variable, as for a known owner. If the owner has an access to choose, [`AnyAccess::Keep`] is
    /// an error.
    ///
    /// # Errors
    ///
    /// [`Error::AccessUnavailable`] if the owner does not accept the access for a new variable.
    pub fn create(&self, name: &VariableName, value: &str, access: &AnyAccess) -> Result<Request<()>, Error> {
        self.place.check_access(access)?;
        match access {
            AnyAccess::Keep if self.place.selects_repositories() => Err(self.place.lacks(access.as_str())),
            AnyAccess::KeepOr(visibility) => Ok(self.created(name, value, visibility.clone().into_fields())),
            access => Ok(self.created(name, value, access.fields())),
        }
    }

    /// Replaces the value of a variable and its access. [`AnyAccess::Keep`] and [`AnyAccess::KeepOr`] keep the access.
    ///
    /// # Errors
    ///
    /// [`Error::AccessUnavailable`] if the owner does not accept the access.
    pub fn update_with_access(
        &self,
        name: &VariableName,
        value: &str,
        access: &AnyAccess,
    ) -> Result<Request<()>, Error> {
        self.place.check_access(access)?;
        Ok(self.updated(name, value, access.fields()))
    }

    /// Returns the same store as an organization's. Only organizations' variables have selected repositories.
    ///
    /// # Errors
    ///
    /// [`Error::AccessUnavailable`] for a repository's or an environment's store.
    pub fn organization(&self) -> Result<VariableStore<Organization>, Error> {
        match &self.place {
            AnyStore::Organization(store) => Ok(VariableStore::at(store.clone())),
            place => Err(place.lacks("selected")),
        }
    }
}
