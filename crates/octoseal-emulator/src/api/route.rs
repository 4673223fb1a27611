//! Routes: the operations that a method and a path name.

use crate::api::kind::Kind;
use crate::api::store::{FullName, Owner, Store, canonical};

/// An operation on secrets or variables, or a support operation that clients need.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Route {
    App(AppOperation),
    Environments(FullName, EnvironmentOperation),
    GraphQl,
    InstallationRepositories,
    Organization(String),
    OrganizationProperties(String),
    RateLimit,
    Repositories(RepositoriesOf),
    Repository(FullName),
    RepositoryProperties(FullName),
    RepositoryTopics(FullName),
    Root,
    Store(Store, Kind, Operation),
    User,
    Versions,
}

/// An operation of an App that authenticates as itself. An installation's id is kept as sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum AppOperation {
    AccessTokens(String),
    OrganizationInstallation(String),
    RepositoryInstallation(FullName),
    This,
    UserInstallation(String),
}

/// An operation on a repository's environments. A name is kept as sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum EnvironmentOperation {
    Delete(String),
    Get(String),
    List,
    Put(String),
}

/// The owner of the listed repositories.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum RepositoriesOf {
    Caller,
    Organization(String),
    User(String),
}

/// An operation in a store. A name is kept as sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Operation {
    AddSelected(String, String),
    /// Variables only.
    Create,
    Delete(String),
    Get(String),
    List,
    ListSelected(String),
    OrganizationItems,
    /// Secrets only.
    PublicKey,
    /// Secrets only.
    Put(String),
    RemoveSelected(String, String),
    SetSelected(String),
    /// Variables only.
    Update(String),
}

impl Route {
    /// Returns the repository in the path, if it has one.
    pub(crate) fn repository(&self) -> Option<&FullName> {
        match self {
            Self::App(AppOperation::RepositoryInstallation(repository))
            | Self::Environments(repository, _)
            | Self::Repository(repository)
            | Self::RepositoryProperties(repository)
            | Self::RepositoryTopics(repository) => Some(repository),
            Self::Store(store, ..) => store.repository(),
            _ => None,
        }
    }

    /// Returns the organization in the path that owns the requested resource, if it has one.
    pub(crate) fn organization(&self) -> Option<&str> {
        match self {
            Self::App(AppOperation::OrganizationInstallation(organization))
            | Self::Organization(organization)
            | Self::OrganizationProperties(organization)
            | Self::Repositories(RepositoriesOf::Organization(organization))
            | Self::Store(Store { owner: Owner::Organization(organization), .. }, ..) => Some(organization),
            _ => None,
        }
    }

    /// Returns the environment that must exist, with its repository.
    pub(crate) fn environment(&self) -> Option<(&FullName, &str)> {
        match self {
            Self::Environments(
                repository,
                EnvironmentOperation::Delete(environment) | EnvironmentOperation::Get(environment),
            )
            | Self::Store(Store { owner: Owner::Environment { repository, environment }, .. }, ..) => {
                Some((repository, environment))
            }
            _ => None,
        }
    }

    /// Returns the path, in lower case, of the resource that must exist.
    pub(crate) fn place(&self) -> Option<String> {
        if let Some((repository, environment)) = self.environment() {
            return Some(format!("{repository}/environments/{}", canonical(environment)));
        }
        if let Self::Store(store, ..) = self {
            return Some(store.to_string());
        }
        let organization =
            self.organization().map(|organization| format!("orgs/{}", canonical(organization)));
        self.repository().map(ToString::to_string).or(organization)
    }
}

impl Operation {
    /// Returns the secret or variable in the path, if it has one.
    pub(crate) fn item_name(&self) -> Option<&str> {
        match self {
            Self::Create | Self::List | Self::OrganizationItems | Self::PublicKey => None,
            Self::Delete(name) | Self::Get(name) | Self::Put(name) | Self::Update(name) => Some(name),
            Self::ListSelected(name) | Self::SetSelected(name) => Some(name),
            Self::AddSelected(name, _) | Self::RemoveSelected(name, _) => Some(name),
        }
    }
}
