//! One account's token: requested by one task at a time, and shared by all.

use super::answer::QUIET_TIME;
use super::failure::Failure;
use crate::credential::token::Token;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync;
use tokio::time::Instant;

/// A token with its lifetime.
pub(super) struct Minted {
    token: Arc<Token>,
    renew_from: Instant,
    good_until: Instant,
    fresh_until: Instant,
    has_worked: bool,
}

impl Minted {
    pub(super) fn new(token: Token, asked: Instant, lifetime: Duration) -> Self {
        Self {
            token: Arc::new(token),
            renew_from: asked + lifetime.saturating_sub(RENEWED_BEFORE),
            good_until: asked + lifetime.saturating_sub(USED_BEFORE),
            fresh_until: Instant::now() + FRESH,
            has_worked: false,
        }
    }
}

#[derive(Default)]
pub(super) struct Slot {
    /// Held by the task that requests a token. It guards the installation's number, which only that task
    /// needs.
    pub(super) turn: sync::Mutex<Option<u64>>,
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    minted: Option<Minted>,
    /// The number of token requests.
    rounds: u64,
    /// The failure of the last request, if it failed.
    failed: Option<Failed>,
}

struct Failed {
    failure: Failure,
    /// The end of the time without another request while the current token is valid.
    quiet_until: Instant,
}

impl Cache {
    /// Returns the data of a token, unless it has been replaced.
    fn of(&mut self, token: &Arc<Token>) -> Option<&mut Minted> {
        self.minted.as_mut().filter(|minted| Arc::ptr_eq(&minted.token, token))
    }

    /// Returns the token if it is still valid, even if it should be renewed.
    fn usable(&self) -> Option<Arc<Token>> {
        let minted = self.minted.as_ref().filter(|minted| Instant::now() < minted.good_until);
        minted.map(|minted| Arc::clone(&minted.token))
    }
}

type Outcome = Result<Arc<Token>, Failure>;

impl Slot {
    /// Returns the token, a permanent failure, or the number of requests if a new one is needed.
    pub(super) fn known(&self) -> Result<Outcome, u64> {
        let (now, cache) = (Instant::now(), self.cache());
        if let Some(minted) = cache.minted.as_ref().filter(|minted| now < minted.renew_from) {
            return Ok(Ok(Arc::clone(&minted.token)));
        }
        let Some(failed) = &cache.failed else {
            return Err(cache.rounds);
        };
        let lasts = failed.failure.until().is_some_and(|until| now < until);
        match cache.usable() {
            Some(token) if now < failed.quiet_until => Ok(Ok(token)),
            None if lasts => Ok(Err(failed.failure.clone())),
            _ => Err(cache.rounds),
        }
    }

    /// Returns the token if it is still valid, even if it should be renewed.
    pub(super) fn usable(&self) -> Option<Arc<Token>> {
        self.cache().usable()
    }

    /// Returns the outcome of a request that another task has made since.
    pub(super) fn outcome_since(&self, rounds: u64) -> Option<Outcome> {
        let cache = self.cache();
        match (&cache.failed, &cache.minted) {
            _ if cache.rounds == rounds => None,
            (Some(failed), _) => Some(cache.usable().ok_or_else(|| failed.failure.clone())),
            (None, minted) => minted.as_ref().map(|minted| Ok(Arc::clone(&minted.token))),
        }
    }

    /// Stores the outcome of a request. On failure, the current token is used while it is valid.
    pub(super) fn settle(&self, outcome: Result<Minted, Failure>) -> Outcome {
        let mut cache = self.cache();
        cache.rounds += 1;
        match outcome {
            Ok(minted) => {
                cache.failed = None;
                Ok(Arc::clone(&cache.minted.insert(minted).token))
            }
            Err(failure) => {
                let quiet_until = failure.until().unwrap_or_else(|| Instant::now() + QUIET_TIME);
                cache.failed = Some(Failed { failure: failure.clone(), quiet_until });
                cache.usable().ok_or(failure)
            }
        }
    }

    /// Returns whether a token is new and has never worked.
    pub(super) fn is_fresh(&self, token: &Arc<Token>) -> bool {
        let is_fresh = |minted: &Minted| !minted.has_worked && Instant::now() < minted.fresh_until;
        self.cache().of(token).is_some_and(|minted| is_fresh(minted))
    }

    pub(super) fn worked(&self, token: &Arc<Token>) {
        self.cache().of(token).into_iter().for_each(|minted| minted.has_worked = true);
    }

    /// Evicts a token that GitHub refused, unless it has already been replaced.
    pub(super) fn forget(&self, token: &Arc<Token>) {
        let mut cache = self.cache();
        if cache.of(token).is_some() {
            cache.minted = None;
        }
    }

    /// A panic elsewhere leaves the cache valid.
    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The time in which GitHub may not know a new token everywhere.
const FRESH: Duration = Duration::from_secs(10);

/// A token with less time left is renewed before it is used.
const RENEWED_BEFORE: Duration = Duration::from_secs(300);

/// A token with less time left is not used, even if it cannot be renewed.
const USED_BEFORE: Duration = Duration::from_secs(60);
