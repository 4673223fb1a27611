//! Operations in words.

use octoseal::{Action, Operation};

/// Describes the operation, to follow "cannot".
pub(crate) fn phrase(operation: &Operation) -> String {
    let of = operation.resource();
    let name = match (operation.secret_name(), operation.variable_name()) {
        (Some(name), _) => name.as_str(),
        (None, Some(name)) => name.as_str(),
        (None, None) => "it",
    };
    match operation.action() {
        Action::ListSecrets => format!("list the secrets of {of}"),
        Action::GetPublicKey => format!("get the public key of {of}"),
        Action::GetSecret => format!("get {name} in {of}"),
        Action::PutSecret => format!("put {name} into {of}"),
        Action::DeleteSecret => format!("delete {name} from {of}"),
        Action::ListOrganizationSecrets => format!("list the organization's secrets that {of} can use"),
        Action::ListSelectedRepositories => format!("list the repositories with access to {name} in {of}"),
        Action::SetSelectedRepositories => format!("set the repositories with access to {name} in {of}"),
        Action::AddSelectedRepository => format!("give a repository access to {name} in {of}"),
        Action::RemoveSelectedRepository => format!("remove a repository's access to {name} in {of}"),
        Action::ListVariables => format!("list the variables of {of}"),
        Action::GetVariable => format!("get the variable {name} in {of}"),
        Action::CreateVariable | Action::UpdateVariable => format!("put the variable {name} into {of}"),
        Action::DeleteVariable => format!("delete the variable {name} from {of}"),
        Action::ListOrganizationVariables => format!("list the organization's variables that {of} can use"),
        Action::GetRepository => format!("find the repository {of}"),
        Action::ListRepositories | Action::ListInstallationRepositories => {
            format!("list the repositories of {of}")
        }
        Action::ListEnvironments => format!("list the environments of {of}"),
        Action::GetEnvironment => format!("find the environment {of}"),
        Action::PutEnvironment => format!("create the environment {of}"),
        Action::GetOrganization => format!("find the organization {of}"),
        Action::ListPropertyValues => format!("list the custom properties of the repositories of {of}"),
        Action::GetApp => "ask which App it is".to_owned(),
        Action::GetUser => "check the token".to_owned(),
        Action::GetRateLimit => "ask for the rate limit".to_owned(),
        _ => format!("send {operation}"),
    }
}
