//! The state that all handles of a client to one store of variables share.

use super::known::Known;
use octoseal_model::AnyStore;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Above this number of stores, those without a handle are evicted. This crate sets the limit.
const MAX_STORES: usize = 1_024;

/// The state of one store.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// The turn of its writes. GitHub answers 500 if variables of one store are written concurrently.
    pub(super) turn: tokio::sync::Mutex<()>,
    pub(super) known: Known,
}

/// The stores of a client.
#[derive(Default)]
pub(crate) struct SharedStores(Mutex<HashMap<AnyStore, Arc<Shared>>>);

impl SharedStores {
    pub(super) fn of(&self, store: &AnyStore) -> Arc<Shared> {
        let mut stores = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if stores.len() >= MAX_STORES {
            stores.retain(|_, shared| Arc::strong_count(shared) > 1);
        }
        Arc::clone(stores.entry(store.clone()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use octoseal_model::{Family, Organization};

    #[test]
    fn idle_stores_are_evicted_and_one_in_use_stays() {
        let stores = SharedStores::default();
        let store = |number: usize| {
            AnyStore::of(Organization::new(format!("acme-{number}")).unwrap().store(Family::Actions))
        };
        let used = stores.of(&store(0));
        for number in 1..=MAX_STORES {
            drop(stores.of(&store(number)));
        }
        assert_eq!(stores.0.lock().unwrap().len(), 2);
        assert!(Arc::ptr_eq(&used, &stores.of(&store(0))));
    }
}
