//! The router: finds the operation of a method and a path. Segments are split first, then decoded once.

use crate::api::kind::Kind;
use crate::api::route::{AppOperation, EnvironmentOperation, Operation, RepositoriesOf, Route};
use crate::api::store::{Family, FullName, Owner, Store};
use http::Method;
use percent_encoding::percent_decode_str;

/// Returns the path's segments, or `None` if one is empty or not UTF-8.
///
/// A `%2F` belongs to its segment (spec of `environment_name`). An empty segment is a 404, and so is a
/// trailing slash (Troubleshooting the REST API).
pub(crate) fn segments(path: &str) -> Option<Vec<String>> {
    let decoded = |segment| Some(percent_decode_str(segment).decode_utf8().ok()?.into_owned());
    if path == "/" {
        return Some(Vec::new());
    }
    let segments: Vec<String> = path.strip_prefix('/')?.split('/').map(decoded).collect::<Option<_>>()?;
    let complete = !segments.iter().any(String::is_empty);
    complete.then_some(segments)
}

/// Finds the operation, or `None` if GitHub has no such route.
pub(crate) fn route(method: &Method, segments: &[String]) -> Option<Route> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    if let Some(route) = support(method, &segments).or_else(|| of_app(method, &segments)) {
        return Some(route);
    }
    item_route(method, &segments)
}

/// Finds an operation on the secrets or variables of a store.
fn item_route(method: &Method, segments: &[&str]) -> Option<Route> {
    let (owner, family, kind, rest) = match segments {
        ["repos", owner, name, family @ ("actions" | "agents"), view] if view.starts_with(VIEW) => {
            let owner = Owner::Repository(full_name(owner, name));
            let store = Store { owner, family: Family::parse(family)? };
            let kind = Kind::parse(view.strip_prefix(VIEW)?).filter(|_| method == Method::GET)?;
            return Some(Route::Store(store, kind, Operation::OrganizationItems));
        }
        ["user", "codespaces", "secrets", rest @ ..] => {
            (Owner::User, Family::Codespaces, Kind::Secrets, rest)
        }
        ["orgs", organization, family, kind, rest @ ..] => {
            let owner = Owner::Organization((*organization).to_owned());
            (owner, Family::parse(family)?, Kind::parse(kind)?, rest)
        }
        ["repos", owner, name, "environments", environment, kind, rest @ ..] => {
            let (repository, environment) = (full_name(owner, name), (*environment).to_owned());
            (Owner::Environment { repository, environment }, Family::Actions, Kind::parse(kind)?, rest)
        }
        ["repos", owner, name, family, kind, rest @ ..] => {
            (Owner::Repository(full_name(owner, name)), Family::parse(family)?, Kind::parse(kind)?, rest)
        }
        _ => return None,
    };
    let has_variables = matches!(family, Family::Actions | Family::Agents);
    if kind == Kind::Variables && !has_variables {
        return None;
    }
    let operation = operation(method, rest, &owner, kind)?;
    Some(Route::Store(Store { owner, family }, kind, operation))
}

/// Finds a support operation.
fn support(method: &Method, segments: &[&str]) -> Option<Route> {
    let owned = |text: &str| text.to_owned();
    Some(match (method.as_str(), segments) {
        ("GET", ["installation", "repositories"]) => Route::InstallationRepositories,
        ("GET", ["orgs", organization]) => Route::Organization(owned(organization)),
        ("GET", ["orgs", organization, "properties", "values"]) => {
            Route::OrganizationProperties(owned(organization))
        }
        ("GET", ["orgs", organization, "repos"]) => {
            Route::Repositories(RepositoriesOf::Organization(owned(organization)))
        }
        ("GET", ["rate_limit"]) => Route::RateLimit,
        ("GET", ["repos", owner, name]) => Route::Repository(full_name(owner, name)),
        ("GET", ["repos", owner, name, "properties", "values"]) => {
            Route::RepositoryProperties(full_name(owner, name))
        }
        ("GET", ["repos", owner, name, "topics"]) => Route::RepositoryTopics(full_name(owner, name)),
        ("GET", []) => Route::Root,
        ("GET", ["user"]) => Route::User,
        ("GET", ["user", "repos"]) => Route::Repositories(RepositoriesOf::Caller),
        ("GET", ["users", login, "repos"]) => Route::Repositories(RepositoriesOf::User(owned(login))),
        ("GET", ["versions"]) => Route::Versions,
        ("POST", ["graphql"] | ["api", "graphql"]) => Route::GraphQl,
        (method, ["repos", owner, name, "environments", rest @ ..]) => {
            Route::Environments(full_name(owner, name), environment(method, rest)?)
        }
        _ => return None,
    })
}

fn environment(method: &str, rest: &[&str]) -> Option<EnvironmentOperation> {
    Some(match (method, rest) {
        ("GET", []) => EnvironmentOperation::List,
        ("DELETE", [name]) => EnvironmentOperation::Delete((*name).to_owned()),
        ("GET", [name]) => EnvironmentOperation::Get((*name).to_owned()),
        ("PUT", [name]) => EnvironmentOperation::Put((*name).to_owned()),
        _ => return None,
    })
}

/// Finds an operation of an App that authenticates as itself.
fn of_app(method: &Method, segments: &[&str]) -> Option<Route> {
    Some(Route::App(match (method.as_str(), segments) {
        ("GET", ["app"]) => AppOperation::This,
        ("POST", ["app", "installations", id, "access_tokens"]) => {
            AppOperation::AccessTokens((*id).to_owned())
        }
        ("GET", ["orgs", organization, "installation"]) => {
            AppOperation::OrganizationInstallation((*organization).to_owned())
        }
        ("GET", ["users", login, "installation"]) => AppOperation::UserInstallation((*login).to_owned()),
        ("GET", ["repos", owner, name, "installation"]) => {
            AppOperation::RepositoryInstallation(full_name(owner, name))
        }
        _ => return None,
    }))
}

/// Finds the operation in a store by the path after `secrets` or `variables`.
fn operation(method: &Method, rest: &[&str], owner: &Owner, kind: Kind) -> Option<Operation> {
    let name = || rest.first().copied().unwrap_or_default().to_owned();
    let selects = owner.selects_repositories();
    Some(match (method.as_str(), rest, kind) {
        ("GET", [], _) => Operation::List,
        ("GET", ["public-key"], Kind::Secrets) => Operation::PublicKey,
        ("GET", [_], _) => Operation::Get(name()),
        ("POST", [], Kind::Variables) => Operation::Create,
        ("PUT", [_], Kind::Secrets) => Operation::Put(name()),
        ("PATCH", [_], Kind::Variables) => Operation::Update(name()),
        ("DELETE", [_], _) => Operation::Delete(name()),
        ("GET", [_, "repositories"], _) if selects => Operation::ListSelected(name()),
        ("PUT", [_, "repositories"], _) if selects => Operation::SetSelected(name()),
        ("PUT", [_, "repositories", id], _) if selects => Operation::AddSelected(name(), (*id).to_owned()),
        ("DELETE", [_, "repositories", id], _) if selects => {
            Operation::RemoveSelected(name(), (*id).to_owned())
        }
        _ => return None,
    })
}

/// The prefix of `secrets` and `variables` for the organization's items that a repository has access to.
const VIEW: &str = "organization-";

fn full_name(owner: &str, name: &str) -> FullName {
    FullName { owner: owner.to_owned(), name: name.to_owned() }
}
