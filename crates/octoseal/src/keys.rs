//! The public keys of stores: fetched once for all who wait, checked, and fetched again when one has become stale.

use crate::error::Error;
use octoseal_crypto::{PublicKey, SecretValue};
use octoseal_model::{Request, Resource, SealedValue, StoreKey};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::MutexGuard;
use tokio::time::{Instant, timeout};

/// A cache of this many keys forgets all of them before it grows further; a limit of ours.
const MAX_KEYS: usize = 16_384;

/// How long a key that a call has fetched itself is not fetched again by the same call; a limit of ours.
const CONFIRMED: Duration = Duration::from_secs(10);

/// The keys of one GitHub by what they belong to; never by GitHub's key ids, which several keys share.
pub(crate) struct KeyCache {
    slots: Mutex<HashMap<Resource, Arc<Slot>>>,
    /// How many fetches have begun.
    fetches: AtomicU64,
    counts: Arc<KeyCounts>,
    /// How long one waits in line for a key.
    patience: Duration,
}

/// What the cache was good for; the counters only grow.
#[derive(Debug, Default)]
pub(crate) struct KeyCounts {
    pub(crate) hits: AtomicU64,
    pub(crate) misses: AtomicU64,
    pub(crate) renewals: AtomicU64,
}

/// One store's key. Whoever holds the lock fetches it; if that one is cancelled, the next in line does.
#[derive(Default)]
struct Slot {
    current: tokio::sync::Mutex<Current>,
    /// How many fetches have failed.
    failures: AtomicU64,
}

#[derive(Default)]
struct Current {
    key: Option<Arc<CheckedKey>>,
    /// Why the last fetch failed, for all who waited for it.
    failure: Option<Error>,
}

/// A store's key whose 32 bytes were checked. Each fetch makes a new one, also if GitHub's key is the same.
#[derive(Debug)]
pub(crate) struct CheckedKey {
    store_key: StoreKey,
    public_key: PublicKey,
    fetch: Fetch,
}

/// One fetch of a key: its number, counted over all keys, and when it began.
#[derive(Clone, Copy, Debug)]
struct Fetch {
    number: u64,
    began: Instant,
}

/// The moment when a call began, by the number of the last fetch before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallStart(u64);

impl KeyCache {
    pub(crate) fn new(patience: Duration) -> Self {
        Self { slots: Mutex::default(), fetches: AtomicU64::new(0), counts: Arc::default(), patience }
    }

    pub(crate) fn counts(&self) -> &Arc<KeyCounts> {
        &self.counts
    }

    /// Marks the beginning of a call, which may be one of many writes.
    pub(crate) fn call_start(&self) -> CallStart {
        CallStart(self.fetches.load(Relaxed))
    }

    fn fetch(&self) -> Fetch {
        Fetch { number: self.fetches.fetch_add(1, Relaxed) + 1, began: Instant::now() }
    }

    /// Returns the key that `request` asks for, fetched if it is not there.
    ///
    /// The request says what the key belongs to, so the cache knows no stores.
    pub(crate) async fn get(
        &self,
        request: &Request<StoreKey>,
        fetched: impl Future<Output = Result<StoreKey, Error>>,
    ) -> Result<Arc<CheckedKey>, Error> {
        let of = request.operation().resource();
        let slot = self.slot(of);
        let mut line = self.wait(of, &slot).await?;
        if let Some(key) = &line.current.key {
            self.counts.hits.fetch_add(1, Relaxed);
            return Ok(Arc::clone(key));
        }
        if let Some(failure) = line.shared_failure() {
            return Err(failure);
        }
        self.counts.misses.fetch_add(1, Relaxed);
        let fetch = self.fetch();
        line.keep(of, fetched.await, fetch)
    }

