//! What can be asked: a route is what a method and a path name.

use crate::api::kind::Kind;
use crate::api::store::{FullName, Owner, Store, canonical};

/// What can be asked: the operations on secrets and variables, and the support operations that clients need with them.
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

/// What an App asks as itself; an installation's id is as it was sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum AppOperation {
    AccessTokens(String),
    OrganizationInstallation(String),
    RepositoryInstallation(FullName),
    This,
    UserInstallation(String),
}

/// What can be done with a repository's environments; a name is as it was sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum EnvironmentOperation {
    Delete(String),
    Get(String),
    List,
    Put(String),
}

/// Whose repositories are listed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum RepositoriesOf {
    Caller,
    Organization(String),
    User(String),
}

/// What can be done in a store; a name is as it was sent.
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
    /// The repository that the path names, if it names one.
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

    /// The organization that the path names as the owner of what is asked for, if it names one.
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

    /// The environment that must be there, with its repository.
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

    /// The path, in lower case, of what must be there.
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
    /// The secret or variable that the path names, if it names one.
    pub(crate) fn item_name(&self) -> Option<&str> {
        match self {
            Self::Create | Self::List | Self::OrganizationItems | Self::PublicKey => None,
            Self::Delete(name) | Self::Get(name) | Self::Put(name) | Self::Update(name) => Some(name),
            Self::ListSelected(name) | Self::SetSelected(name) => Some(name),
            Self::AddSelected(name, _) | Self::RemoveSelected(name, _) => Some(name),
        }
    }
}
