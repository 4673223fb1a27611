//! `octoseal access`: lists and changes the repositories with access to a secret. Its value stays unchanged.

mod print;

pub(crate) use print::describe_repositories;

use super::repository_ids::look_up;
use crate::arguments::{self, AllowedRepository, ChangeAccess, Global, Secrets, SetAccess, repositories};
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use octoseal::{
    AnyAccess, AnySecrets, AnyStore, Error, Repository, RepositoryIds, RepositoryRef, SecretName,
    VisibilityName,
};

pub(crate) type Repositories = Vec<RepositoryRef>;

pub(crate) async fn run(
    global: &Global,
    access: arguments::Access,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let (words, change) = change(access)?;
    let (name, stores) = Targets::one_name(&words, global, Purpose::Write)?;
    let change = change.named(&stores.named())?;
    let selected = AnyAccess::Selected(RepositoryIds::default());
    stores.named().iter().try_for_each(|store| store.check_access(&selected))?;
    let session = Session::open(global, stores.first().as_ref(), output, journal).await?;
    let [store] = <[AnyStore; 1]>::try_from(stores.find(&session, output).await?)
        .map_err(|_| Failure::usage("this verb takes one store, and several were given").argument("STORE"))?;
    let secrets = session.secrets(&store);
    let is_change = !matches!(change, Change::Nothing);
    make(&session, &secrets, &name, change, journal).await?;
    let access = read(&secrets, &name).await.map_err(|error| match is_change {
        true => {
            let message = "the change is made, but the repositories with access cannot be listed";
            Failure::new(ExitCode::Failed, message).because_of(error.into())
        }
        false => error.into(),
    })?;
    print::print(&access, output)
}

enum Change<R> {
    Nothing,
    Set(Vec<R>),
    Add(Vec<R>),
    Remove(Vec<R>),
}

impl Change<AllowedRepository> {
    /// Completes bare names by the organization of the store.
    fn named(self, stores: &[AnyStore]) -> Result<Change<Repository>, Failure> {
        Ok(match self {
            Self::Nothing => Change::Nothing,
            Self::Set(named) => Change::Set(repositories(&named, stores)?),
            Self::Add(named) => Change::Add(repositories(&named, stores)?),
            Self::Remove(named) => Change::Remove(repositories(&named, stores)?),
        })
    }
}

/// The access to a secret: GitHub's visibility, and the repositories if they are selected.
struct Access {
    visibility: Option<VisibilityName>,
    repositories: Repositories,
}

fn change(access: arguments::Access) -> Result<(Secrets, Change<AllowedRepository>), Failure> {
    Ok(match access {
        arguments::Access::List(secret) => (secret, Change::Nothing),
        arguments::Access::Set(SetAccess { repositories, .. })
            if repositories.named.is_empty() && !repositories.none =>
        {
            let hint = "give --allow-repo, or --no-repositories to remove all access";
            return Err(Failure::usage("no repository was given").hint(hint).argument("--allow-repo"));
        }
        arguments::Access::Set(SetAccess { secret, repositories }) => {
            (secret, Change::Set(repositories.named))
        }
        arguments::Access::Add(ChangeAccess { secret, named }) => (secret, Change::Add(named)),
        arguments::Access::Remove(ChangeAccess { secret, named }) => (secret, Change::Remove(named)),
    })
}

async fn make(
    session: &Session,
    secrets: &AnySecrets,
    name: &SecretName,
    change: Change<Repository>,
    journal: &Journal,
) -> Result<(), Failure> {
    let store = secrets.store();
    match change {
        Change::Nothing => {}
        Change::Set(named) => {
            let ids = look_up(session.github(), &named).await?;
            let what = format!("set the access to {name} in {store}");
            journal.write(what, secrets.set_selected_repositories(name, ids)).await?;
        }
        Change::Add(named) => {
            let ids = look_up(session.github(), &named).await?;
            for (done, (id, repository)) in ids.iter().zip(&named).enumerate() {
                let what = format!("give {repository} access to {name} in {store}");
                let added = journal.write(what, secrets.add_selected_repository(name, id)).await;
                added.map_err(|failure| after(done, "got access", failure))?;
            }
        }
        Change::Remove(named) => {
            let ids = look_up(session.github(), &named).await?;
            for (done, (id, repository)) in ids.iter().zip(&named).enumerate() {
                let what = format!("remove the access of {repository} to {name} in {store}");
                let removed = journal.write(what, secrets.remove_selected_repository(name, id)).await;
                removed.map_err(|failure| after(done, "lost access", failure))?;
            }
        }
    }
    Ok(())
}

/// Reports a failure after some repositories were changed. It must not look as if nothing was written.
fn after(done: usize, how: &str, failure: Failure) -> Failure {
    if done == 0 {
        return failure;
    }
    let code = if failure.code == ExitCode::UnknownOutcome { failure.code } else { ExitCode::Failed };
    let repositories = if done == 1 { "repository" } else { "repositories" };
    Failure::new(code, format!("{done} {repositories} {how} before this failure")).because_of(failure)
}

async fn read(secrets: &AnySecrets, name: &SecretName) -> Result<Access, Error> {
    let visibility = secrets.get(name).await?.visibility;
    let repositories = match visibility {
        Some(VisibilityName::All | VisibilityName::Private) => Vec::new(),
        _ => secrets.selected_repositories(name).await?,
    };
    Ok(Access { visibility, repositories })
}