    /// Returns the key that was fetched after `stale`, by another task or now; it may be the same as before.
    pub(crate) async fn renew(
        &self,
        request: &Request<StoreKey>,
        stale: &Arc<CheckedKey>,
        fetched: impl Future<Output = Result<StoreKey, Error>>,
    ) -> Result<Arc<CheckedKey>, Error> {
        let of = request.operation().resource();
        let slot = self.slot(of);
        let mut line = self.wait(of, &slot).await?;
        match &line.current.key {
            Some(key) if !Arc::ptr_eq(key, stale) => return Ok(Arc::clone(key)),
            _ => {}
        }
        if let Some(failure) = line.shared_failure() {
            return Err(failure);
        }
        self.counts.renewals.fetch_add(1, Relaxed);
        let fetch = self.fetch();
        line.keep(of, fetched.await, fetch)
    }

    /// Waits in line for the slot, for a limited time.
    async fn wait<'a>(&self, of: &Resource, slot: &'a Slot) -> Result<Line<'a>, Error> {
        let failures_before = slot.failures.load(Relaxed);
        let locked = timeout(self.patience, slot.current.lock()).await;
        let current = locked.map_err(|_| Error::KeyTooLate { store: of.to_string() })?;
        Ok(Line { slot, current, failures_before })
    }

    fn slot(&self, of: &Resource) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MAX_KEYS && !slots.contains_key(of) {
            slots.clear();
        }
        Arc::clone(slots.entry(of.clone()).or_default())
    }
}

/// The head of the line for a slot.
struct Line<'a> {
    slot: &'a Slot,
    current: MutexGuard<'a, Current>,
    failures_before: u64,
}

impl Line<'_> {
    /// The failure of a fetch that ended while this one waited for it: asking again would only fail once more.
    fn shared_failure(&self) -> Option<Error> {
        let has_failed = self.slot.failures.load(Relaxed) != self.failures_before;
        self.current.failure.clone().filter(|_| has_failed)
    }

    fn keep(
        &mut self,
        of: &Resource,
        fetched: Result<StoreKey, Error>,
        fetch: Fetch,
    ) -> Result<Arc<CheckedKey>, Error> {
        match fetched.and_then(|fetched| CheckedKey::new(of, fetched, fetch)) {
            Ok(key) => {
                self.current.failure = None;
                Ok(Arc::clone(self.current.key.insert(Arc::new(key))))
            }
            Err(failure) => {
                self.slot.failures.fetch_add(1, Relaxed);
                self.current.failure = Some(failure.clone());
                Err(failure)
            }
        }
    }
}

impl CheckedKey {
    /// Checks what GitHub handed out: 32 bytes, not of low order.
    fn new(of: &Resource, store_key: StoreKey, fetch: Fetch) -> Result<Self, Error> {
        let public_key = PublicKey::from_base64(&store_key.key)
            .map_err(|source| Error::Key { store: of.to_string(), source })?;
        Ok(Self { store_key, public_key, fetch })
    }

    /// Whether GitHub may have another key by now: a call that has just fetched this one has no reason to ask again.
    pub(crate) fn may_be_stale(&self, call: CallStart) -> bool {
        self.fetch.number <= call.0 || self.fetch.began.elapsed() >= CONFIRMED
    }

    /// Whether it is the same key under the same id.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (&self.store_key, &self.public_key) == (&other.store_key, &other.public_key)
    }

    /// Whether it is the key, under the id, that a value was sealed to elsewhere.
    pub(crate) fn is_key(&self, other: &StoreKey) -> bool {
        let same_key = PublicKey::from_base64(&other.key).is_ok_and(|other| other == self.public_key);
        same_key && self.store_key.key_id == other.key_id
    }

    /// Seals a value: but for `PreparedValue`, the one place where a plaintext becomes a sealed value, with the id of the key it was sealed to.
    pub(crate) fn seal(&self, value: &SecretValue) -> Result<SealedValue, Error> {
        let encrypted_value = self.public_key.seal_base64(value.expose()).map_err(Error::Seal)?;
        Ok(SealedValue::new(&self.store_key, encrypted_value)?)
    }
}
