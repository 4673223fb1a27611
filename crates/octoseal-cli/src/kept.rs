//! The items of stores: secrets or variables. The verbs are the same for both.

mod found;
mod secrets;
mod variables;

pub(crate) use found::{Found, Widths};

use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::session::Session;
use crate::targets::Places;
use clap::Args;
use octoseal::{
    AnyAccess, AnyStore, Error, GitHub, ModelError, Pages, RepositoryId, RepositoryIds, RepositoryRef,
    Results, Written,
};
use octoseal_fleet::select::Selection;
use std::fmt;
use std::hash::Hash;
use std::str::FromStr;

/// The secrets or the variables of one store.
pub(crate) trait Kept: Sized + Send + Sync + 'static {
    /// The singular.
    const ONE: &'static str;
    /// Whether GitHub shows the values.
    const HAS_VALUES: bool;
    /// The number of reads that a put needs to keep an access.
    const READS_TO_KEEP: usize;
    type Name: Name;
    type Item: Sync;
    /// A store that supports these items.
    type Store: Clone + Ord + Send + 'static;
    /// The arguments for the source of a value.
    type Source: Args + Send + Sync;
    type Value: Send + Sync;

    /// Returns the items of `store`.
    ///
    /// # Errors
    ///
    /// If the store does not support them: Codespaces and Dependabot have no variables.
    fn at(session: &Session, store: &AnyStore) -> Result<Self, ModelError>;

    /// Checks whether [`at`](Self::at) succeeds.
    fn check(store: &AnyStore) -> Result<(), ModelError>;

    /// Returns the maximum number of items in a store, if GitHub documents it.
    fn most(store: &AnyStore) -> Option<usize>;

    fn store(&self) -> &AnyStore;

    /// Returns the name of an item in messages.
    fn label(name: &Self::Name) -> String;

    fn found(item: &Self::Item) -> Found;

    fn pages(&self) -> Pages<Self::Item>;

    fn list(&self) -> impl Future<Output = Result<Vec<Found>, Error>> + Send;

    fn get(&self, name: &Self::Name) -> impl Future<Output = Result<Found, Error>> + Send;

    fn delete(&self, name: &Self::Name) -> impl Future<Output = Result<(), Error>> + Send;

    fn selected_repositories(
        &self,
        name: &Self::Name,
    ) -> impl Future<Output = Result<Vec<RepositoryRef>, Error>> + Send;

    /// Changes the repositories with access.
    fn change_access(
        &self,
        name: &Self::Name,
        change: AccessChange,
    ) -> impl Future<Output = Result<(), Error>> + Send;

    /// Fetches the data that a put needs besides the value.
    fn prepare(&self) -> impl Future<Output = Result<(), Error>> + Send;

    /// Checks everything that does not depend on the value: the token, and whether there is an access to
    /// keep.
    fn check_put(
        &self,
        name: &Self::Name,
        access: &AnyAccess,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Refuses a value that must not be among the arguments.
    fn check_source(source: &Self::Source, yes: bool) -> Result<(), Failure>;

    fn is_prompted(source: &Self::Source) -> bool;

    fn read(
        source: &Self::Source,
        output: Output,
        journal: &Journal,
    ) -> impl Future<Output = Result<Self::Value, Failure>> + Send;

    fn put(
        &self,
        name: &Self::Name,
        value: &Self::Value,
        access: AnyAccess,
    ) -> impl Future<Output = Result<Written, Error>> + Send;

    /// Adds details to the failure of a put.
    fn explain(
        &self,
        name: &Self::Name,
        access: &AnyAccess,
        failure: Failure,
    ) -> impl Future<Output = Failure> + Send;

    fn stores(stores: Vec<AnyStore>) -> Result<Vec<Self::Store>, ModelError>;

    fn place(store: &Self::Store) -> &AnyStore;

    fn put_everywhere(
        github: &GitHub,
        stores: Vec<Self::Store>,
        name: &Self::Name,
        value: &Self::Value,
        access: AnyAccess,
    ) -> Results<Self::Store>;
}

/// A change of the repositories with access.
pub(crate) enum AccessChange {
    Set(RepositoryIds),
    Add(RepositoryId),
    Remove(RepositoryId),
}

/// A checked name, in upper case.
pub(crate) trait Name:
    Clone + Eq + Hash + Send + Sync + fmt::Display + FromStr<Err = ModelError> + 'static
{
}

impl<N: Clone + Eq + Hash + Send + Sync + fmt::Display + FromStr<Err = ModelError> + 'static> Name for N {}

/// Refuses a named store that does not support these items, before anything is sent.
pub(crate) fn check<K: Kept>(places: &Places) -> Result<(), Failure> {
    let checked = places.named().iter().try_for_each(K::check);
    checked.map_err(|error| Failure::from(error).argument("STORE"))
}

/// Finds the stores. From those that a pattern matches, it selects the ones that support these items.
pub(crate) async fn select<K: Kept>(
    places: Places,
    session: &Session,
    output: Output,
) -> Result<Selection, Failure> {
    let mut selection = places.select(session, output).await?;
    let stores = &mut selection.stores;
    let refusal = stores.first().and_then(|store| K::check(store).err());
    stores.retain(|store| K::check(store).is_ok());
    match refusal {
        Some(refusal) if stores.is_empty() => Err(Failure::from(refusal).argument("STORE")),
        _ => Ok(selection),
    }
}
