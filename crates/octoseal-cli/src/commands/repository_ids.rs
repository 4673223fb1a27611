//! The repositories in the arguments, as GitHub knows them.

use crate::fan_out;
use crate::output::Failure;
use futures_util::stream::StreamExt as _;
use octoseal::{GitHub, Repository, RepositoryRef};
use std::pin::pin;

/// Asks GitHub for each repository, several at a time, and returns them in the same order.
pub(crate) async fn look_up(
    github: &GitHub,
    repositories: &[Repository],
) -> Result<Vec<RepositoryRef>, Failure> {
    let mut all = Vec::with_capacity(repositories.len());
    let mut found = pin!(fan_out::each(repositories, async |repository: &Repository| {
        match github.send(repository.look_up()).await {
            Ok(found) => Ok(found),
            Err(error) if error.is_not_found() => {
                let mut failure = Failure::from(error);
                failure.message += "; nothing was written";
                Err(failure)
            }
            Err(error) => Err(error.into()),
        }
    }));
    while let Some((_, repository)) = found.next().await {
        all.push(repository?);
    }
    Ok(all)
}
