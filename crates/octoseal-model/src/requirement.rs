//! The permissions and scopes that GitHub requires for each operation, and how many secrets a store can have.

use crate::any_store::AnyStore;
use crate::family::Family;
use crate::operation::{Action, Operation};

/// The sources are GitHub's REST documentation: the scopes of each operation, and "Permissions required for
/// fine-grained personal access tokens".
impl AnyStore {
    /// Returns the scope that a classic token needs. `codespace:secrets` is the narrowest scope for a user's
    /// secrets.
    pub fn scope(&self) -> &'static str {
        match self {
            Self::User(_) => "codespace:secrets",
            Self::Organization(_) => "admin:org",
            Self::Repository(_) | Self::Environment(_) => "repo",
        }
    }

    /// Returns the permission that a fine-grained token or a GitHub App needs for the secrets.
    pub fn permission(&self) -> &'static str {
        match (self, self.family()) {
            (Self::User(_), _) => "codespaces_user_secrets",
            (Self::Environment(_), _) => "environments",
            (Self::Organization(_), Family::Actions) => "organization_secrets",
            (Self::Organization(_), Family::Agents) => "organization_agent_secrets",
            (Self::Organization(_), Family::Codespaces) => "organization_codespaces_secrets",
            (Self::Organization(_), Family::Dependabot) => "organization_dependabot_secrets",
            (Self::Repository(_), Family::Actions) => "secrets",
            (Self::Repository(_), Family::Agents) => "agent_secrets",
            (Self::Repository(_), Family::Codespaces) => "codespaces_secrets",
            (Self::Repository(_), Family::Dependabot) => "dependabot_secrets",
        }
    }
}

/// From GitHub's documentation: "Using secrets in GitHub Actions" (limits for secrets) and "Managing your account-specific
/// secrets for GitHub Codespaces".
impl AnyStore {
    /// Returns how many secrets the store can have, where GitHub documents a limit. The limits of Agents and Dependabot are
    /// not documented.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_model::AnyStore;
    ///
    /// assert_eq!("orgs/acme/actions".parse::<AnyStore>()?.max_secrets(), Some(1_000));
    /// assert_eq!("repos/acme/api/dependabot".parse::<AnyStore>()?.max_secrets(), None);
    /// # Ok::<(), octoseal_model::Error>(())
    /// ```
    pub fn max_secrets(&self) -> Option<usize> {
        match (self, self.family()) {
            (Self::Organization(_), Family::Actions) => Some(1_000),
            (_, Family::Actions | Family::Codespaces) => Some(100),
            (_, Family::Agents | Family::Dependabot) => None,
        }
    }
}

/// From GitHub's documentation: "Variables reference" (limits for configuration variables).
impl AnyStore {
    /// Returns how many variables the owner can have in this store's family, where GitHub documents a limit: in Actions.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_model::AnyStore;
    ///
    /// assert_eq!("repos/acme/api/actions".parse::<AnyStore>()?.max_variables(), Some(500));
    /// assert_eq!("orgs/acme/agents".parse::<AnyStore>()?.max_variables(), None);
    /// # Ok::<(), octoseal_model::Error>(())
    /// ```
    pub fn max_variables(&self) -> Option<usize> {
        match self {
            _ if self.family() != Family::Actions => None,
            Self::Organization(_) => Some(1_000),
            Self::Repository(_) => Some(500),
            Self::Environment(_) | Self::User(_) => Some(100),
        }
    }
}

impl Operation {
    /// Returns the permission that a fine-grained token or a GitHub App needs, if any.
    pub fn permission(&self) -> Option<&'static str> {
        match self.action() {
            Action::GetRepository => Some("metadata"),
            Action::ListEnvironments | Action::GetEnvironment => Some("actions"),
            Action::PutEnvironment => Some("administration"),
            Action::ListPropertyValues => Some("organization_custom_properties"),
            _ if self.is_about_variables() => self.store().map(of_variables),
            _ => self.store().map(AnyStore::permission),
        }
    }
}

fn of_variables(store: &AnyStore) -> &'static str {
    match (store, store.family()) {
        (AnyStore::Organization(_), Family::Agents) => "organization_agent_variables",
        (AnyStore::Organization(_), _) => "organization_actions_variables",
        (AnyStore::Repository(_), Family::Agents) => "agent_variables",
        (AnyStore::Repository(_), _) => "actions_variables",
        (AnyStore::Environment(_) | AnyStore::User(_), _) => "environments",
    }
}
