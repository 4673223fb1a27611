//! The router: which operation a method and a path name. Segments are decoded once, after they were split.

use crate::api::store::{Family, FullName, Owner, Store};
use http::Method;
use percent_encoding::percent_decode_str;

/// What can be asked: the 72 operations, and those that stand beside them.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Route {
    App(AppOperation),
    GraphQl,
    Organization(String),
    RateLimit,
    Repository(FullName),
    Store(Store, Operation),
    User,
    Versions,
}

/// What an App asks as itself; an installation's id is as it was sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum AppOperation {
    AccessTokens(String),
    OrganizationInstallation(String),
    RepositoryInstallation(FullName),
    UserInstallation(String),
}

/// What can be done in a store; a name is as it was sent.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Operation {
    AddSelected(String, String),
    Delete(String),
    Get(String),
    List,
    ListSelected(String),
    OrganizationSecrets,
    PublicKey,
    Put(String),
    RemoveSelected(String, String),
    SetSelected(String),
}

impl Route {
    /// The repository that the path names, if it names one.
    pub(crate) fn repository(&self) -> Option<&FullName> {
        match self {
            Self::App(AppOperation::RepositoryInstallation(repository)) => Some(repository),
            Self::Repository(repository) => Some(repository),
            Self::Store(store, _) => store.repository(),
            Self::App(_) | Self::GraphQl | Self::Organization(_) => None,
            Self::RateLimit | Self::User | Self::Versions => None,
        }
    }
}

impl Route {
    /// The organization that the path names as the owner of what is asked for, if it names one.
    pub(crate) fn organization(&self) -> Option<&str> {
        match self {
            Self::App(AppOperation::OrganizationInstallation(organization))
            | Self::Organization(organization)
            | Self::Store(Store { owner: Owner::Organization(organization), .. }, _) => Some(organization),
            _ => None,
        }
    }
}

impl Operation {
    /// The secret that the path names, if it names one.
    pub(crate) fn secret_name(&self) -> Option<&str> {
        match self {
            Self::List | Self::OrganizationSecrets | Self::PublicKey => None,
            Self::Delete(name) | Self::Get(name) | Self::Put(name) => Some(name),
            Self::ListSelected(name) | Self::SetSelected(name) => Some(name),
            Self::AddSelected(name, _) | Self::RemoveSelected(name, _) => Some(name),
        }
    }
}

/// The path's segments, or nothing if one is empty or not UTF-8.
///
/// A `%2F` belongs to its segment (spec of `environment_name`); an empty segment, so a trailing slash too, is a 404
/// (Troubleshooting the REST API).
pub(crate) fn segments(path: &str) -> Option<Vec<String>> {
    let decoded = |segment| Some(percent_decode_str(segment).decode_utf8().ok()?.into_owned());
    let segments: Vec<String> = path.strip_prefix('/')?.split('/').map(decoded).collect::<Option<_>>()?;
    let complete = !segments.iter().any(String::is_empty);
    complete.then_some(segments)
}

/// The operation, or nothing if GitHub has none there.
pub(crate) fn route(method: &Method, segments: &[String]) -> Option<Route> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    if let Some(route) = beside(method, &segments) {
        return Some(route);
    }
    let (owner, family, rest) = match (method.as_str(), segments.as_slice()) {
        ("GET", ["repos", owner, name, family @ ("actions" | "agents"), "organization-secrets"]) => {
            let owner = Owner::Repository(full_name(owner, name));
            let store = Store { owner, family: Family::parse(family)? };
            return Some(Route::Store(store, Operation::OrganizationSecrets));
        }
        (_, ["user", "codespaces", "secrets", rest @ ..]) => (Owner::User, Family::Codespaces, rest),
        (_, ["orgs", organization, family, "secrets", rest @ ..]) => {
            (Owner::Organization((*organization).to_owned()), Family::parse(family)?, rest)
        }
        (_, ["repos", owner, name, "environments", environment, "secrets", rest @ ..]) => {
            let (repository, environment) = (full_name(owner, name), (*environment).to_owned());
            (Owner::Environment { repository, environment }, Family::Actions, rest)
        }
        (_, ["repos", owner, name, family, "secrets", rest @ ..]) => {
            (Owner::Repository(full_name(owner, name)), Family::parse(family)?, rest)
        }
        _ => return None,
    };
    let operation = operation(method, rest, &owner)?;
    Some(Route::Store(Store { owner, family }, operation))
}

/// What is no operation on secrets.
fn beside(method: &Method, segments: &[&str]) -> Option<Route> {
    Some(match (method.as_str(), segments) {
        ("GET", ["orgs", organization]) => Route::Organization((*organization).to_owned()),
        ("GET", ["rate_limit"]) => Route::RateLimit,
        ("GET", ["repos", owner, name]) => Route::Repository(full_name(owner, name)),
        ("GET", ["user"]) => Route::User,
        ("GET", ["versions"]) => Route::Versions,
        ("POST", ["graphql"] | ["api", "graphql"]) => Route::GraphQl,
        ("POST", ["app", "installations", id, "access_tokens"]) => {
            Route::App(AppOperation::AccessTokens((*id).to_owned()))
        }
        ("GET", ["orgs", organization, "installation"]) => {
            Route::App(AppOperation::OrganizationInstallation((*organization).to_owned()))
        }
        ("GET", ["users", login, "installation"]) => {
            Route::App(AppOperation::UserInstallation((*login).to_owned()))
        }
        ("GET", ["repos", owner, name, "installation"]) => {
            Route::App(AppOperation::RepositoryInstallation(full_name(owner, name)))
        }
        _ => return None,
    })
}

/// The operation in a store, by what follows `secrets` in the path.
fn operation(method: &Method, rest: &[&str], owner: &Owner) -> Option<Operation> {
    let name = || rest.first().copied().unwrap_or_default().to_owned();
    let selects = owner.selects_repositories();
    Some(match (method.as_str(), rest) {
        ("GET", []) => Operation::List,
        ("GET", ["public-key"]) => Operation::PublicKey,
        ("GET", [_]) => Operation::Get(name()),
        ("PUT", [_]) => Operation::Put(name()),
        ("DELETE", [_]) => Operation::Delete(name()),
        ("GET", [_, "repositories"]) if selects => Operation::ListSelected(name()),
        ("PUT", [_, "repositories"]) if selects => Operation::SetSelected(name()),
        ("PUT", [_, "repositories", id]) if selects => Operation::AddSelected(name(), (*id).to_owned()),
        ("DELETE", [_, "repositories", id]) if selects => Operation::RemoveSelected(name(), (*id).to_owned()),
        _ => return None,
    })
}

fn full_name(owner: &str, name: &str) -> FullName {
    FullName { owner: owner.to_owned(), name: name.to_owned() }
}
