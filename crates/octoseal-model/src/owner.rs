//! The owners of secrets: repositories, environments, organizations and the user.

use crate::access::{Access, SelectedRepositories, Visibility};
use crate::error::Error;
use crate::family::Family;
use crate::segment::Segment;
use std::fmt;
use std::hash::Hash;

/// An owner of secrets.
///
/// Sealed: GitHub has four kinds, [`Repository`], [`Environment`], [`Organization`] and [`User`].
pub trait Owner: Clone + fmt::Debug + Hash + Ord + Send + Sized + Sync + sealed::Sealed + 'static {
    /// The access that a write must send.
    type Access: Access;

    /// Returns the path of its secrets of `family`, without a leading slash.
    #[doc(hidden)]
    fn path(&self, family: Family) -> String;

    /// Returns the same path in GitHub's form, with placeholders.
    #[doc(hidden)]
    fn template(family: Family) -> String;

    /// Returns the same owner as an [`AnyOwner`].
    #[doc(hidden)]
    fn any(self) -> AnyOwner;

    /// Returns the login of the account that owns the secrets, or `None` for the token's own user.
    #[doc(hidden)]
    fn account(&self) -> Option<&str>;
}

/// An owner whose secrets have selected repositories.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` selects no repositories for its secrets",
    label = "only an `Organization` and a `User` do"
)]
pub trait SelectsRepositories: Owner {}

/// A repository, `owner/name`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Repository {
    owner: Segment,
    name: Segment,
}

/// A deployment environment of a repository.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Environment {
    repository: Repository,
    name: Segment,
}

/// An organization.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Organization {
    login: Segment,
}

/// The user whose token is used.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct User;

impl Repository {
    /// Creates the repository `owner/name`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`] if a part is empty, longer than 255 bytes, `.` or `..`, or has other characters
    /// than `A-Z`, `a-z`, `0-9`, `-`, `_` and `.`.
    pub fn new(owner: impl Into<String>, name: impl Into<String>) -> Result<Self, Error> {
        Ok(Self { owner: Segment::owner("owner", owner)?, name: Segment::owner("repository", name)? })
    }

    /// Creates the environment `name` of this repository. The name may have any characters, as in `prod/eu`:
    /// it is encoded when it is sent.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`] if it is empty, longer than 255 bytes, has a part `.` or `..`, or has control
    /// characters.
    pub fn environment(self, name: impl Into<String>) -> Result<Environment, Error> {
        Ok(Environment { repository: self, name: Segment::new("environment", name)? })
    }

    pub(crate) fn decode_environment(self, name: &str) -> Result<Environment, Error> {
        Ok(Environment { repository: self, name: Segment::decode("environment", name)? })
    }

    /// Returns the login of the user or the organization that the repository belongs to.
    pub fn owner(&self) -> &str {
        self.owner.as_str()
    }

    /// Returns the name without its owner.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    pub(crate) fn root(&self) -> String {
        format!("repos/{}/{}", self.owner, self.name)
    }
}

impl Environment {
    /// Returns the repository that the environment belongs to.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Returns the name without any encoding.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    pub(crate) fn encoded_name(&self) -> String {
        self.name.to_string()
    }
}

impl Organization {
    /// Creates the organization `login`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`], the same as for [`Repository::new`].
    pub fn new(login: impl Into<String>) -> Result<Self, Error> {
        Ok(Self { login: Segment::owner("organization", login)? })
    }

    /// Returns the login.
    pub fn login(&self) -> &str {
        self.login.as_str()
    }
}

impl Owner for Repository {
    type Access = ();

    fn path(&self, family: Family) -> String {
        format!("{}/{family}", self.root())
    }

    fn template(family: Family) -> String {
        format!("repos/{{owner}}/{{repo}}/{family}")
    }

    fn any(self) -> AnyOwner {
        AnyOwner::Repository(self)
    }

    fn account(&self) -> Option<&str> {
        Some(self.owner())
    }
}

impl Owner for Environment {
    type Access = ();

    fn path(&self, _: Family) -> String {
        format!("{}/environments/{}", self.repository.root(), self.encoded_name())
    }

    fn template(_: Family) -> String {
        "repos/{owner}/{repo}/environments/{environment_name}".to_owned()
    }

    fn any(self) -> AnyOwner {
        AnyOwner::Environment(self)
    }

    fn account(&self) -> Option<&str> {
        Some(self.repository.owner())
    }
}

impl Owner for Organization {
    type Access = Visibility;

    fn path(&self, family: Family) -> String {
        format!("orgs/{}/{family}", self.login)
    }

    fn template(family: Family) -> String {
        format!("orgs/{{org}}/{family}")
    }

    fn any(self) -> AnyOwner {
        AnyOwner::Organization(self)
    }

    fn account(&self) -> Option<&str> {
        Some(self.login())
    }
}

impl Owner for User {
    type Access = SelectedRepositories;

    fn path(&self, family: Family) -> String {
        format!("user/{family}")
    }

    fn template(family: Family) -> String {
        format!("user/{family}")
    }

    fn any(self) -> AnyOwner {
        AnyOwner::User(self)
    }

    fn account(&self) -> Option<&str> {
        None
    }
}

impl SelectsRepositories for Organization {}
impl SelectsRepositories for User {}

/// An owner of any kind.
#[doc(hidden)]
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum AnyOwner {
    Repository(Repository),
    Environment(Environment),
    Organization(Organization),
    User(User),
}

pub(crate) mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Repository {}
    impl Sealed for super::Environment {}
    impl Sealed for super::Organization {}
    impl Sealed for super::User {}
    impl Sealed for super::AnyOwner {}
}
