//! Operations as values: an action and its resource.

mod path;

use crate::access::RepositoryId;
use crate::any_store::AnyStore;
use crate::name::{Name, SecretName, VariableName};
use crate::owner::{Environment, Organization, Owner as _, Repository};
use crate::support::Account;
use http::Method;
use std::fmt;

/// An action on a resource: a row of GitHub's REST reference, with its names filled in.
///
/// It prints as its method and path, `PUT /user/codespaces/secrets/NPM_TOKEN`, without a query.
///
/// # Examples
///
/// ```
/// use octoseal_model::{Action, Family, Organization, Resource, SecretName};
///
/// let request = Organization::new("acme")?.store(Family::Actions).get(&SecretName::new("NPM_TOKEN")?);
/// let operation = request.operation();
/// assert_eq!(operation.action(), Action::GetSecret);
/// assert!(matches!(operation.resource(), Resource::Store(_)));
/// assert_eq!(operation.template(), "/orgs/{org}/actions/secrets/{secret_name}");
/// assert_eq!(operation.to_string(), "GET /orgs/acme/actions/secrets/NPM_TOKEN");
/// assert_eq!(operation.account(), Some("acme"));
/// # Ok::<(), octoseal_model::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Operation {
    action: Action,
    resource: Resource,
    name: Option<Name>,
    repository: Option<RepositoryId>,
}

/// The action of an operation.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// Lists the secrets of a store.
    ListSecrets,
    /// Gets the public key of a store.
    GetPublicKey,
    /// Gets one secret without its value.
    GetSecret,
    /// Creates a secret or replaces its value.
    PutSecret,
    /// Deletes a secret.
    DeleteSecret,
    /// Lists the organization's secrets that a repository has access to.
    ListOrganizationSecrets,
    /// Lists the variables of a store.
    ListVariables,
    /// Gets one variable.
    GetVariable,
    /// Creates a variable.
    CreateVariable,
    /// Replaces the value of a variable, and optionally its access.
    UpdateVariable,
    /// Deletes a variable.
    DeleteVariable,
    /// Lists the organization's variables that a repository has access to.
    ListOrganizationVariables,
    /// Lists the repositories with access to a secret or a variable.
    ListSelectedRepositories,
    /// Replaces the repositories with access to a secret or a variable.
    SetSelectedRepositories,
    /// Gives access to a secret or a variable to one more repository.
    AddSelectedRepository,
    /// Removes access to a secret or a variable from one repository.
    RemoveSelectedRepository,
    /// Gets a repository.
    GetRepository,
    /// Lists the repositories of an organization or an account.
    ListRepositories,
    /// Lists the repositories that a GitHub App's installation has access to.
    ListInstallationRepositories,
    /// Lists the environments of a repository.
    ListEnvironments,
    /// Gets an environment.
    GetEnvironment,
    /// Creates an environment, or replaces its settings.
    PutEnvironment,
    /// Gets an organization.
    GetOrganization,
    /// Lists the custom property values of an organization's repositories.
    ListPropertyValues,
    /// Gets the GitHub App that authenticates the request.
    GetApp,
    /// Gets the user whose token is used.
    GetUser,
    /// Gets the rate limits of the token.
    GetRateLimit,
}

/// The resource of an operation.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Resource {
    /// The secrets or the variables of a store.
    Store(AnyStore),
    /// A repository.
    Repository(Repository),
    /// A repository, by its id.
    RepositoryId(RepositoryId),
    /// An environment.
    Environment(Environment),
    /// An organization.
    Organization(Organization),
    /// A user or an organization.
    Account(Account),
    /// A GitHub App's installation at an account.
    Installation(Account),
    /// The GitHub App that authenticates the request.
    App,
    /// The token of the request.
    Token,
}

impl Operation {
    pub(crate) fn new(action: Action, resource: Resource) -> Self {
        Self { action, resource, name: None, repository: None }
    }

    pub(crate) fn on(mut self, name: impl Into<Name>) -> Self {
        self.name = Some(name.into());
        self
    }

    pub(crate) fn for_repository(mut self, id: RepositoryId) -> Self {
        self.repository = Some(id);
        self
    }

    /// Returns the action.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Returns the resource.
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// Returns the store, if the operation is about secrets or variables.
    pub fn store(&self) -> Option<&AnyStore> {
        if let Resource::Store(store) = &self.resource { Some(store) } else { None }
    }

    /// Returns the name of the secret, if the operation is about one.
    pub fn secret_name(&self) -> Option<&SecretName> {
        if let Some(Name::Secret(name)) = &self.name { Some(name) } else { None }
    }

    /// Returns the name of the variable, if the operation is about one.
    pub fn variable_name(&self) -> Option<&VariableName> {
        if let Some(Name::Variable(name)) = &self.name { Some(name) } else { None }
    }

    /// Returns whether the operation is about variables.
    pub fn is_about_variables(&self) -> bool {
        let lists = matches!(self.action, Action::ListVariables | Action::ListOrganizationVariables);
        lists || self.variable_name().is_some()
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> Method {
        match self.action {
            Action::PutSecret
            | Action::SetSelectedRepositories
            | Action::AddSelectedRepository
            | Action::PutEnvironment => Method::PUT,
            Action::DeleteSecret | Action::DeleteVariable | Action::RemoveSelectedRepository => {
                Method::DELETE
            }
            Action::CreateVariable => Method::POST,
            Action::UpdateVariable => Method::PATCH,
            _ => Method::GET,
        }
    }

    /// Returns the login of the account that the request concerns, or `None` for the token's own user.
    pub fn account(&self) -> Option<&str> {
        match &self.resource {
            Resource::Store(store) => store.account(),
            Resource::Repository(repository) => Some(repository.owner()),
            Resource::Environment(environment) => environment.account(),
            Resource::Organization(organization) => Some(organization.login()),
            Resource::Account(account) | Resource::Installation(account) => Some(account.login()),
            Resource::RepositoryId(_) | Resource::App | Resource::Token => None,
        }
    }

    /// Returns whether the operation only reads.
    pub fn is_read(&self) -> bool {
        self.method().is_safe()
    }

    /// Returns whether the operation may be sent again after its answer was lost. That holds for the methods
    /// of RFC 9110, section 9.2.2, and for the update of a variable, whose effect is the same each time.
    pub fn is_idempotent(&self) -> bool {
        self.method().is_idempotent() || self.action == Action::UpdateVariable
    }
}

impl Action {
    /// Returns whether the action is about the selected repositories of a secret or a variable.
    pub fn is_about_selected_repositories(self) -> bool {
        matches!(
            self,
            Self::ListSelectedRepositories
                | Self::SetSelectedRepositories
                | Self::AddSelectedRepository
                | Self::RemoveSelectedRepository
        )
    }
}

/// Writes the path of the store, `owner/name`, `the token`, or another path.
impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(store) => store.fmt(f),
            Self::Repository(repository) => repository.fmt(f),
            Self::Token => f.pad("the token"),
            other => f.pad(&other.root()),
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", self.method(), self.path()))
    }
}
