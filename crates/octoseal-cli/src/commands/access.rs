//! `octoseal access`: which repositories may read a secret; its value stays as it is.

use super::put::ids;
use crate::arguments::{Access, ChangeAccess, InStore, OneSecret, Options, Repositories};
use crate::connection::{self, Connection};
use crate::failure::Failure;
use crate::output::Output;
use octoseal::{AnyStore, GitHub, RepositoryRef, SecretName, Secrets, SelectsRepositories};
use serde_json::{Value, json};

pub(crate) async fn run(options: &Options, access: Access, output: Output) -> Result<(), Failure> {
    let (secret, change) = match access {
        Access::List(secret) => (secret, None),
        Access::Set(ChangeAccess { secret, repositories }) => (secret, Some(Change::Set(repositories))),
        Access::Add(ChangeAccess { secret, repositories }) => (secret, Some(Change::Add(repositories))),
        Access::Remove(ChangeAccess { secret, repositories }) => (secret, Some(Change::Remove(repositories))),
    };
    let OneSecret { place: InStore { store }, name } = secret;
    if let Some(change) = &change {
        change.check()?;
    }
    let Connection { github, .. } = connection::open(options, Some(&store)).await?;
    let readers = match &store {
        AnyStore::Organization(of) => work(&github, &github.secrets(of.clone()), &name, change).await?,
        AnyStore::User(of) => work(&github, &github.secrets(of.clone()), &name, change).await?,
        AnyStore::Repository(_) | AnyStore::Environment(_) => {
            return Err(Failure::usage(format!("the readers of {store} cannot be chosen")));
        }
    };
    print(&readers, output)
}

enum Change {
    Set(Repositories),
    Add(Repositories),
    Remove(Repositories),
}

impl Change {
    fn check(&self) -> Result<(), Failure> {
        match self {
            Self::Set(Repositories { named, none }) if named.is_empty() && !none => {
                Err(Failure::usage("say --repository, or --no-repositories if nobody may read it"))
            }
            Self::Add(Repositories { named, .. }) | Self::Remove(Repositories { named, .. })
                if named.is_empty() =>
            {
                Err(Failure::usage("say which --repository"))
            }
            _ => Ok(()),
        }
    }
}

/// Makes the change, if there is one, and tells the readers after it.
async fn work<O: SelectsRepositories>(
    github: &GitHub,
    secrets: &Secrets<O>,
    name: &SecretName,
    change: Option<Change>,
) -> Result<Vec<RepositoryRef>, Failure> {
    match change {
        None => {}
        Some(Change::Set(Repositories { named, .. })) => {
            secrets.set_selected_repositories(name, ids(github, &named).await?).await?;
        }
        Some(Change::Add(Repositories { named, .. })) => {
            for id in ids(github, &named).await?.iter() {
                secrets.add_selected_repository(name, id).await?;
            }
        }
        Some(Change::Remove(Repositories { named, .. })) => {
            for id in ids(github, &named).await?.iter() {
                secrets.remove_selected_repository(name, id).await?;
            }
        }
    }
    Ok(secrets.selected_repositories(name).await?)
}

fn print(readers: &[RepositoryRef], output: Output) -> Result<(), Failure> {
    if readers.is_empty() && !output.json {
        output.note("no repository may read it");
    }
    let describe = |reader: &RepositoryRef| json!({ "id": reader.id.0, "full_name": reader.full_name });
    let data: Vec<Value> = readers.iter().map(describe).collect();
    let lines: Vec<&str> = readers.iter().map(|reader| reader.full_name.as_str()).collect();
    output.answer(&data.into(), lines.join("\n"))
}
