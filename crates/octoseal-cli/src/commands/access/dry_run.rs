//! The preview of a change of access.

use super::{Access, Change, print, read};
use crate::kept::Kept;
use crate::output::{ExitCode, Failure, Output};
use octoseal::{RepositoryRef, VisibilityName};

/// Reads the current access, and prints how it would change. With `--json` it prints the resulting access.
pub(super) async fn run<K: Kept>(
    kept: &K,
    name: &K::Name,
    change: &Change<RepositoryRef>,
    output: Output,
) -> Result<(), Failure> {
    let Access { visibility, repositories: before } = read(kept, name).await?;
    if let Some(word @ (VisibilityName::All | VisibilityName::Private)) = &visibility {
        return Err(conflict(kept, name, word));
    }
    let after = after(&before, change);
    if output.json {
        return print::print(&Access { visibility, repositories: after }, output);
    }
    let lacks = |all: &[RepositoryRef], one: &RepositoryRef| all.iter().all(|it| it.id != one.id);
    let added = after.iter().filter(|it| lacks(&before, it)).map(|it| ("give access to", it));
    let removed = before.iter().filter(|it| lacks(&after, it)).map(|it| ("remove the access of", it));
    let changes: Vec<_> = added.chain(removed).collect();
    if changes.is_empty() {
        output.note("the access would stay as it is");
    }
    changes.into_iter().try_for_each(|(verb, it)| output.line(&format!("would {verb} {}", it.full_name)))
}

/// Returns the repositories that would have access.
fn after(before: &[RepositoryRef], change: &Change<RepositoryRef>) -> Vec<RepositoryRef> {
    let is_in = |all: &[RepositoryRef], one: &RepositoryRef| all.iter().any(|it| it.id == one.id);
    match change {
        Change::Nothing => before.to_vec(),
        Change::Set(all) => all.clone(),
        Change::Add(more) => {
            before.iter().chain(more.iter().filter(|it| !is_in(before, it))).cloned().collect()
        }
        Change::Remove(some) => before.iter().filter(|it| !is_in(some, it)).cloned().collect(),
    }
}

/// Creates the failure that GitHub would answer to the change itself (409).
fn conflict<K: Kept>(kept: &K, name: &K::Name, visibility: &VisibilityName) -> Failure {
    let message = format!(
        "{} in {} has the visibility {}, so it has no list to change",
        K::label(name),
        kept.store(),
        visibility.as_str()
    );
    let mut failure = Failure::new(ExitCode::Failed, message).hint(format!(
        "only a {} with the visibility selected has selected repositories; write it with that visibility first",
        K::ONE
    ));
    failure.context.kind = Some("conflict");
    failure
}
