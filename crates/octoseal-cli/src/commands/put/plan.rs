//! What a put into many stores will do.

use super::access;
use crate::arguments::Put;
use crate::environments;
use crate::fan_out::Failures;
use crate::output::{Failure, Output};
use crate::preflight::{Contents, Preflight};
use crate::summary::counted;
use futures_util::stream::StreamExt as _;
use octoseal::{AnyAccess, AnyStore, SecretName};
use serde_json::json;
use std::pin::pin;

/// The stores by what happens to the secret there. A store that fails is left out.
#[derive(Default)]
pub(super) struct Plan<'a> {
    pub(super) create: Vec<&'a AnyStore>,
    pub(super) update: Vec<&'a AnyStore>,
    pub(super) skip: Vec<&'a AnyStore>,
    /// Those of `create` whose environment does not exist yet.
    pub(super) new_environments: Vec<&'a AnyStore>,
}

impl<'a> Plan<'a> {
    /// Looks at each store.
    pub(super) async fn make(
        preflight: &Preflight<'_>,
        stores: &'a [AnyStore],
        name: &SecretName,
        access: &AnyAccess,
        put: &Put,
        failures: &mut Failures,
    ) -> Self {
        let mut plan = Self::default();
        let mut looks = pin!(preflight.looks(stores));
        while let Some((store, looked)) = looks.next().await {
            if let Err(failure) = looked.and_then(|contents| plan.add(store, &contents, name, access, put)) {
                failures.add(store, failure);
            }
        }
        plan
    }

    fn add(
        &mut self,
        store: &'a AnyStore,
        contents: &Contents,
        name: &SecretName,
        access: &AnyAccess,
        put: &Put,
    ) -> Result<(), Failure> {
        if contents.has(name) {
            self.update.push(store);
        } else if put.only_existing {
            self.skip.push(store);
        } else {
            Self::check_new(store, name, access, contents)?;
            self.create.push(store);
            if contents.is_new {
                self.new_environments.push(store);
            }
        }
        Ok(())
    }

    /// Checks what matters only to a secret that does not exist yet.
    fn check_new(
        store: &AnyStore,
        name: &SecretName,
        access: &AnyAccess,
        contents: &Contents,
    ) -> Result<(), Failure> {
        if *access == AnyAccess::Keep && store.selects_repositories() {
            let mut failure = Failure::usage(format!("{store} has no {name} whose access could be kept"));
            failure.context.kind = Some("nothing_to_keep");
            return Err(access::with_options(failure, store));
        }
        contents.check_room(store, 1)
    }
}

impl<'a> Plan<'a> {
    /// The stores that are written; those that exist first, which are the surer ones.
    pub(super) fn targets(&self) -> Vec<&'a AnyStore> {
        self.update.iter().chain(&self.create).copied().collect()
    }

    /// A store for each write; a new environment is one.
    pub(super) fn writes(&self) -> impl Iterator<Item = &'a AnyStore> {
        let environments = self.new_environments.iter().copied();
        self.targets().into_iter().chain(environments)
    }

    /// How many reads the writes need: the access that is kept is read first, and so is whether an environment exists.
    pub(super) fn reads(&self, access: &AnyAccess) -> usize {
        let kept = match access {
            AnyAccess::Keep => self.update.iter().filter(|store| store.selects_repositories()).count(),
            _ => 0,
        };
        kept + self.new_environments.len()
    }

    pub(super) fn print(&self, name: &SecretName, output: Output) -> Result<(), Failure> {
        for store in &self.new_environments {
            environments::print_dry(store, output)?;
        }
        for (verb, stores) in [("create", &self.create), ("update", &self.update), ("skip", &self.skip)] {
            for store in stores {
                let outcome = format!("would_{verb}");
                let data = json!({ "store": store.to_string(), "name": name.as_str(), "outcome": outcome });
                output.answer(&data, format!("would {verb} {name} in {store}"))?;
            }
        }
        Ok(())
    }

    /// Says which stores are skipped: for people one by one if they are few, for programs as results.
    pub(super) fn report_skipped(&self, name: &SecretName, output: Output) -> Result<(), Failure> {
        if output.json {
            return self.skip.iter().try_for_each(|store| {
                let data = json!({ "store": store.to_string(), "name": name.as_str(), "outcome": "skipped" });
                output.answer(&data, "")
            });
        }
        match self.skip.len() {
            0..=FEW => {
                self.skip
                    .iter()
                    .for_each(|store| output.note(&format!("skipping {store}, which has no {name}")));
            }
            many => {
                output.note(&format!("skipping {many} stores, which have no {name} (--dry-run names them)"));
            }
        }
        Ok(())
    }

    /// What will be done, to follow "This will".
    pub(super) fn sentence(&self, name: &SecretName) -> String {
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

/// More skipped stores are only counted.
const FEW: usize = 10;
