//! The plan of a put into many stores.

use super::access;
use crate::arguments::Put;
use crate::environments;
use crate::fan_out::Failures;
use crate::kept::Kept;
use crate::output::{Failure, Output};
use crate::preflight::{Contents, Preflight};
use crate::summary::counted;
use futures_util::stream::StreamExt as _;
use octoseal::{AnyAccess, AnyStore};
use serde_json::json;
use std::pin::pin;

/// The stores, by what will be done in them. A store that fails is left out.
#[derive(Default)]
pub(super) struct Plan<'a> {
    pub(super) create: Vec<&'a AnyStore>,
    pub(super) update: Vec<&'a AnyStore>,
    pub(super) skip: Vec<&'a AnyStore>,
    /// The stores of `create` whose environment does not exist yet.
    pub(super) new_environments: Vec<&'a AnyStore>,
}

impl<'a> Plan<'a> {
    /// Reads each store.
    pub(super) async fn make<K: Kept>(
        preflight: &Preflight<'_>,
        stores: &'a [AnyStore],
        name: &K::Name,
        access: &AnyAccess,
        put: &Put<K::Source>,
        failures: &mut Failures,
    ) -> Self {
        let mut plan = Self::default();
        let mut looks = pin!(preflight.looks::<K>(stores));
        while let Some((store, looked)) = looks.next().await {
            if let Err(failure) =
                looked.and_then(|contents| plan.add::<K>(store, &contents, name, access, put))
            {
                failures.add(store, failure);
            }
        }
        plan
    }

    fn add<K: Kept>(
        &mut self,
        store: &'a AnyStore,
        contents: &Contents,
        name: &K::Name,
        access: &AnyAccess,
        put: &Put<K::Source>,
    ) -> Result<(), Failure> {
        if contents.has(name) {
            self.update.push(store);
        } else if put.only_existing {
            self.skip.push(store);
        } else {
            Self::check_new::<K>(store, name, access, contents)?;
            self.create.push(store);
            if contents.is_new {
                self.new_environments.push(store);
            }
        }
        Ok(())
    }

    /// Checks the conditions for a secret or variable that does not exist yet.
    fn check_new<K: Kept>(
        store: &AnyStore,
        name: &K::Name,
        access: &AnyAccess,
        contents: &Contents,
    ) -> Result<(), Failure> {
        if *access == AnyAccess::Keep && store.selects_repositories() {
            return Err(access::with_options(access::nothing_to_keep(&K::label(name), store), store));
        }
        contents.check_room::<K>(store, 1)
    }
}

impl<'a> Plan<'a> {
    /// Returns the stores to write. Those that exist come first, since they are more likely to succeed.
    pub(super) fn targets(&self) -> Vec<&'a AnyStore> {
        self.update.iter().chain(&self.create).copied().collect()
    }

    /// Returns a store for each write. Creating an environment is a write, too.
    pub(super) fn writes(&self) -> impl Iterator<Item = &'a AnyStore> {
        let environments = self.new_environments.iter().copied();
        self.targets().into_iter().chain(environments)
    }

    /// Returns the number of reads for the writes: a kept access may be read first, and so may the existence
    /// of an environment.
    pub(super) fn reads<K: Kept>(&self, access: &AnyAccess) -> usize {
        let kept = match access {
            AnyAccess::Keep => self.update.iter().filter(|store| store.selects_repositories()).count(),
            _ => 0,
        };
        K::READS_TO_KEEP * kept + self.new_environments.len()
    }

    pub(super) fn print<K: Kept>(&self, name: &K::Name, output: Output) -> Result<(), Failure> {
        for store in &self.new_environments {
            environments::print_dry(store, output)?;
        }
        for (verb, stores) in [("create", &self.create), ("update", &self.update), ("skip", &self.skip)] {
            for store in stores {
                let outcome = format!("would_{verb}");
                let data =
                    json!({ "store": store.to_string(), "name": name.to_string(), "outcome": outcome });
                output.answer(&data, format!("would {verb} {} in {store}", K::label(name)))?;
            }
        }
        Ok(())
    }

    /// Reports the skipped stores: one by one as text if they are few, and as results with `--json`.
    pub(super) fn report_skipped<K: Kept>(&self, name: &K::Name, output: Output) -> Result<(), Failure> {
        if output.json {
            return self.skip.iter().try_for_each(|store| {
                let data =
                    json!({ "store": store.to_string(), "name": name.to_string(), "outcome": "skipped" });
                output.answer(&data, "")
            });
        }
        let label = K::label(name);
        match self.skip.len() {
            0..=FEW => {
                self.skip
                    .iter()
                    .for_each(|store| output.note(&format!("skipping {store}, which has no {label}")));
            }
            many => {
                output.note(&format!("skipping {many} stores, which have no {label} (--dry-run names them)"));
            }
        }
        Ok(())
    }

    /// Describes the plan, to follow "This will".
    pub(super) fn sentence(&self, name: &str) -> String {
        let stores = |stores: &[&AnyStore]| counted(stores.len(), "store");
        let mut sentence = match (&self.create[..], &self.update[..]) {
            (create, []) => format!("create {name} in {}", stores(create)),
            ([], update) => format!("update {name} in {}", stores(update)),
            (create, update) => {
                format!("create {name} in {} and update it in {}", stores(create), stores(update))
            }
        };
        if !self.new_environments.is_empty() {
            sentence =
                format!("create {} and {sentence}", counted(self.new_environments.len(), "environment"));
        }
        if !self.skip.is_empty() {
            sentence += &format!(", skipping {}", self.skip.len());
        }
        sentence
    }
}

/// Above this number, skipped stores are only counted.
const FEW: usize = 10;
