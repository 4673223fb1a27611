//! Access to secrets and variables, as a write sends it.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, btree_set};
use std::fmt;
use std::iter::Copied;

/// The id of a repository (`id` in `GET /repos/{owner}/{repo}`), 64 bits.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct RepositoryId(pub u64);

/// A set of repositories by id.
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct RepositoryIds(BTreeSet<RepositoryId>);

/// The repositories of an organization with access to a secret.
///
/// There is no default: every write of an organization's secret names the access.
///
/// ```compile_fail
/// # use octoseal_model::*;
/// # fn write(store: Store<Organization>, name: &SecretName, value: &SealedValue) {
/// let request = store.put(name, value);
/// # }
/// ```
///
/// ```
/// # use octoseal_model::*;
/// # fn write(store: Store<Organization>, name: &SecretName, value: &SealedValue) {
/// let request = store.put(name, value, Visibility::selected([1_296_269]));
/// # }
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Visibility {
    /// Every repository.
    All,
    /// Every private or internal repository.
    Private,
    /// These repositories only. An empty list gives access to no repository.
    Selected(RepositoryIds),
}

/// The repositories whose codespaces have access to a user's secret. An empty list gives access to no
/// repository.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct SelectedRepositories(pub(crate) RepositoryIds);

/// The access that a write sends.
///
/// Sealed: `()` for a repository or an environment, whose secrets have no access to choose, [`Visibility`]
/// for an organization, [`SelectedRepositories`] for the user.
pub trait Access: Clone + Send + Sync + sealed::Sealed + 'static {
    /// Returns the same access for a store whose owner is known only at run time.
    fn into_any(self) -> AnyAccess;

    #[doc(hidden)]
    fn into_fields(self) -> AccessFields;
}

/// The access that a write sends, for a store whose owner is known only at run time.
///
/// | owner | accepted access |
/// |---|---|
/// | repository, environment | `Keep`, which also creates, since there is no access to choose |
/// | organization | all of them |
/// | user | `Keep`, `Selected`, and `KeepOr` with selected repositories |
///
/// Other access is [`Error::AccessUnavailable`](crate::Error::AccessUnavailable).
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum AnyAccess {
    /// Keeps the current access. A secret that does not exist is an error, except in a repository or an
    /// environment.
    Keep,
    /// Every repository of the organization.
    All,
    /// Every private or internal repository of the organization.
    Private,
    /// These repositories only. An empty list gives access to no repository.
    Selected(RepositoryIds),
    /// This access if the secret is created, otherwise the current access.
    KeepOr(Visibility),
}

impl AnyAccess {
    /// Returns a name of it: `keep`, `all`, `private`, `selected`, or `keep or` with one of these.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::All => "all",
            Self::Private => "private",
            Self::Selected(_) => "selected",
            Self::KeepOr(Visibility::All) => "keep or all",
            Self::KeepOr(Visibility::Private) => "keep or private",
            Self::KeepOr(Visibility::Selected(_)) => "keep or selected",
        }
    }

    /// Returns the fields of an update. There are no fields if the access is kept.
    pub(crate) fn fields(&self) -> AccessFields {
        match self {
            Self::Keep | Self::KeepOr(_) => AccessFields::default(),
            Self::All => Visibility::All.into_fields(),
            Self::Private => Visibility::Private.into_fields(),
            Self::Selected(ids) => Visibility::Selected(ids.clone()).into_fields(),
        }
    }
}

impl<A: Access> From<A> for AnyAccess {
    fn from(access: A) -> Self {
        access.into_any()
    }
}

/// The fields of a write's body that an [`Access`] becomes.
#[doc(hidden)]
#[derive(Clone, Debug, Default)]
pub struct AccessFields {
    pub(crate) visibility: Option<&'static str>,
    pub(crate) ids: Option<RepositoryIds>,
}

impl RepositoryIds {
    /// Returns the number of repositories.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the ids in ascending order.
    pub fn iter(&self) -> Copied<btree_set::Iter<'_, RepositoryId>> {
        self.0.iter().copied()
    }
}

impl Visibility {
    /// Gives access to these repositories only.
    pub fn selected(ids: impl Into<RepositoryIds>) -> Self {
        Self::Selected(ids.into())
    }

    /// Returns GitHub's name of it: `all`, `private` or `selected`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Private => "private",
            Self::Selected(_) => "selected",
        }
    }
}

impl Access for () {
    fn into_any(self) -> AnyAccess {
        AnyAccess::Keep
    }

    fn into_fields(self) -> AccessFields {
        AccessFields::default()
    }
}

impl Access for Visibility {
    fn into_any(self) -> AnyAccess {
        match self {
            Self::All => AnyAccess::All,
            Self::Private => AnyAccess::Private,
            Self::Selected(ids) => AnyAccess::Selected(ids),
        }
    }

    fn into_fields(self) -> AccessFields {
        let visibility = Some(self.as_str());
        let ids = match self {
            Self::All | Self::Private => None,
            Self::Selected(ids) => Some(ids),
        };
        AccessFields { visibility, ids }
    }
}

impl Access for SelectedRepositories {
    fn into_any(self) -> AnyAccess {
        AnyAccess::Selected(self.0)
    }

    fn into_fields(self) -> AccessFields {
        AccessFields { visibility: None, ids: Some(self.0) }
    }
}

impl<I: Into<RepositoryIds>> From<I> for SelectedRepositories {
    fn from(ids: I) -> Self {
        Self(ids.into())
    }
}

impl<const N: usize> From<[u64; N]> for RepositoryIds {
    fn from(ids: [u64; N]) -> Self {
        ids.into_iter().map(RepositoryId).collect()
    }
}

impl From<u64> for RepositoryId {
    fn from(id: u64) -> Self {
        Self(id)
    }
}

impl From<RepositoryId> for u64 {
    fn from(id: RepositoryId) -> Self {
        id.0
    }
}

impl Extend<RepositoryId> for RepositoryIds {
    fn extend<I: IntoIterator<Item = RepositoryId>>(&mut self, ids: I) {
        self.0.extend(ids);
    }
}

impl IntoIterator for RepositoryIds {
    type Item = RepositoryId;
    type IntoIter = btree_set::IntoIter<RepositoryId>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a RepositoryIds {
    type Item = RepositoryId;
    type IntoIter = Copied<btree_set::Iter<'a, RepositoryId>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Makes a set of one repository.
impl From<RepositoryId> for RepositoryIds {
    fn from(id: RepositoryId) -> Self {
        Self(BTreeSet::from([id]))
    }
}

impl From<Vec<RepositoryId>> for RepositoryIds {
    fn from(ids: Vec<RepositoryId>) -> Self {
        ids.into_iter().collect()
    }
}

impl FromIterator<RepositoryId> for RepositoryIds {
    fn from_iter<I: IntoIterator<Item = RepositoryId>>(ids: I) -> Self {
        Self(ids.into_iter().collect())
    }
}

impl fmt::Display for RepositoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for () {}
    impl Sealed for super::Visibility {}
    impl Sealed for super::SelectedRepositories {}
}
