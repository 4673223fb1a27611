//! A store of secrets.

use crate::family::Family;
use crate::owner::Owner;
use std::fmt;

/// The secrets of one family that one owner keeps. It prints as its path.
///
/// Two stores are equal if GitHub treats their paths as equal: ASCII case is ignored.
///
/// Create it from its owner: [`Repository::store`](crate::Repository::store),
/// [`Environment::store`](crate::Environment::store), [`Organization::store`](crate::Organization::store) or
/// [`User::store`](crate::User::store). Text parses as an [`AnyStore`](crate::AnyStore).
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Store<O> {
    owner: O,
    family: Family,
}

impl<O: Owner> Store<O> {
    pub(crate) fn new(owner: O, family: Family) -> Self {
        Self { owner, family }
    }

    pub(crate) fn into_owner(self) -> O {
        self.owner
    }

    /// Returns the owner.
    pub fn owner(&self) -> &O {
        &self.owner
    }

    /// Returns the family.
    pub fn family(&self) -> Family {
        self.family
    }
}

impl<O: Owner> fmt::Display for Store<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.owner.path(self.family))
    }
}

impl<O: Owner> fmt::Debug for Store<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({self})")
    }
}
