//! One account's token: asked for by one at a time, and shared by all.

use super::failure::Failure;
use crate::token::Token;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync;
use tokio::time::Instant;

/// A token, and how long it does.
pub(super) struct Minted {
    token: Arc<Token>,
    renew_from: Instant,
    good_until: Instant,
}

impl Minted {
    pub(super) fn new(token: Token, asked: Instant, lifetime: Duration) -> Self {
        Self {
            token: Arc::new(token),
            renew_from: asked + lifetime.saturating_sub(RENEWED_BEFORE),
            good_until: asked + lifetime.saturating_sub(USED_BEFORE),
        }
    }
}

#[derive(Default)]
pub(super) struct Slot {
    /// Whose turn it is to ask; it guards the installation's number, which only that one needs.
    pub(super) turn: sync::Mutex<Option<u64>>,
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    minted: Option<Minted>,
    /// How often GitHub was asked, and why in vain the last time, if it was.
    rounds: u64,
    failure: Option<Failure>,
}

impl Slot {
    /// The token, or how often GitHub was asked for it if it must be asked again.
    pub(super) fn fresh(&self) -> Result<Arc<Token>, u64> {
        let cache = self.cache();
        match &cache.minted {
            Some(minted) if Instant::now() < minted.renew_from => Ok(Arc::clone(&minted.token)),
            _ => Err(cache.rounds),
        }
    }

    /// The token if it is good at all, though it should be renewed.
    pub(super) fn usable(&self) -> Option<Arc<Token>> {
        let cache = self.cache();
        let minted = cache.minted.as_ref().filter(|minted| Instant::now() < minted.good_until);
        minted.map(|minted| Arc::clone(&minted.token))
    }

    /// What came of it, if someone else has asked since.
    pub(super) fn outcome_since(&self, rounds: u64) -> Option<Result<Arc<Token>, Failure>> {
        let cache = self.cache();
        match (&cache.failure, &cache.minted) {
            _ if cache.rounds == rounds => None,
            (Some(failure), _) => Some(Err(failure.clone())),
            (None, minted) => minted.as_ref().map(|minted| Ok(Arc::clone(&minted.token))),
        }
    }

    /// Keeps what came of asking. In vain, the token that we have does a while longer, if it is good at all.
    pub(super) fn settle(&self, outcome: Result<Minted, Failure>) -> Result<Arc<Token>, Failure> {
        let now = Instant::now();
        let mut cache = self.cache();
        cache.rounds += 1;
        cache.failure = None;
        match (outcome, &mut cache.minted) {
            (Ok(minted), kept) => Ok(Arc::clone(&kept.insert(minted).token)),
            (Err(_), Some(kept)) if now < kept.good_until => {
                kept.renew_from = now + PATIENCE;
                Ok(Arc::clone(&kept.token))
            }
            (Err(failure), _) => {
                cache.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }

    /// Forgets a token that GitHub does not take, unless it has been replaced already.
    pub(super) fn forget(&self, token: &Arc<Token>) {
        let mut cache = self.cache();
        if cache.minted.as_ref().is_some_and(|minted| Arc::ptr_eq(&minted.token, token)) {
            cache.minted = None;
        }
    }

    /// A panic elsewhere leaves it as it was.
    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A token with less than this left is renewed before it is used.
const RENEWED_BEFORE: Duration = Duration::from_secs(300);

/// A token with less than this left is not used, even if it cannot be renewed.
const USED_BEFORE: Duration = Duration::from_secs(60);

/// The wait after a renewal in vain.
const PATIENCE: Duration = Duration::from_secs(30);
