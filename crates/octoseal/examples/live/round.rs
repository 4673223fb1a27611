//! One store: a secret is made, written anew, listed and deleted; then the questions; then nothing of ours is left.

use crate::answer;
use crate::arguments::Live;
use octoseal::{Error, Owner, SecretName, SecretValue, Secrets, Store, StoreKey, Written};

/// How a store's round ended.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Ended {
    Done,
    /// The token may not use this store, or it is not there.
    Refused,
    Failed,
}

/// A store and what a write to it must say.
pub(crate) struct Round<'a, O: Owner> {
    pub(crate) live: &'a Live,
    pub(crate) secrets: Secrets<O>,
    pub(crate) access: O::Access,
}

impl<'a, O: Owner> Round<'a, O> {
    pub(crate) fn new(live: &'a Live, store: Store<O>, access: O::Access) -> Self {
        Self { live, secrets: live.github.secrets(store), access }
    }

    /// Does it all, and cleans up however it ends.
    pub(crate) async fn run(&self) -> Ended {
        println!("\n{}", self.secrets.store());
        let key = match self.secrets.key().await {
            Ok(key) => key,
            Err(error) => {
                answer::tell::<&str>("the public key", &Err(error));
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
        println!("  made, written anew, listed and deleted");
        self.ask(key).await.map_err(|error| answer::chain(&error))
    }

    /// A secret's life, in which every step must do what it says.
    async fn life(&self) -> Result<(), String> {
        let name = self.live.name("").map_err(|error| answer::chain(&error))?;
        let told = |step: &'static str| move |error: Error| format!("{step}: {}", answer::chain(&error));
        for (step, expected) in [("making it", Written::Created), ("writing it anew", Written::Updated)] {
            let written = self.put(&name, &SecretValue::from(step)).await.map_err(told(step))?;
            if written != expected {
                return Err(format!("{step}: GitHub said {written:?}"));
            }
        }
        let listed = self.secrets.list().await.map_err(told("listing"))?;
        if !listed.iter().any(|secret| secret.name == name.as_str()) {
            return Err("the listing has it not".to_owned());
        }
        self.live.pause().await;
        self.secrets.delete(&name).await.map_err(told("deleting it"))?;
        match self.secrets.find(&name).await.map_err(told("looking for it"))? {
            None => Ok(()),
            Some(_) => Err("it is still there after it was deleted".to_owned()),
        }
    }

    pub(crate) async fn put(&self, name: &SecretName, value: &SecretValue) -> Result<Written, Error> {
        self.live.pause().await;
        self.secrets.put(name, value, self.access.clone()).await
    }

    /// Deletes every secret of this run, and looks whether one is left.
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

    /// The names of this run's secrets that are in the store.
    async fn ours(&self) -> Result<Vec<String>, String> {
        let listed = self.secrets.list().await;
        let listed =
            listed.map_err(|error| format!("the store cannot be listed: {}", answer::chain(&error)))?;
        let names = listed.into_iter().map(|secret| secret.name);
        Ok(names.filter(|name| name.contains(&self.live.prefix)).collect())
    }
}
