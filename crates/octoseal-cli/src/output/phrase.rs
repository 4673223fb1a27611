//! What an operation does, in words.

use octoseal::{Action, Operation};

/// Says what the operation does, to follow "cannot".
pub(crate) fn phrase(operation: &Operation) -> String {
    let of = operation.resource();
    let name = operation.secret_name().map_or("the secret", |name| name.as_str());
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
        Action::GetRepository => format!("find the repository {of}"),
        Action::GetUser => "ask whose token it is".to_owned(),
        Action::GetRateLimit => "ask for the rate limit".to_owned(),
        _ => format!("send {operation}"),
    }
}
