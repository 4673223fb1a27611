//! Who owns secrets: a repository, one of its environments, an organization, or the user.

use crate::access::{Access, SelectedRepositories, Visibility};
use crate::error::{Error, NameFault};
use crate::segment::Segment;
use crate::store::{Family, Store};
use std::fmt;
use std::str::FromStr;

/// Something that owns secrets.
///
/// Sealed: GitHub has these four, [`Repository`], [`Environment`], [`Organization`] and [`User`].
pub trait Owner: sealed::Sealed {
    /// What a write must say about who may read the secret.
    type Access: Access;
}

/// An owner that selects the repositories which may read its secrets.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` selects no repositories for its secrets",
    label = "only an `Organization` and a `User` do"
)]
pub trait SelectsRepositories: Owner {}

/// A repository, `owner/name`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Repository {
    owner: Segment,
    name: Segment,
}

/// A deployment environment of a repository.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Environment {
    repository: Repository,
    name: Segment,
}

/// An organization.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Organization {
    login: Segment,
}

/// The user whose token is used.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct User;

impl Repository {
    /// The repository `owner/name`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`] if a part is empty, longer than 255 bytes, `.` or `..`, or has other characters than
    /// `A-Z`, `a-z`, `0-9`, `-`, `_` and `.`.
    pub fn new(owner: impl Into<String>, name: impl Into<String>) -> Result<Self, Error> {
        Ok(Self { owner: Segment::owner("owner", owner)?, name: Segment::owner("repository", name)? })
    }

    /// The environment `name` of this repository. Any text will do, `prod/eu` too: it is encoded when it is sent.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`] if it is empty, longer than 255 bytes, has a part `.` or `..`, or has control characters.
    pub fn environment(self, name: impl Into<String>) -> Result<Environment, Error> {
        Ok(Environment { repository: self, name: Segment::new("environment", name)? })
    }

    pub(crate) fn decode_environment(self, name: &str) -> Result<Environment, Error> {
        Ok(Environment { repository: self, name: Segment::decode("environment", name)? })
    }

    /// This repository's secrets of `family`.
    ///
    /// A repository selects no repositories, so there is no such request:
    ///
    /// ```compile_fail
    /// # use octoseal_model::*;
    /// # let name = SecretName::new("A")?;
    /// let store = Repository::new("octo", "hello")?.store(Family::Actions);
    /// store.selected_repositories(&name, PageRequest::default());
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// An organization does:
    ///
    /// ```
    /// # use octoseal_model::*;
    /// # let name = SecretName::new("A")?;
    /// let store = Organization::new("acme")?.store(Family::Actions);
    /// let request = store.selected_repositories(&name, PageRequest::default());
    /// # drop(request);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn store(&self, family: Family) -> Store<Self> {
        Store::new(family, format!("{}/{family}", self.path()), &format!("repos/{{owner}}/{{repo}}/{family}"))
    }

    pub(crate) fn path(&self) -> String {
        format!("repos/{}/{}", self.owner, self.name)
    }
}

/// Reads `owner/name`, as people write it.
impl FromStr for Repository {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.split_once('/') {
            Some((owner, name)) if !name.contains('/') => Self::new(owner, name),
            _ => Err(Error::InvalidName { what: "repository", fault: NameFault::NotOwnerAndName }),
        }
    }
}

/// Writes `owner/name`, as people write it.
impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner.as_str(), self.name.as_str())
    }
}

impl Environment {
    /// This environment's secrets. Only Actions reads environments, so there is no family to choose:
    ///
    /// ```compile_fail
    /// # use octoseal_model::*;
    /// Repository::new("octo", "hello")?.environment("prod")?.store(Family::Dependabot);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// ```
    /// # use octoseal_model::*;
    /// let store = Repository::new("octo", "hello")?.environment("prod/eu")?.store();
    /// assert_eq!(store.to_string(), "repos/octo/hello/environments/prod%2Feu");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn store(&self) -> Store<Self> {
        let path = format!("{}/environments/{}", self.repository.path(), self.name);
        Store::new(Family::Actions, path, "repos/{owner}/{repo}/environments/{environment_name}")
    }
}

impl Organization {
    /// The organization `login`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`], as [`Repository::new`].
    pub fn new(login: impl Into<String>) -> Result<Self, Error> {
        Ok(Self { login: Segment::owner("organization", login)? })
    }

    /// This organization's secrets of `family`.
    pub fn store(&self, family: Family) -> Store<Self> {
        Store::new(family, format!("orgs/{}/{family}", self.login), &format!("orgs/{{org}}/{family}"))
    }
}

impl User {
    /// The user's own secrets. Only Codespaces has them.
    pub fn store(&self) -> Store<Self> {
        Store::new(Family::Codespaces, "user/codespaces".to_owned(), "user/codespaces")
    }
}

impl Owner for Repository {
    type Access = ();
}
impl Owner for Environment {
    type Access = ();
}
impl Owner for Organization {
    type Access = Visibility;
}
impl Owner for User {
    type Access = SelectedRepositories;
}
impl SelectsRepositories for Organization {}
impl SelectsRepositories for User {}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Repository {}
    impl Sealed for super::Environment {}
    impl Sealed for super::Organization {}
    impl Sealed for super::User {}
}
