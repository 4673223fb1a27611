//! The checks of one store: a secret is created, updated, listed and deleted. Then come the questions and the
//! cleanup.

use crate::answer;
use crate::arguments::Live;
use octoseal::{Error, Owner, SecretName, SecretValue, Secrets, Store, StoreKey, Written};

/// The result of a store's checks.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Ended {
    Done,
    /// The token has no access to this store, or the store does not exist.
    Refused,
    Failed,
}

/// A store, and the access that a write to it sends.
pub(crate) struct Round<'a, O: Owner> {
    pub(crate) live: &'a Live,
    pub(crate) secrets: Secrets<O>,
    pub(crate) access: O::Access,
}

impl<'a, O: Owner> Round<'a, O> {
    pub(crate) fn new(live: &'a Live, store: Store<O>, access: O::Access) -> Self {
        Self { live, secrets: live.github.secrets(store), access }
    }

    /// Runs all checks, and cleans up in any case.
    pub(crate) async fn run(&self) -> Ended {
        println!("\n{}", self.secrets.store());
        let key = match self.secrets.key().await {
            Ok(key) => key,
            Err(error) => {
                answer::print::<&str>("the public key", &Err(error));
                return Ended::Refused;
            }
        };
        let checked = self.check(&key).await;
        let cleaned = self.clean().await;
        let problems: Vec<_> = [checked, cleaned].into_iter().filter_map(Result::err).collect();
        for problem in &problems {
            println!("  FAILED: {problem}");
        }
        if problems.is_empty() { Ended::Done } else { Ended::Failed }
    }

    async fn check(&self, key: &StoreKey) -> Result<(), String> {
        self.life().await?;
        println!("  created, updated, listed and deleted");
        self.ask(key).await.map_err(|error| answer::chain(&error))
    }

    /// Checks each step in the life of a secret.
    async fn life(&self) -> Result<(), String> {
        let name = self.live.name("").map_err(|error| answer::chain(&error))?;
        let failed = |step: &'static str| move |error: Error| format!("{step}: {}", answer::chain(&error));
        for (step, expected) in [("creating it", Written::Created), ("updating it", Written::Updated)] {
            let written = self.put(&name, &SecretValue::from(step)).await.map_err(failed(step))?;
            if written != expected {
                return Err(format!("{step}: GitHub reported {written:?}"));
            }
        }
        let listed = self.secrets.list().await.map_err(failed("listing"))?;
        if !listed.iter().any(|secret| secret.name == name.as_str()) {
            return Err("the listing does not have it".to_owned());
        }
        self.live.pause().await;
        self.secrets.delete(&name).await.map_err(failed("deleting it"))?;
        match self.secrets.find(&name).await.map_err(failed("looking for it"))? {
            None => Ok(()),
            Some(_) => Err("it is still there after it was deleted".to_owned()),
        }
    }

    pub(crate) async fn put(&self, name: &SecretName, value: &SecretValue) -> Result<Written, Error> {
        self.live.pause().await;
        self.secrets.put(name, value, self.access.clone()).await
    }

    /// Deletes every secret of this run, and checks that none is left.
    async fn clean(&self) -> Result<(), String> {
        let left = self.ours().await?;
        for name in left.iter().filter_map(|name| SecretName::new(name).ok()) {
            self.live.pause().await;
            let deleted = self.secrets.delete(&name).await;
            deleted.map_err(|error| format!("{name} cannot be deleted: {}", answer::chain(&error)))?;
        }
        match self.ours().await?.as_slice() {
            [] => Ok(()),
            left => Err(format!("delete these by hand: {}", left.join(", "))),
        }
    }

    /// Lists this run's secrets in the store.
    async fn ours(&self) -> Result<Vec<String>, String> {
        let listed = self.secrets.list().await;
        let listed =
            listed.map_err(|error| format!("the store cannot be listed: {}", answer::chain(&error)))?;
        let names = listed.into_iter().map(|secret| secret.name);
        Ok(names.filter(|name| name.contains(&self.live.prefix)).collect())
    }
}
