//! The permissions and scopes that each operation needs.

use crate::api::kind::Kind;
use crate::api::route::{EnvironmentOperation, Operation, RepositoriesOf, Route};
use crate::api::store::{Family, Owner, Store};

/// The requirement of one operation: any of the scopes, or the permission.
pub(super) struct Need {
    pub(super) scopes: &'static [&'static str],
    pub(super) permission: &'static str,
    pub(super) level: &'static str,
}

/// Returns the requirement in the operation's documentation.
pub(super) fn need(route: &Route) -> Need {
    let repo = |permission, level| Need { scopes: &["repo"], permission, level };
    match route {
        Route::Environments(_, EnvironmentOperation::Get(_) | EnvironmentOperation::List) => {
            repo("actions", "read")
        }
        Route::Environments(..) => repo("administration", "write"),
        Route::OrganizationProperties(_) => {
            Need { scopes: &[], permission: "organization_custom_properties", level: "read" }
        }
        Route::Repository(_) | Route::RepositoryProperties(_) | Route::RepositoryTopics(_) => {
            repo("metadata", "read")
        }
        Route::Store(store, Kind::Secrets, operation) => secret_need(store, operation),
        Route::Store(store, Kind::Variables, operation) => variable_need(store, operation),
        Route::App(_) | Route::GraphQl | Route::InstallationRepositories | Route::Organization(_) => NOTHING,
        Route::RateLimit | Route::Repositories(_) | Route::Root | Route::User | Route::Versions => NOTHING,
    }
}

/// Returns "OAuth scopes" and "Permissions required" of each operation's page.
fn secret_need(store: &Store, operation: &Operation) -> Need {
    let (scopes, permission): (&[&str], _) = match (&store.owner, store.family) {
        (Owner::User, _) => (&["codespace", "codespace:secrets"], "codespaces_user_secrets"),
        (Owner::Organization(_), Family::Actions) => (&["admin:org"], "organization_secrets"),
        (Owner::Organization(_), Family::Agents) => (&["admin:org"], "organization_agent_secrets"),
        (Owner::Organization(_), Family::Codespaces) => (&["admin:org"], "organization_codespaces_secrets"),
        (Owner::Organization(_), Family::Dependabot) => (&["admin:org"], "organization_dependabot_secrets"),
        (Owner::Environment { .. }, _) => (&["repo"], "environments"),
        (Owner::Repository(_), Family::Actions) => (&["repo"], "secrets"),
        (Owner::Repository(_), Family::Agents) => (&["repo"], "agent_secrets"),
        (Owner::Repository(_), Family::Codespaces) => (&["repo"], "codespaces_secrets"),
        (Owner::Repository(_), Family::Dependabot) => (&["repo"], "dependabot_secrets"),
    };
    Need { scopes, permission, level: level(store, operation) }
}

fn variable_need(store: &Store, operation: &Operation) -> Need {
    let (scopes, permission): (&[&str], _) = match (&store.owner, store.family) {
        (Owner::Organization(_), Family::Agents) => (&["admin:org"], "organization_agent_variables"),
        (Owner::Organization(_), _) => (&["admin:org"], "organization_actions_variables"),
        (Owner::Environment { .. }, _) => (&["repo"], "environments"),
        (_, Family::Agents) => (&["repo"], "agent_variables"),
        (_, _) => (&["repo"], "actions_variables"),
    };
    Need { scopes, permission, level: level(store, operation) }
}

fn level(store: &Store, operation: &Operation) -> &'static str {
    match operation {
        // Even listing a repository's Codespaces secrets needs the permission to write them.
        _ if permission_is_write_only(store) => "write",
        Operation::Get(_) | Operation::List | Operation::ListSelected(_) => "read",
        Operation::OrganizationItems | Operation::PublicKey => "read",
        Operation::AddSelected(..) | Operation::Create | Operation::Delete(_) => "write",
        Operation::Put(_) | Operation::RemoveSelected(..) | Operation::SetSelected(_) => "write",
        Operation::Update(_) => "write",
    }
}

fn permission_is_write_only(store: &Store) -> bool {
    matches!((&store.owner, store.family), (Owner::Repository(_), Family::Codespaces))
}

/// Returns `enabledForGitHubApps` of GitHub's description. Personal secrets belong to people only.
pub(super) fn open_to_apps(route: &Route) -> bool {
    match route {
        Route::Repositories(RepositoriesOf::Caller) | Route::User => false,
        Route::Store(store, ..) => match store.owner {
            Owner::User => false,
            Owner::Organization(_) => store.family != Family::Codespaces,
            Owner::Environment { .. } | Owner::Repository(_) => true,
        },
        _ => true,
    }
}

const NOTHING: Need = Need { scopes: &[], permission: "", level: "" };
