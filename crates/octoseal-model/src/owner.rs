//! Who owns secrets: a repository, one of its environments, an organization, or the user.

use crate::access::{Access, SelectedRepositories, Visibility};
use crate::any_store::AnyStore;
use crate::error::Error;
use crate::segment::Segment;
use crate::store::{Family, Store};
use std::fmt;
use std::hash::Hash;

/// Something that owns secrets.
///
/// Sealed: GitHub has these four, [`Repository`], [`Environment`], [`Organization`] and [`User`].
pub trait Owner: Clone + fmt::Debug + Hash + Ord + Send + Sized + Sync + sealed::Sealed + 'static {
    /// What a write must say about access to the secret.
    type Access: Access;

    /// Returns the path of its secrets of `family`, without a leading slash.
    #[doc(hidden)]
    fn path(&self, family: Family) -> String;

    /// Returns GitHub's form of that path, with placeholders.
    #[doc(hidden)]
    fn template(family: Family) -> String;

    /// Returns a store whose owner is known only at run time.
    #[doc(hidden)]
    fn any(store: Store<Self>) -> AnyStore;

    /// Returns the login of the account that owns the secrets; `None` for the token's own user.
    #[doc(hidden)]
    fn account(&self) -> Option<&str>;
}

/// An owner that selects the repositories which may read its secrets.
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
        Store::new(self.clone(), family)
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
        Store::new(self.clone(), Family::Actions)
    }

    /// Returns the repository that the environment belongs to.
    pub fn repository(&self) -> &Repository {
        &self.repository
    }

    /// Returns the name as people write it, without any encoding.
    pub fn name(&self) -> &str {
        self.name.as_str()
    }

    pub(crate) fn encoded_name(&self) -> String {
        self.name.to_string()
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
        Store::new(self.clone(), family)
    }

    /// Returns the login.
    pub fn login(&self) -> &str {
        self.login.as_str()
    }
}

impl User {
    /// The user's own secrets. Only Codespaces has them.
    pub fn store(&self) -> Store<Self> {
        Store::new(*self, Family::Codespaces)
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

    fn any(store: Store<Self>) -> AnyStore {
        AnyStore::Repository(store)
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

    fn any(store: Store<Self>) -> AnyStore {
        AnyStore::Environment(store)
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

    fn any(store: Store<Self>) -> AnyStore {
        AnyStore::Organization(store)
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

    fn any(store: Store<Self>) -> AnyStore {
        AnyStore::User(store)
    }

    fn account(&self) -> Option<&str> {
        None
    }
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
