//! Output of the access to a secret.

use super::Access;
use crate::output::{Failure, Output};
use octoseal::{RepositoryRef, VisibilityName};
use serde_json::{Value, json};

/// Describes repositories as JSON, in the same form everywhere.
pub(crate) fn describe_repositories(repositories: &[RepositoryRef]) -> Value {
    let describe = |it: &RepositoryRef| json!({ "id": it.id.0, "full_name": it.full_name });
    repositories.iter().map(describe).collect()
}

pub(super) fn print(Access { visibility, repositories }: &Access, output: Output) -> Result<(), Failure> {
    let data = json!({
        "visibility": visibility.as_ref().map(VisibilityName::as_str),
        "repositories": describe_repositories(repositories),
    });
    let text = match visibility {
        Some(VisibilityName::All) => "every repository of the organization".to_owned(),
        Some(VisibilityName::Private) => {
            "every private or internal repository of the organization".to_owned()
        }
        _ => repositories.iter().map(|it| it.full_name.as_str()).collect::<Vec<_>>().join("\n"),
    };
    if text.is_empty() {
        output.note("no repository has access");
    }
    output.answer(&data, text)
}
