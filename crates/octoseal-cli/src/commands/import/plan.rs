//! The plan of an import: the names that already exist, and the stores that can be written.

use crate::commands::put::{nothing_to_keep, with_options};
use crate::environments;
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::preflight::{Contents, Preflight};
use crate::session::Session;
use crate::summary::counted;
use futures_util::stream::StreamExt as _;
use octoseal::{AnyAccess, AnySecrets, AnyStore, PreparedValue, SecretName};
use serde_json::json;
use std::iter;
use std::pin::pin;

/// The stores that will be written.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) stores: Vec<Store>,
}

/// A store, with the names that exist in it.
pub(super) struct Store {
    pub(super) store: AnyStore,
    /// Whether its environment will be created first.
    is_new: bool,
    updates: Vec<SecretName>,
    creates: Vec<SecretName>,
}

/// The work for one store.
#[derive(Clone, Default)]
pub(super) struct Job<'a> {
    pub(super) names: Vec<SecretName>,
    /// A value for each key of values that were sealed elsewhere.
    pub(super) sealed: Vec<&'a PreparedValue>,
}

impl Plan {
    /// Reads each store, and checks that values that were sealed elsewhere can still be opened. A store that
    /// fails is left out.
    pub(super) async fn make<'a>(
        session: &'a Session,
        preflight: &'a Preflight<'_>,
        stores: &'a [AnyStore],
        job: impl Fn(&'a AnyStore) -> Job<'a> + 'a,
        access: &AnyAccess,
        failures: &mut Failures,
    ) -> Self {
        let look = move |store: &'a AnyStore| {
            let Job { names, sealed } = job(store);
            async move {
                let contents = preflight.look::<AnySecrets>(store).await?;
                for value in sealed {
                    session.github().check_prepared(value).await?;
                }
                Ok((contents, names))
            }
        };
        let mut plan = Self::default();
        let progress = preflight.progress(stores.len());
        let mut looks = pin!(fan_out::each(stores, look).inspect(move |_| progress.advance()));
        while let Some((store, looked)) = looks.next().await {
            match looked.and_then(|(contents, names)| Store::check(store, &contents, names, access)) {
                Ok(store) => plan.stores.push(store),
                Err(failure) => failures.add(store, failure),
            }
        }
        plan
    }

    /// Returns the stores whose environment will be created.
    pub(super) fn new_environments(&self) -> impl Iterator<Item = &AnyStore> {
        self.stores.iter().filter(|store| store.is_new).map(|store| &store.store)
    }

    /// Returns a store for each write. Creating an environment is a write, too.
    pub(super) fn writes(&self) -> impl Iterator<Item = &AnyStore> {
        let secrets = self.stores.iter().flat_map(|Store { store, updates, creates, .. }| {
            iter::repeat_n(store, updates.len() + creates.len())
        });
        secrets.chain(self.new_environments())
    }

    /// Creates the new environments, and leaves out the stores for which that fails.
    pub(super) async fn create_environments(
        &mut self,
        session: &Session,
        output: Output,
        journal: &Journal,
        failures: &mut Failures,
    ) -> Result<(), Failure> {
        let new: Vec<&AnyStore> = self.new_environments().collect();
        let failed = environments::create(session, &new, output, journal, failures).await?;
        self.stores.retain(|store| !failed.contains(&store.store));
        Ok(())
    }

    pub(super) fn print(&self, output: Output) -> Result<(), Failure> {
        for Store { store, is_new, updates, creates } in &self.stores {
            if *is_new {
                environments::print_dry(store, output)?;
            }
            for (verb, names) in [("create", creates), ("update", updates)] {
                for name in names {
                    let data = json!({
                        "store": store.to_string(), "name": name.as_str(), "outcome": format!("would_{verb}"),
                    });
                    output.answer(&data, format!("would {verb} {name} in {store}"))?;
                }
            }
        }
        Ok(())
    }

    /// Describes the plan, to follow "This will". `what` is counted, such as `3 secrets`.
    pub(super) fn sentence(&self, what: &str) -> String {
        let count = |of: fn(&Store) -> usize| self.stores.iter().map(of).sum::<usize>();
        let (creates, updates) = (count(|store| store.creates.len()), count(|store| store.updates.len()));
        let stores = match &self.stores[..] {
            [one] => one.store.to_string(),
            several => format!("{} stores", several.len()),
        };
        let environments = match self.new_environments().count() {
            0 => String::new(),
            new => format!("create {} and ", counted(new, "environment")),
        };
        format!("{environments}write {what} to {stores} ({creates} created, {updates} updated)")
    }
}

impl Store {
    fn check(
        store: &AnyStore,
        contents: &Contents,
        names: Vec<SecretName>,
        access: &AnyAccess,
    ) -> Result<Self, Failure> {
        let (updates, creates): (Vec<SecretName>, Vec<SecretName>) =
            names.into_iter().partition(|name| contents.has(name));
        if let (AnyAccess::Keep, true, Some(name)) = (access, store.selects_repositories(), creates.first()) {
            return Err(with_options(nothing_to_keep(name.as_str(), store), store));
        }
        contents.check_room::<AnySecrets>(store, creates.len())?;
        Ok(Self { store: store.clone(), is_new: contents.is_new, updates, creates })
    }
}
