//! The `documentation_url` of every operation, which GitHub sends in each refusal.

use crate::api::kind::Kind;
use crate::api::route::{AppOperation, EnvironmentOperation, Operation, RepositoriesOf, Route};
use crate::api::store::{Family, Owner, Store};

/// Returns the page and section of an operation, or the front page of GitHub's REST reference for an unknown
/// route.
pub(crate) fn documentation_url(route: Option<&Route>) -> String {
    let section = match route {
        None => String::new(),
        Some(Route::App(operation)) => format!("/apps/apps#{}", app_anchor(operation)),
        Some(Route::Environments(_, operation)) => {
            format!("/deployments/environments#{}", environment_anchor(operation))
        }
        Some(Route::GraphQl) => return "https://docs.github.com/graphql".into(),
        Some(Route::InstallationRepositories) => {
            "/apps/installations#list-repositories-accessible-to-the-app-installation".into()
        }
        Some(Route::Organization(_)) => "/orgs/orgs#get-an-organization".into(),
        Some(Route::OrganizationProperties(_)) => {
            "/orgs/custom-properties#list-custom-property-values-for-organization-repositories".into()
        }
        Some(Route::Repositories(of)) => format!("/repos/repos#{}", repositories_anchor(of)),
        Some(Route::RepositoryProperties(_)) => {
            "/repos/custom-properties#get-all-custom-property-values-for-a-repository".into()
        }
        Some(Route::RepositoryTopics(_)) => "/repos/repos#get-all-repository-topics".into(),
        Some(Route::Root) => "/meta/meta#github-api-root".into(),
        Some(Route::Versions) => "/meta/meta#get-all-api-versions".into(),
        Some(Route::RateLimit) => {
            "/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user".into()
        }
        Some(Route::Repository(_)) => "/repos/repos#get-a-repository".into(),
        Some(Route::User) => "/users/users#get-the-authenticated-user".into(),
        Some(Route::Store(store, kind, operation)) => {
            format!("/{}#{}", page(store, *kind), anchor(&store.owner, *kind, operation))
        }
    };
    format!("{ROOT}{section}")
}

fn app_anchor(operation: &AppOperation) -> &'static str {
    match operation {
        AppOperation::AccessTokens(_) => "create-an-installation-access-token-for-an-app",
        AppOperation::OrganizationInstallation(_) => {
            "get-an-organization-installation-for-the-authenticated-app"
        }
        AppOperation::RepositoryInstallation(_) => "get-a-repository-installation-for-the-authenticated-app",
        AppOperation::This => "get-the-authenticated-app",
        AppOperation::UserInstallation(_) => "get-a-user-installation-for-the-authenticated-app",
    }
}

fn environment_anchor(operation: &EnvironmentOperation) -> &'static str {
    match operation {
        EnvironmentOperation::Delete(_) => "delete-an-environment",
        EnvironmentOperation::Get(_) => "get-an-environment",
        EnvironmentOperation::List => "list-environments",
        EnvironmentOperation::Put(_) => "create-or-update-an-environment",
    }
}

fn repositories_anchor(of: &RepositoriesOf) -> &'static str {
    match of {
        RepositoriesOf::Caller => "list-repositories-for-the-authenticated-user",
        RepositoriesOf::Organization(_) => "list-organization-repositories",
        RepositoriesOf::User(_) => "list-repositories-for-a-user",
    }
}

fn page(store: &Store, kind: Kind) -> String {
    match (store.family, &store.owner) {
        (Family::Actions | Family::Agents | Family::Dependabot, _) => {
            format!("{}/{}", store.family.segment(), kind.segment())
        }
        (Family::Codespaces, Owner::User) => "codespaces/secrets".to_owned(),
        (Family::Codespaces, Owner::Organization(_)) => "codespaces/organization-secrets".to_owned(),
        (Family::Codespaces, _) => "codespaces/repository-secrets".to_owned(),
    }
}

fn anchor(owner: &Owner, kind: Kind, operation: &Operation) -> String {
    match owner {
        Owner::Environment { .. } => owned_anchor("an-environment", kind, operation),
        Owner::Organization(_) => owned_anchor("an-organization", kind, operation),
        Owner::Repository(_) => owned_anchor("a-repository", kind, operation),
        Owner::User => user_anchor(operation).to_owned(),
    }
}

fn owned_anchor(owner: &str, kind: Kind, operation: &Operation) -> String {
    let (word, plural) = (kind.word(), kind.segment());
    match operation {
        Operation::AddSelected(..) => format!("add-selected-repository-to-{owner}-{word}"),
        Operation::Create => format!("create-{owner}-{word}"),
        Operation::Delete(_) => format!("delete-{owner}-{word}"),
        Operation::Get(_) => format!("get-{owner}-{word}"),
        Operation::List => {
            format!("list-{}-{plural}", owner.trim_start_matches("an-").trim_start_matches("a-"))
        }
        Operation::ListSelected(_) => format!("list-selected-repositories-for-{owner}-{word}"),
        Operation::OrganizationItems => format!("list-repository-organization-{plural}"),
        Operation::PublicKey => format!("get-{owner}-public-key"),
        Operation::Put(_) => format!("create-or-update-{owner}-{word}"),
        Operation::RemoveSelected(..) => format!("remove-selected-repository-from-{owner}-{word}"),
        Operation::SetSelected(_) => format!("set-selected-repositories-for-{owner}-{word}"),
        Operation::Update(_) => format!("update-{owner}-{word}"),
    }
}

fn user_anchor(operation: &Operation) -> &'static str {
    match operation {
        Operation::AddSelected(..) => "add-a-selected-repository-to-a-user-secret",
        Operation::Delete(_) => "delete-a-secret-for-the-authenticated-user",
        Operation::Get(_) => "get-a-secret-for-the-authenticated-user",
        Operation::List | Operation::OrganizationItems => "list-secrets-for-the-authenticated-user",
        Operation::ListSelected(_) => "list-selected-repositories-for-a-user-secret",
        Operation::PublicKey => "get-public-key-for-the-authenticated-user",
        Operation::Create | Operation::Put(_) | Operation::Update(_) => {
            "create-or-update-a-secret-for-the-authenticated-user"
        }
        Operation::RemoveSelected(..) => "remove-a-selected-repository-from-a-user-secret",
        Operation::SetSelected(_) => "set-selected-repositories-for-a-user-secret",
    }
}

/// The front page of GitHub's REST reference.
pub(crate) const ROOT: &str = "https://docs.github.com/rest";
