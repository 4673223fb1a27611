//! The access in the options of `put`.

use crate::arguments::{AccessOptions, Repositories, VisibilityWord, repositories};
use crate::commands::repository_ids::look_up;
use crate::output::{ExitCode, Failure};
use octoseal::{AnyAccess, AnyStore, GitHub, Repository, RepositoryIds};

/// The access in the options. Repositories are looked up later.
#[derive(Debug, PartialEq)]
pub(in crate::commands) enum Wanted {
    Known(AnyAccess),
    Selected(Vec<Repository>),
}

impl Wanted {
    /// Checks the options for access against the stores before anything is read or sent.
    pub(in crate::commands) fn choose(
        stores: &[AnyStore],
        AccessOptions { visibility, repositories: Repositories { named, none } }: &AccessOptions,
    ) -> Result<Self, Failure> {
        let has_list = *none || !named.is_empty();
        let wanted = match visibility {
            None if !has_list => Self::Known(AnyAccess::Keep),
            None => Self::Selected(repositories(named, stores)?),
            Some(VisibilityWord::Selected) if has_list => Self::Selected(repositories(named, stores)?),
            Some(VisibilityWord::Selected) => {
                let message = "--visibility selected needs --allow-repo or --no-repositories";
                return Err(Failure::usage(message).argument("--visibility"));
            }
            Some(_) if has_list => {
                let message = "--allow-repo and --no-repositories are only for --visibility selected";
                return Err(Failure::usage(message).argument("--visibility"));
            }
            Some(VisibilityWord::All) => Self::Known(AnyAccess::All),
            Some(VisibilityWord::Private) => Self::Known(AnyAccess::Private),
        };
        let access = match &wanted {
            Self::Known(access) => access,
            Self::Selected(_) => &AnyAccess::Selected(RepositoryIds::default()),
        };
        stores.iter().try_for_each(|store| store.check_access(access))?;
        Ok(wanted)
    }

    /// Looks up the repositories, if there are any.
    pub(in crate::commands) async fn resolve(&self, github: &GitHub) -> Result<AnyAccess, Failure> {
        match self {
            Self::Known(access) => Ok(access.clone()),
            Self::Selected(repositories) => {
                let found = look_up(github, repositories).await?;
                Ok(AnyAccess::Selected(found.into_iter().map(|repository| repository.id).collect()))
            }
        }
    }
}

/// A missing secret or variable has no access to keep.
pub(crate) fn nothing_to_keep(label: &str, store: &AnyStore) -> Failure {
    let mut failure =
        Failure::usage(format!("{label} does not exist in {store}, so it has no access to keep"));
    failure.context.kind = Some("nothing_to_keep");
    failure
}

/// Adds a hint with the options for the access of a new secret or variable.
pub(crate) fn with_options(mut failure: Failure, store: &AnyStore) -> Failure {
    if failure.kind() != "nothing_to_keep" {
        return failure;
    }
    let options = match store.check_access(&AnyAccess::All) {
        Ok(()) => "--visibility, --allow-repo or --no-repositories",
        Err(_) => "--allow-repo or --no-repositories",
    };
    failure.code = ExitCode::Usage;
    failure.hint(format!("choose its access by {options}"))
}
