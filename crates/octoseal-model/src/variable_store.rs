//! Stores of variables: an owner and one of two families.

use crate::access::AnyAccess;
use crate::any_store::AnyStore;
use crate::error::Error;
use crate::family::Family;
use crate::owner::{AnyOwner, Environment, Organization, Owner, Repository, sealed};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// The GitHub product that reads the variables.
///
/// Codespaces and Dependabot have secrets only:
///
/// ```compile_fail
/// # use octoseal_model::*;
/// Organization::new("acme")?.variables(Family::Dependabot);
/// # Ok::<(), Error>(())
/// ```
///
/// ```
/// # use octoseal_model::*;
/// Organization::new("acme")?.variables(VariableFamily::Actions);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum VariableFamily {
    /// GitHub Actions: workflows.
    Actions,
    /// Copilot's cloud agents.
    Agents,
}

/// The variables of one family that one owner keeps. Its path is that of the [`Store`](crate::Store) of
/// secrets.
///
/// Create it from its owner: [`Repository::variables`], [`Environment::variables`] or
/// [`Organization::variables`]. A user has no variables. Text parses as an [`AnyVariableStore`].
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct VariableStore<O> {
    pub(crate) place: AnyStore,
    owner: PhantomData<O>,
}

/// A store of variables whose owner is known only at run time.
///
/// # Examples
///
/// ```
/// use octoseal_model::AnyVariableStore;
///
/// let store: AnyVariableStore = "orgs/acme/agents".parse()?;
/// assert_eq!(store.to_string(), "orgs/acme/agents");
///
/// let error = "orgs/acme/dependabot".parse::<AnyVariableStore>().unwrap_err();
/// assert!(error.to_string().starts_with("orgs/acme/dependabot has no variables"));
/// # Ok::<(), octoseal_model::Error>(())
/// ```
pub type AnyVariableStore = VariableStore<AnyOwner>;

/// An [`Owner`] of variables, or an owner that is known only at run time.
///
/// Sealed: only this crate implements it.
pub trait VariableOwner: Clone + Send + Sync + sealed::Sealed + 'static {
    /// The access that a write must send.
    type Access: Into<AnyAccess>;
}

impl<O: Owner> VariableOwner for O {
    type Access = O::Access;
}

impl VariableOwner for AnyOwner {
    type Access = AnyAccess;
}

impl<O> VariableStore<O> {
    pub(crate) fn at(place: impl Into<AnyStore>) -> Self {
        Self { place: place.into(), owner: PhantomData }
    }

    /// Returns the same store without the type of its owner.
    pub fn any(&self) -> AnyVariableStore {
        VariableStore::at(self.place.clone())
    }

    /// Returns the store of the owner's secrets of the same family.
    pub fn secrets(&self) -> &AnyStore {
        &self.place
    }
}

impl Repository {
    /// Returns this repository's variables of `family`.
    pub fn variables(&self, family: VariableFamily) -> VariableStore<Self> {
        VariableStore::at(self.store(family.into()))
    }
}

impl Environment {
    /// Returns this environment's variables. Only Actions reads environments, so there is no family to
    /// choose.
    pub fn variables(&self) -> VariableStore<Self> {
        VariableStore::at(self.store())
    }
}

impl Organization {
    /// Returns this organization's variables of `family`.
    pub fn variables(&self, family: VariableFamily) -> VariableStore<Self> {
        VariableStore::at(self.store(family.into()))
    }
}

impl From<VariableFamily> for Family {
    fn from(family: VariableFamily) -> Self {
        match family {
            VariableFamily::Actions => Self::Actions,
            VariableFamily::Agents => Self::Agents,
        }
    }
}

/// Returns the variables next to these secrets, or [`Error::NoVariables`] if the owner has no variables
/// there.
impl TryFrom<AnyStore> for AnyVariableStore {
    type Error = Error;

    fn try_from(store: AnyStore) -> Result<Self, Error> {
        match store.family() {
            Family::Actions | Family::Agents => Ok(Self::at(store)),
            Family::Codespaces | Family::Dependabot => Err(Error::NoVariables { store: store.to_string() }),
        }
    }
}

/// Reads the path of a store. A store without variables is [`Error::NoVariables`].
impl FromStr for AnyVariableStore {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse::<AnyStore>()?.try_into()
    }
}

/// Writes the path of the store.
impl<O> fmt::Display for VariableStore<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place.fmt(f)
    }
}
