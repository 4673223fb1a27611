//! `octoseal access`: which repositories may read a secret; its value stays as it is.

use super::put::ids;
use crate::arguments::{Access, ChangeAccess, InStore, OneSecret, Options, Repositories, SetAccess};
use crate::connection::{self, Connection};
use crate::failure::{Code, Failure};
use crate::output::Output;
use octoseal::{
    AnyAccess, AnySecrets, Error, GitHub, Repository, RepositoryIds, RepositoryRef, SecretName,
    VisibilityName,
};
use serde_json::{Value, json};

pub(crate) async fn run(options: &Options, access: Access, output: Output) -> Result<(), Failure> {
    let (secret, change) = change(access)?;
    let OneSecret { place: InStore { store }, name } = secret;
    store.check_access(&AnyAccess::Selected(RepositoryIds::default())).map_err(Error::from)?;
    let Connection { github, memory: _memory, .. } = connection::open(options, Some(&store), output).await?;
    let readers = work(&github, &github.any_secrets(store), &name, change).await?;
    print(&readers, output)
}

enum Change {
    Nothing,
    Set(Vec<Repository>),
    Add(Vec<Repository>),
    Remove(Vec<Repository>),
}

/// Who may read a secret: one of GitHub's words, and the repositories if they are selected.
struct Readers {
    visibility: Option<VisibilityName>,
    repositories: Vec<RepositoryRef>,
}

fn change(access: Access) -> Result<(OneSecret, Change), Failure> {
    Ok(match access {
        Access::List(secret) => (secret, Change::Nothing),
        Access::Set(SetAccess { repositories: Repositories { named, none }, .. })
            if named.is_empty() && !none =>
        {
            return Err(Failure::usage("say --repository, or --no-repositories if nobody may read it"));
        }
        Access::Set(SetAccess { secret, repositories }) => (secret, Change::Set(repositories.named)),
        Access::Add(ChangeAccess { secret, named }) => (secret, Change::Add(named)),
        Access::Remove(ChangeAccess { secret, named }) => (secret, Change::Remove(named)),
    })
}

/// Makes the change, if there is one, and tells the readers after it.
async fn work(
    github: &GitHub,
    secrets: &AnySecrets,
    name: &SecretName,
    change: Change,
) -> Result<Readers, Failure> {
    match change {
        Change::Nothing => return Ok(readers(secrets, name).await?),
        Change::Set(named) => secrets.set_selected_repositories(name, ids(github, &named).await?).await?,
        Change::Add(named) => {
            for (done, id) in ids(github, &named).await?.iter().enumerate() {
                let added = secrets.add_selected_repository(name, id).await;
                added.map_err(|error| after(done, "added", error))?;
            }
        }
        Change::Remove(named) => {
            for (done, id) in ids(github, &named).await?.iter().enumerate() {
                let removed = secrets.remove_selected_repository(name, id).await;
                removed.map_err(|error| after(done, "removed", error))?;
            }
        }
    }
    let readers = readers(secrets, name).await;
    readers.map_err(|error| {
        Failure::new(Code::Failed, "the change is made, but the readers cannot be listed").because(error)
    })
}

/// An error that comes after some repositories were changed is not one after which nothing was written.
fn after(done: usize, how: &str, error: Error) -> Failure {
    if done == 0 {
        return error.into();
    }
    let code = if error.is_unknown_outcome() { Code::UnknownOutcome } else { Code::Failed };
    Failure::new(code, format!("{done} of the repositories were {how} before this")).because(error)
}

async fn readers(secrets: &AnySecrets, name: &SecretName) -> Result<Readers, Error> {
    let visibility = secrets.get(name).await?.visibility;
    let repositories = match visibility {
        Some(VisibilityName::All | VisibilityName::Private) => Vec::new(),
        _ => secrets.selected_repositories(name).await?,
    };
    Ok(Readers { visibility, repositories })
}

fn print(Readers { visibility, repositories }: &Readers, output: Output) -> Result<(), Failure> {
    let describe = |reader: &RepositoryRef| json!({ "id": reader.id.0, "full_name": reader.full_name });
    let described: Vec<Value> = repositories.iter().map(describe).collect();
    let data = json!({
        "visibility": visibility.as_ref().map(VisibilityName::as_str), "repositories": described,
    });
    let text = match visibility {
        Some(VisibilityName::All) => "every repository of the organization".to_owned(),
        Some(VisibilityName::Private) => {
            "every private or internal repository of the organization".to_owned()
        }
        _ => repositories.iter().map(|reader| reader.full_name.as_str()).collect::<Vec<_>>().join("\n"),
    };
    if text.is_empty() && !output.json {
        output.note("no repository may read it");
    }
    output.answer(&data, text)
}
