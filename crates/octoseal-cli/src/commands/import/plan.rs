//! The plan of an import: the names that already exist, and the stores that can be written.

use crate::commands::put::{nothing_to_keep, with_options};
use crate::environments;
use crate::fan_out::{self, Failures};
use crate::journal::Journal;
use crate::kept::Kept;
use crate::output::{Failure, Output};
use crate::preflight::Preflight;
use crate::session::Session;
use crate::summary::counted;
use futures_util::stream::StreamExt as _;
use octoseal::{AnyAccess, AnySecrets, AnyStore, AnyVariables, PreparedValue, SecretName, VariableName};
use serde_json::json;
use std::iter;
use std::pin::pin;

/// The stores that will be written.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) stores: Vec<Store>,
}

/// A store, with the names that exist in it and those that are new.
pub(super) struct Store {
    pub(super) store: AnyStore,
    /// Whether its environment will be created first.
    is_new: bool,
    secrets: Names<AnySecrets>,
    variables: Names<AnyVariables>,
}

struct Names<K: Kept> {
    updates: Vec<K::Name>,
    creates: Vec<K::Name>,
}

/// The work for one store.
#[derive(Clone, Default)]
pub(super) struct Job<'a> {
    pub(super) secrets: Vec<SecretName>,
    pub(super) variables: Vec<VariableName>,
    /// A value for each key to which values were sealed elsewhere.
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
        access: &'a AnyAccess,
        failures: &mut Failures,
    ) -> Self {
        let look = move |store: &'a AnyStore| {
            let Job { secrets, variables, sealed } = job(store);
            async move {
                let secrets = Names::<AnySecrets>::look(preflight, store, secrets, access).await?;
                for value in sealed {
                    session.github().check_prepared(value).await?;
                }
                let variables = Names::<AnyVariables>::look(preflight, store, variables, access).await?;
                let is_new = secrets.1 || variables.1;
                Ok(Store { store: store.clone(), is_new, secrets: secrets.0, variables: variables.0 })
            }
        };
        let mut plan = Self::default();
        let progress = preflight.progress(stores.len());
        let mut looks = pin!(fan_out::each(stores, look).inspect(move |_| progress.advance()));
        while let Some((store, looked)) = looks.next().await {
            match looked {
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
        let values = self
            .stores
            .iter()
            .flat_map(|planned| iter::repeat_n(&planned.store, planned.creates() + planned.updates()));
        values.chain(self.new_environments())
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
        for Store { store, is_new, secrets, variables } in &self.stores {
            if *is_new {
                environments::print_dry(store, output)?;
            }
            secrets.print(store, output)?;
            variables.print(store, output)?;
        }
        Ok(())
    }

    /// Describes the plan, to follow "This will". `what` is counted, such as `3 secrets`.
    pub(super) fn sentence(&self, what: &str) -> String {
        let count = |of: fn(&Store) -> usize| self.stores.iter().map(of).sum::<usize>();
        let (creates, updates) = (count(Store::creates), count(Store::updates));
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
    fn creates(&self) -> usize {
        self.secrets.creates.len() + self.variables.creates.len()
    }

    fn updates(&self) -> usize {
        self.secrets.updates.len() + self.variables.updates.len()
    }
}

impl<K: Kept> Names<K> {
    /// Reads which names exist, and whether the environment of the store is missing. Without names nothing is read.
    async fn look(
        preflight: &Preflight<'_>,
        store: &AnyStore,
        names: Vec<K::Name>,
        access: &AnyAccess,
    ) -> Result<(Self, bool), Failure> {
        if names.is_empty() {
            return Ok((Self { updates: Vec::new(), creates: Vec::new() }, false));
        }
        let contents = preflight.look::<K>(store).await?;
        let (updates, creates): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| contents.has(name));
        if let (AnyAccess::Keep, true, Some(name)) = (access, store.selects_repositories(), creates.first()) {
            return Err(with_options(nothing_to_keep(&K::label(name), store), store));
        }
        contents.check_room::<K>(store, creates.len())?;
        Ok((Self { updates, creates }, contents.is_new))
    }

    fn print(&self, store: &AnyStore, output: Output) -> Result<(), Failure> {
        for (verb, names) in [("create", &self.creates), ("update", &self.updates)] {
            for name in names {
                let data = json!({
                    "store": store.to_string(), "name": name.to_string(), "outcome": format!("would_{verb}"),
                });
                output.answer(&data, format!("would {verb} {} in {store}", K::label(name)))?;
            }
        }
        Ok(())
    }
}
