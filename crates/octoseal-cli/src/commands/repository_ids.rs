//! The ids of repositories that people name.

use crate::output::{ExitCode, Failure};
use octoseal::{GitHub, Repository, RepositoryIds};

/// Asks GitHub for the id of each repository.
pub(crate) async fn look_up(github: &GitHub, repositories: &[Repository]) -> Result<RepositoryIds, Failure> {
    let mut ids = Vec::with_capacity(repositories.len());
    for repository in repositories {
        match github.send(repository.look_up()).await {
            Ok(found) => ids.push(found.id),
            Err(error) if error.is_not_found() => {
                let message = format!("the repository {repository} was not found; nothing was written");
                return Err(Failure::new(ExitCode::NotFound, message).because_of(error.into()));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(ids.into())
}
