//! Paths of operations, with names or with placeholders.

use super::{Action, Operation, Resource};
use crate::name::Name;

impl Operation {
    /// Returns GitHub's path with its placeholders, such as `/user/codespaces/secrets/{secret_name}`.
    pub fn template(&self) -> String {
        joined(&self.resource.template(), &self.below())
    }

    /// Returns the path, percent-encoded, without a query.
    pub fn path(&self) -> String {
        let mut below = match &self.name {
            Some(Name::Secret(name)) => self.below().replace("{secret_name}", name.as_str()),
            Some(Name::Variable(name)) => self.below().replace("{name}", name.as_str()),
            None => self.below(),
        };
        if let Some(id) = self.repository {
            below = below.replace("{repository_id}", &id.to_string());
        }
        joined(&self.resource.root(), &below)
    }

    /// Returns the path below the resource, with placeholders.
    fn below(&self) -> String {
        let named = if self.variable_name().is_some() { "variables/{name}" } else { "secrets/{secret_name}" };
        match self.action {
            Action::ListSelectedRepositories | Action::SetSelectedRepositories => {
                format!("{named}/repositories")
            }
            Action::AddSelectedRepository | Action::RemoveSelectedRepository => {
                format!("{named}/repositories/{{repository_id}}")
            }
            action => action.below().to_owned(),
        }
    }
}

impl Action {
    /// Returns the path below the resource, with placeholders. For selected repositories it depends on the
    /// name.
    fn below(self) -> &'static str {
        match self {
            Self::ListSecrets => "secrets",
            Self::GetPublicKey => "secrets/public-key",
            Self::GetSecret | Self::PutSecret | Self::DeleteSecret => "secrets/{secret_name}",
            Self::ListOrganizationSecrets => "organization-secrets",
            Self::ListVariables | Self::CreateVariable => "variables",
            Self::GetVariable | Self::UpdateVariable | Self::DeleteVariable => "variables/{name}",
            Self::ListOrganizationVariables => "organization-variables",
            Self::ListRepositories => "repos",
            Self::ListInstallationRepositories => "repositories",
            Self::ListEnvironments => "environments",
            Self::ListPropertyValues => "properties/values",
            Self::GetUser => "user",
            Self::GetRateLimit => "rate_limit",
            _ => "",
        }
    }
}

impl Resource {
    /// Returns the path, percent-encoded.
    pub(super) fn root(&self) -> String {
        match self {
            Self::Store(store) => store.to_string(),
            Self::Repository(repository) => repository.root(),
            Self::RepositoryId(id) => format!("repositories/{id}"),
            Self::Environment(environment) => environment.store().to_string(),
            Self::Organization(organization) => format!("orgs/{organization}"),
            Self::Account(account) => format!("users/{account}"),
            Self::Installation(_) | Self::App | Self::Token => self.template(),
        }
    }

    /// Returns the path with placeholders.
    fn template(&self) -> String {
        match self {
            Self::Store(store) => return store.template(),
            Self::Repository(_) => "repos/{owner}/{repo}",
            Self::RepositoryId(_) => "repositories/{repository_id}",
            Self::Environment(_) => "repos/{owner}/{repo}/environments/{environment_name}",
            Self::Organization(_) => "orgs/{org}",
            Self::Account(_) => "users/{username}",
            Self::Installation(_) => "installation",
            Self::App => "app",
            Self::Token => "",
        }
        .to_owned()
    }
}

fn joined(root: &str, below: &str) -> String {
    let parts = [root, below].into_iter().filter(|part| !part.is_empty());
    parts.flat_map(|part| ["/", part]).collect()
}
