//! `octoseal put`: creates a secret or replaces its value, and never widens who may read it by accident.

use crate::arguments::{InStore, OneSecret, Options, Put, Readers, Repositories, VisibilityWord};
use crate::connection::{self, Connection};
use crate::failure::Failure;
use crate::output::Output;
use crate::value;
use octoseal::{
    Action, AnyStore, Error, GitHub, Repository, RepositoryIds, SecretName, SecretValue, Visibility, Written,
};
use serde_json::json;

/// What the access words say: nothing to say, leave the readers as they are, or exactly these.
#[derive(Debug, PartialEq)]
enum Said {
    Nothing,
    Everyone(VisibilityWord),
    Only(Vec<Repository>),
}

pub(crate) async fn run(
    options: &Options,
    Put { secret: OneSecret { place: InStore { store }, name }, readers, source }: Put,
    output: Output,
) -> Result<(), Failure> {
    let said = said(&store, readers)?;
    // First the token: nobody should type a value in vain.
    let Connection { github, memory: _memory, .. } = connection::open(options, Some(&store), output).await?;
    let value = value::read(&source).await?;
    let written = put(&github, &store, &name, &value, said).await?;
    let outcome = match written {
        Written::Created => "created",
        Written::Updated => "updated",
    };
    let data = json!({ "store": store.to_string(), "name": name.as_str(), "outcome": outcome });
    output.answer(&data, format!("{outcome} {name} in {store}"))
}

/// Checks the access words against the store before anything is read or sent.
fn said(store: &AnyStore, Readers { visibility, repositories }: Readers) -> Result<Said, Failure> {
    let Repositories { named, none } = repositories;
    let lists = none || !named.is_empty();
    match (store, visibility) {
        (_, None) if !lists => Ok(Said::Nothing),
        (AnyStore::Repository(_) | AnyStore::Environment(_), _) => Err(Failure::usage(format!(
            "the readers of {store} cannot be chosen: leave --visibility, --repository and --no-repositories away"
        ))),
        (_, None) => Ok(Said::Only(named)),
        (AnyStore::User(_), Some(_)) => Err(Failure::usage(
            "a secret of yours has no visibility: say --repository or --no-repositories instead",
        )),
        (_, Some(VisibilityWord::Selected)) if lists => Ok(Said::Only(named)),
        (_, Some(VisibilityWord::Selected)) => {
            Err(Failure::usage("--visibility selected needs --repository or --no-repositories"))
        }
        (_, Some(word)) if !lists => Ok(Said::Everyone(word)),
        _ => Err(Failure::usage("--repository and --no-repositories go with --visibility selected only")),
    }
}

async fn put(
    github: &GitHub,
    store: &AnyStore,
    name: &SecretName,
    value: &SecretValue,
    said: Said,
) -> Result<Written, Failure> {
    match (store, said) {
        (AnyStore::Repository(store), _) => Ok(github.secrets(store.clone()).put(name, value, ()).await?),
        (AnyStore::Environment(store), _) => Ok(github.secrets(store.clone()).put(name, value, ()).await?),
        (AnyStore::User(of), Said::Only(repositories)) => {
            let ids = ids(github, &repositories).await?;
            Ok(github.secrets(of.clone()).put(name, value, ids).await?)
        }
        (AnyStore::User(of), _) => {
            let replaced = github.secrets(of.clone()).replace_value(name, value).await;
            replaced.map_err(|error| who_may_read(store, name, error, "--repository or --no-repositories"))
        }
        (AnyStore::Organization(of), Said::Nothing) => {
            let replaced = github.secrets(of.clone()).replace_value(name, value).await;
            let words = "--visibility, --repository or --no-repositories";
            replaced.map_err(|error| who_may_read(store, name, error, words))
        }
        (AnyStore::Organization(of), said) => {
            let visibility = match said {
                Said::Only(repositories) => Visibility::Selected(ids(github, &repositories).await?),
                Said::Everyone(VisibilityWord::All) => Visibility::All,
                _ => Visibility::Private,
            };
            Ok(github.secrets(of.clone()).put(name, value, visibility).await?)
        }
    }
}

/// A secret that is not there has no readers to keep.
fn who_may_read(store: &AnyStore, name: &SecretName, error: Error, words: &str) -> Failure {
    // Where there is no key, there is no store, or none for this token.
    let reads_access = |action| matches!(action, Action::GetSecret | Action::ListSelectedRepositories);
    let reading = error.refusal().is_some_and(|refusal| reads_access(refusal.operation().action()));
    if !(error.is_not_found() && reading) {
        return error.into();
    }
    let message = format!(
        "{store} has no {name} yet, or the token may not see it; for a new secret say who may read it: {words}; \
         nothing was written"
    );
    Failure::usage(message).because(error)
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
