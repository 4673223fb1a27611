//! `octoseal put`: creates a secret or replaces its value, and never widens who may read it by accident.

use crate::arguments::{InStore, OneSecret, Options, Put, Readers, Repositories, VisibilityWord};
use crate::connection::{self, Connection};
use crate::failure::Failure;
use crate::output::Output;
use crate::value;
use octoseal::{AnyAccess, AnyStore, Error, GitHub, Repository, RepositoryIds, Written};
use serde_json::json;

pub(crate) async fn run(
    options: &Options,
    Put { secret: OneSecret { place: InStore { store }, name }, readers, source }: Put,
    output: Output,
) -> Result<(), Failure> {
    let wanted = wanted(&store, readers)?;
    // First the token: nobody should type a value in vain.
    let Connection { github, memory: _memory, .. } = connection::open(options, Some(&store), output).await?;
    let value = value::read(&source).await?;
    let access = wanted.resolve(&github).await?;
    let written = github.any_secrets(store.clone()).put(&name, &value, access).await.map_err(with_options)?;
    let outcome = match written {
        Written::Created => "created",
        Written::Updated => "updated",
    };
    let data = json!({ "store": store.to_string(), "name": name.as_str(), "outcome": outcome });
    output.answer(&data, format!("{outcome} {name} in {store}"))
}

/// Names the options that say which access a new secret gets.
fn with_options(error: Error) -> Failure {
    let Error::NothingToKeep { store, .. } = &error else { return error.into() };
    let options = match store.check_access(&AnyAccess::All) {
        Ok(()) => "--visibility, --repository or --no-repositories",
        Err(_) => "--repository or --no-repositories",
    };
    Failure::usage(format!("{error}: {options}"))
}

/// The access that the options name; repositories are looked up later.
#[derive(Debug, PartialEq)]
enum Wanted {
    Known(AnyAccess),
    Selected(Vec<Repository>),
}

impl Wanted {
    async fn resolve(self, github: &GitHub) -> Result<AnyAccess, Failure> {
        match self {
            Self::Known(access) => Ok(access),
            Self::Selected(repositories) => Ok(AnyAccess::Selected(ids(github, &repositories).await?)),
        }
    }
}

/// Checks the options for access against the store before anything is read or sent.
fn wanted(store: &AnyStore, Readers { visibility, repositories }: Readers) -> Result<Wanted, Failure> {
    let Repositories { named, none } = repositories;
    let lists = none || !named.is_empty();
    let wanted = match visibility {
        None if !lists => Wanted::Known(AnyAccess::Keep),
        None => Wanted::Selected(named),
        Some(VisibilityWord::Selected) if lists => Wanted::Selected(named),
        Some(VisibilityWord::Selected) => {
            return Err(Failure::usage("--visibility selected needs --repository or --no-repositories"));
        }
        Some(_) if lists => {
            return Err(Failure::usage(
                "--repository and --no-repositories are only for --visibility selected",
            ));
        }
        Some(VisibilityWord::All) => Wanted::Known(AnyAccess::All),
        Some(VisibilityWord::Private) => Wanted::Known(AnyAccess::Private),
    };
    let access = match &wanted {
        Wanted::Known(access) => access,
        Wanted::Selected(_) => &AnyAccess::Selected(RepositoryIds::default()),
    };
    store.check_access(access).map_err(|error| Failure::from(Error::from(error)))?;
    Ok(wanted)
}

/// The ids of the repositories, asked for one by one.
pub(crate) async fn ids(github: &GitHub, repositories: &[Repository]) -> Result<RepositoryIds, Failure> {
    let mut ids = Vec::with_capacity(repositories.len());
    for repository in repositories {
        match github.send(repository.look_up()).await {
            Ok(found) => ids.push(found.id),
            Err(error) if error.is_not_found() => {
                let code = crate::failure::Code::NotFound;
                let message = format!("the repository {repository} was not found; nothing was written");
                return Err(Failure::new(code, message).because(error));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(ids.into())
}
