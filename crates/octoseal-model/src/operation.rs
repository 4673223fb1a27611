//! Operations as values: what is done, and to what.

use crate::access::RepositoryId;
use crate::any_store::AnyStore;
use crate::name::SecretName;
use crate::owner::Repository;
use http::Method;
use std::fmt;

/// What a request does to what: a row of GitHub's REST reference, with its names filled in.
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
    secret: Option<SecretName>,
    repository: Option<RepositoryId>,
}

/// What is done.
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
    /// Lists the repositories with access to a secret.
    ListSelectedRepositories,
    /// Replaces the repositories with access to a secret.
    SetSelectedRepositories,
    /// Gives one more repository access to a secret.
    AddSelectedRepository,
    /// Takes access to a secret from one repository.
    RemoveSelectedRepository,
    /// Gets a repository.
    GetRepository,
    /// Gets the user whose token is used.
    GetUser,
    /// Gets the rate limits of the token.
    GetRateLimit,
}

/// What an operation is about.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Resource {
    /// The secrets of a store.
    Store(AnyStore),
    /// A repository.
    Repository(Repository),
    /// The token that is used.
    Token,
}

impl Operation {
    pub(crate) fn new(action: Action, resource: Resource) -> Self {
        Self { action, resource, secret: None, repository: None }
    }

    pub(crate) fn on(mut self, secret: &SecretName) -> Self {
        self.secret = Some(secret.clone());
        self
    }

    pub(crate) fn for_repository(mut self, id: RepositoryId) -> Self {
        self.repository = Some(id);
        self
    }

    /// Returns what is done.
    pub fn action(&self) -> Action {
        self.action
    }

    /// Returns what it is about.
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// Returns the store, if it is about one.
    pub fn store(&self) -> Option<&AnyStore> {
        match &self.resource {
            Resource::Store(store) => Some(store),
            Resource::Repository(_) | Resource::Token => None,
        }
    }

    /// Returns the name of the secret, if the operation is about one.
    pub fn secret_name(&self) -> Option<&SecretName> {
        self.secret.as_ref()
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> Method {
        match self.action {
            Action::PutSecret | Action::SetSelectedRepositories | Action::AddSelectedRepository => {
                Method::PUT
            }
            Action::DeleteSecret | Action::RemoveSelectedRepository => Method::DELETE,
            _ => Method::GET,
        }
    }

    /// Returns GitHub's path with its placeholders, such as `/user/codespaces/secrets/{secret_name}`.
    pub fn template(&self) -> String {
        match &self.resource {
            Resource::Store(store) => format!("/{}/{}", store.template(), self.action.below_store()),
            Resource::Repository(_) => "/repos/{owner}/{repo}".to_owned(),
            Resource::Token => self.action.of_token().to_owned(),
        }
    }

    /// Returns the path, percent-encoded, without a query.
    pub fn path(&self) -> String {
        match &self.resource {
            Resource::Store(store) => format!("/{store}/{}", self.rest()),
            Resource::Repository(repository) => format!("/{}", repository.root()),
            Resource::Token => self.action.of_token().to_owned(),
        }
    }

    fn rest(&self) -> String {
        let mut rest = self.action.below_store().to_owned();
        if let Some(name) = &self.secret {
            rest = rest.replace("{secret_name}", name.as_str());
        }
        if let Some(id) = self.repository {
            rest = rest.replace("{repository_id}", &id.to_string());
        }
        rest
    }

    /// Returns the login of the account whose things the request touches; `None` for the token's own user.
    pub fn account(&self) -> Option<&str> {
        match &self.resource {
            Resource::Store(store) => store.account(),
            Resource::Repository(repository) => Some(repository.owner()),
            Resource::Token => None,
        }
    }

    /// Whether it only reads.
    pub fn is_read(&self) -> bool {
        self.method().is_safe()
    }

    /// Whether it may be sent again after its answer was lost (RFC 9110, section 9.2.2).
    pub fn is_idempotent(&self) -> bool {
        self.method().is_idempotent()
    }
}

impl Action {
    /// Whether it is about the repositories that were selected for a secret.
    pub fn is_about_selected_repositories(self) -> bool {
        matches!(
            self,
            Self::ListSelectedRepositories
                | Self::SetSelectedRepositories
                | Self::AddSelectedRepository
                | Self::RemoveSelectedRepository
        )
    }

    /// The path below a store; empty for what is not about a store.
    fn below_store(self) -> &'static str {
        match self {
            Self::ListSecrets => "secrets",
            Self::GetPublicKey => "secrets/public-key",
            Self::GetSecret | Self::PutSecret | Self::DeleteSecret => "secrets/{secret_name}",
            Self::ListOrganizationSecrets => "organization-secrets",
            Self::ListSelectedRepositories | Self::SetSelectedRepositories => {
                "secrets/{secret_name}/repositories"
            }
            Self::AddSelectedRepository | Self::RemoveSelectedRepository => {
                "secrets/{secret_name}/repositories/{repository_id}"
            }
            Self::GetRepository | Self::GetUser | Self::GetRateLimit => "",
        }
    }

    fn of_token(self) -> &'static str {
        if self == Self::GetUser { "/user" } else { "/rate_limit" }
    }
}

/// Writes the path of the store, `owner/name`, or `the token`.
impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(store) => store.fmt(f),
            Self::Repository(repository) => repository.fmt(f),
            Self::Token => f.pad("the token"),
        }
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", self.method(), self.path()))
    }
}
