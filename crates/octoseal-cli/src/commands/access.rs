//! `octoseal access`: lists and changes the repositories with access to a secret or a variable. Its value stays unchanged.

mod dry_run;
mod print;

pub(crate) use print::describe_repositories;

use super::repository_ids::look_up;
use crate::arguments::{self, AllowedRepository, ChangeAccess, Global, Secret, SetAccess, repositories};
use crate::journal::Journal;
use crate::kept::{self, AccessChange, Kept};
use crate::output::{ExitCode, Failure, Output};
use crate::session::Session;
use crate::targets::{Purpose, Targets};
use octoseal::{
    AnyAccess, AnyStore, Error, GitHub, Repository, RepositoryIds, RepositoryRef, VisibilityName,
};

pub(crate) type Repositories = Vec<RepositoryRef>;

pub(crate) async fn run<K: Kept>(
    global: &Global,
    access: arguments::Access,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let Asked { secret, change, dry_run } = Asked::read(access)?;
    let (name, stores) = Targets::<K::Name>::one_name(&secret.into(), global, Purpose::Write)?;
    kept::check::<K>(&stores)?;
    let stores = stores.named();
    let [store] = &stores[..] else {
        return Err(Failure::usage("access takes one store, and several were given").argument("STORE"));
    };
    let change = change.named(&stores)?;
    store.check_access(&AnyAccess::Selected(RepositoryIds::default())).map_err(|_| {
        let message = format!("{store} has no list of repositories with access");
        Failure::usage(message)
            .hint("organizations and users choose access, repositories do not")
            .argument("STORE")
    })?;
    let session = Session::open(global, Some(store), output, journal).await?;
    let kept = K::at(&session, store)?;
    let change = change.look_up(session.github()).await?;
    if dry_run {
        return dry_run::run(&kept, &name, &change, output).await;
    }
    make(&kept, &name, &change, journal).await?;
    let access = read(&kept, &name).await.map_err(|error| match change {
        Change::Nothing => error.into(),
        _ => {
            let message = "the change is made, but the repositories with access cannot be listed";
            Failure::new(ExitCode::Failed, message).because_of(error.into())
        }
    })?;
    print::print(&access, output)
}

/// The request in the arguments.
struct Asked {
    secret: Secret,
    change: Change<AllowedRepository>,
    dry_run: bool,
}

enum Change<R> {
    Nothing,
    Set(Vec<R>),
    Add(Vec<R>),
    Remove(Vec<R>),
}

impl Change<Repository> {
    /// Looks up the repositories at GitHub.
    async fn look_up(self, github: &GitHub) -> Result<Change<RepositoryRef>, Failure> {
        Ok(match self {
            Self::Nothing => Change::Nothing,
            Self::Set(named) => Change::Set(look_up(github, &named).await?),
            Self::Add(named) => Change::Add(look_up(github, &named).await?),
            Self::Remove(named) => Change::Remove(look_up(github, &named).await?),
        })
    }
}

impl Change<AllowedRepository> {
    /// Adds the organization of the store to bare names.
    fn named(self, stores: &[AnyStore]) -> Result<Change<Repository>, Failure> {
        Ok(match self {
            Self::Nothing => Change::Nothing,
            Self::Set(named) => Change::Set(repositories(&named, stores)?),
            Self::Add(named) => Change::Add(repositories(&named, stores)?),
            Self::Remove(named) => Change::Remove(repositories(&named, stores)?),
        })
    }
}

/// The access: GitHub's visibility, and the repositories if they are selected.
struct Access {
    visibility: Option<VisibilityName>,
    repositories: Repositories,
}

impl Asked {
    fn read(access: arguments::Access) -> Result<Self, Failure> {
        let (secret, change, dry_run) = match access {
            arguments::Access::List(secret) => (secret, Change::Nothing, false),
            arguments::Access::Set(SetAccess { repositories, .. })
                if repositories.named.is_empty() && !repositories.none =>
            {
                let hint = "give --allow-repo, or --no-repositories to remove all access";
                return Err(Failure::usage("no repository was given").hint(hint).argument("--allow-repo"));
            }
            arguments::Access::Set(SetAccess { secret, repositories, dry_run }) => {
                (secret, Change::Set(repositories.named), dry_run)
            }
            arguments::Access::Add(ChangeAccess { secret, named, dry_run }) => {
                (secret, Change::Add(named), dry_run)
            }
            arguments::Access::Remove(ChangeAccess { secret, named, dry_run }) => {
                (secret, Change::Remove(named), dry_run)
            }
        };
        Ok(Self { secret, change, dry_run })
    }
}

async fn make<K: Kept>(
    kept: &K,
    name: &K::Name,
    change: &Change<RepositoryRef>,
    journal: &Journal,
) -> Result<(), Failure> {
    let (store, label) = (kept.store(), K::label(name));
    match change {
        Change::Nothing => {}
        Change::Set(repositories) => {
            let ids: RepositoryIds = repositories.iter().map(|repository| repository.id).collect();
            let what = format!("set the access to {label} in {store}");
            journal.write(what, kept.change_access(name, AccessChange::Set(ids))).await?;
        }
        Change::Add(repositories) => {
            for (done, RepositoryRef { id, full_name, .. }) in repositories.iter().enumerate() {
                let what = format!("give {full_name} access to {label} in {store}");
                let added = journal.write(what, kept.change_access(name, AccessChange::Add(*id))).await;
                added.map_err(|failure| after(done, "got access", failure))?;
            }
        }
        Change::Remove(repositories) => {
            for (done, RepositoryRef { id, full_name, .. }) in repositories.iter().enumerate() {
                let what = format!("remove the access of {full_name} to {label} in {store}");
                let removed = journal.write(what, kept.change_access(name, AccessChange::Remove(*id))).await;
                removed.map_err(|failure| after(done, "lost access", failure))?;
            }
        }
    }
    Ok(())
}

/// Adds the number of changed repositories to a failure, so that it does not look as if nothing was written.
fn after(done: usize, how: &str, failure: Failure) -> Failure {
    if done == 0 {
        return failure;
    }
    let code = if failure.code == ExitCode::UnknownOutcome { failure.code } else { ExitCode::Failed };
    let repositories = if done == 1 { "repository" } else { "repositories" };
    Failure::new(code, format!("{done} {repositories} {how} before this failure")).because_of(failure)
}

async fn read<K: Kept>(kept: &K, name: &K::Name) -> Result<Access, Error> {
    let visibility = kept.get(name).await?.visibility;
    let repositories = match visibility {
        Some(VisibilityName::All | VisibilityName::Private) => Vec::new(),
        _ => kept.selected_repositories(name).await?,
    };
    Ok(Access { visibility, repositories })
}
