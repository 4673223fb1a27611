//! A store of any owner, named by its path as in a command line or a file.

use crate::error::Error;
use crate::family::Family;
use crate::owner::{AnyOwner, Environment, Organization, Owner, Repository, User};
use crate::store::Store;
use std::fmt;
use std::str::FromStr;

/// A store whose owner is known only at run time.
///
/// It is parsed from the path that it prints: `parse(display(store)) == store`.
///
/// # Examples
///
/// ```
/// use octoseal_model::AnyStore;
///
/// let store: AnyStore = "repos/octo/hello/environments/prod%2Feu".parse()?;
/// assert!(matches!(store, AnyStore::Environment(_)));
/// assert_eq!(store.to_string(), "repos/octo/hello/environments/prod%2Feu");
///
/// let error = "octo/hello".parse::<AnyStore>().unwrap_err();
/// assert!(error.to_string().ends_with("did you mean repos/octo/hello/actions?"));
/// # Ok::<(), octoseal_model::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum AnyStore {
    /// `repos/{owner}/{repo}/{family}`
    Repository(Store<Repository>),
    /// `repos/{owner}/{repo}/environments/{environment}`
    Environment(Store<Environment>),
    /// `orgs/{org}/{family}`
    Organization(Store<Organization>),
    /// `user/codespaces`
    User(Store<User>),
}

impl AnyStore {
    /// Converts a store of a known owner.
    pub fn of<O: Owner>(store: Store<O>) -> Self {
        let family = store.family();
        match store.into_owner().any() {
            AnyOwner::Repository(owner) => Self::Repository(Store::new(owner, family)),
            AnyOwner::Environment(owner) => Self::Environment(Store::new(owner, family)),
            AnyOwner::Organization(owner) => Self::Organization(Store::new(owner, family)),
            AnyOwner::User(owner) => Self::User(Store::new(owner, family)),
        }
    }

    /// Returns the family.
    pub fn family(&self) -> Family {
        match self {
            Self::Repository(store) => store.family(),
            Self::Environment(store) => store.family(),
            Self::Organization(store) => store.family(),
            Self::User(store) => store.family(),
        }
    }

    /// Returns the repository that the store belongs to; `None` for organizations and users.
    pub fn repository(&self) -> Option<&Repository> {
        match self {
            Self::Repository(store) => Some(store.owner()),
            Self::Environment(store) => Some(store.owner().repository()),
            Self::Organization(_) | Self::User(_) => None,
        }
    }

    /// Returns the environment that the store belongs to; `None` for all other owners.
    pub fn environment(&self) -> Option<&Environment> {
        match self {
            Self::Environment(store) => Some(store.owner()),
            Self::Repository(_) | Self::Organization(_) | Self::User(_) => None,
        }
    }

    pub(crate) fn template(&self) -> String {
        match self {
            Self::Repository(store) => Repository::template(store.family()),
            Self::Environment(store) => Environment::template(store.family()),
            Self::Organization(store) => Organization::template(store.family()),
            Self::User(store) => User::template(store.family()),
        }
    }

    /// Returns the login of the account that owns the secrets, or `None` for the token's own user.
    pub fn account(&self) -> Option<&str> {
        match self {
            Self::Repository(store) => store.owner().account(),
            Self::Environment(store) => store.owner().account(),
            Self::Organization(store) => store.owner().account(),
            Self::User(store) => store.owner().account(),
        }
    }
}

impl FromStr for AnyStore {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts: Vec<&str> = text.split('/').collect();
        Ok(match parts[..] {
            ["repos", owner, name, "environments", environment] => {
                Repository::new(owner, name)?.decode_environment(environment)?.store().into()
            }
            ["repos", owner, name, family] => {
                let family = family.parse().map_err(|_| no_such_store(&parts))?;
                Repository::new(owner, name)?.store(family).into()
            }
            ["orgs", login, family] => {
                let family = family.parse().map_err(|_| no_such_store(&parts))?;
                Organization::new(login)?.store(family).into()
            }
            ["user", "codespaces"] => User.store().into(),
            _ => return Err(no_such_store(&parts)),
        })
    }
}

/// Suggests the store that was probably meant, if its names are valid. A long text may be a secret value in
/// the wrong place, so it is not repeated: GitHub's tokens have 40 characters or more.
fn no_such_store(parts: &[&str]) -> Error {
    let length: usize = parts.iter().map(|part| part.len() + 1).sum();
    let suggestion = match *parts {
        _ if length > MAX_REPEATED => None,
        ["user", _] | ["user"] => Some("user/codespaces".to_owned()),
        ["orgs", login] => Organization::new(login).ok().map(|it| it.store(Family::Actions).to_string()),
        ["repos", owner, name, "environments", environment, family] if family.parse::<Family>().is_ok() => {
            environment_store(owner, name, environment)
        }
        ["repos", owner, name, "environments", ref parts @ ..] if !parts.is_empty() => {
            environment_store(owner, name, &parts.join("%2F"))
        }
        ["repos", "" | "user" | "orgs" | "repos", ..] | ["repos", _] => None,
        ["repos", owner, name] | [owner, name] => {
            Repository::new(owner, name).ok().map(|it| it.store(Family::Actions).to_string())
        }
        _ => None,
    };
    Error::NoSuchStore { suggestion }
}

fn environment_store(owner: &str, name: &str, environment: &str) -> Option<String> {
    let repository = Repository::new(owner, name).ok()?;
    Some(repository.decode_environment(environment).ok()?.store().to_string())
}

/// Maximum length of a path that a suggestion repeats.
const MAX_REPEATED: usize = 40;

macro_rules! from_store {
    ($($owner:ident)*) => {$(
        /// Reads the path of a store. The path of another kind of owner is [`Error::NoSuchStore`].
        impl FromStr for Store<$owner> {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                match text.parse()? {
                    AnyStore::$owner(store) => Ok(store),
                    _ => Err(Error::NoSuchStore { suggestion: None }),
                }
            }
        }

        impl From<Store<$owner>> for AnyStore {
            fn from(store: Store<$owner>) -> Self {
                Self::$owner(store)
            }
        }
    )*};
}
from_store!(Repository Environment Organization User);

impl fmt::Display for AnyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repository(store) => store.fmt(f),
            Self::Environment(store) => store.fmt(f),
            Self::Organization(store) => store.fmt(f),
            Self::User(store) => store.fmt(f),
        }
    }
}
