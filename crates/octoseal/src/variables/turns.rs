//! Turns of the writes to one store of variables: GitHub answers 500 when variables of one place are written at once.

use octoseal_model::AnyStore;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

/// Above this number of stores, those without a write are evicted; a limit of ours.
const MAX_STORES: usize = 1_024;

/// One turn for each store that is written to.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<AnyStore, Arc<tokio::sync::Mutex<()>>>>);

impl Turns {
    /// Waits for the turn of a store; it ends when the guard is dropped.
    pub(super) async fn of(&self, store: &AnyStore) -> OwnedMutexGuard<()> {
        self.turn(store).lock_owned().await
    }

    fn turn(&self, store: &AnyStore) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if turns.len() >= MAX_STORES {
            turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        }
        Arc::clone(turns.entry(store.clone()).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use octoseal_model::{Family, Organization};

    #[tokio::test]
    async fn idle_turns_are_evicted_and_a_turn_in_use_stays() {
        let turns = Turns::default();
        let store = |number: usize| {
            AnyStore::of(Organization::new(format!("acme-{number}")).unwrap().store(Family::Actions))
        };
        let turn = turns.of(&store(0)).await;
        for number in 1..=MAX_STORES {
            drop(turns.of(&store(number)).await);
        }
        assert_eq!(turns.0.lock().unwrap().len(), 2);
        assert!(turns.turn(&store(0)).try_lock_owned().is_err());
        drop(turn);
        assert!(turns.turn(&store(0)).try_lock_owned().is_ok());
    }
}
