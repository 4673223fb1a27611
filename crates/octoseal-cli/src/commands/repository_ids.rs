//! The ids of repositories in the arguments.

use crate::fan_out;
use crate::output::{ExitCode, Failure};
use futures_util::stream::StreamExt as _;
use octoseal::{GitHub, Repository, RepositoryIds};
use std::pin::pin;

/// Asks GitHub for the id of each repository, several at a time.
pub(crate) async fn look_up(github: &GitHub, repositories: &[Repository]) -> Result<RepositoryIds, Failure> {
    let mut ids = Vec::with_capacity(repositories.len());
    let mut found = pin!(fan_out::each(repositories, async |repository: &Repository| {
        match github.send(repository.look_up()).await {
            Ok(found) => Ok(found.id),
            Err(error) if error.is_not_found() => {
                let message = format!("the repository {repository} was not found; nothing was written");
                Err(Failure::new(ExitCode::NotFound, message).because_of(error.into()))
            }
            Err(error) => Err(error.into()),
        }
    }));
    while let Some((_, id)) = found.next().await {
        ids.push(id?);
    }
    Ok(ids.into())
}
