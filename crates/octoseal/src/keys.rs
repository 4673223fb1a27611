//! The public keys of stores. A key is fetched once for all waiting tasks, checked, and renewed if it is
//! stale.

use crate::error::Error;
use octoseal_crypto::{PublicKey, SecretValue};
use octoseal_model::{Request, Resource, SealedValue, StoreKey};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::MutexGuard;
use tokio::time::{Instant, timeout};

/// Maximum number of cached keys, set by this crate. A full cache is cleared.
const MAX_KEYS: usize = 16_384;

/// The time in which a call does not fetch the same key again, set by this crate.
const CONFIRMED: Duration = Duration::from_secs(10);

/// The keys of one GitHub by store. GitHub's key ids are no index, since several keys share one.
pub(crate) struct KeyCache {
    slots: Mutex<HashMap<Resource, Arc<Slot>>>,
    /// The number of fetches that have begun.
    fetches: AtomicU64,
    counts: Arc<KeyCounts>,
    /// The max wait for a key that another task fetches.
    max_wait: Duration,
}

/// The counters of the cache. They only grow.
#[derive(Debug, Default)]
pub(crate) struct KeyCounts {
    pub(crate) hits: AtomicU64,
    pub(crate) misses: AtomicU64,
    pub(crate) renewals: AtomicU64,
}

/// One store's key. The task that holds the lock fetches it. If that task is cancelled, the next one does.
#[derive(Default)]
struct Slot {
    current: tokio::sync::Mutex<Current>,
    /// The number of failed fetches.
    failures: AtomicU64,
}

#[derive(Default)]
struct Current {
    key: Option<Arc<CheckedKey>>,
    /// The failure of the last fetch, for all tasks that waited for it.
    failure: Option<Box<Error>>,
}

/// A store's key whose 32 bytes were checked. Each fetch creates a new one, even if GitHub's key is the same.
#[derive(Debug)]
pub(crate) struct CheckedKey {
    /// Only the id; the key itself is empty here.
    store_key: StoreKey,
    public_key: PublicKey,
    fetch: Fetch,
}

/// One fetch of a key: its number, counted over all keys, and its start.
#[derive(Clone, Copy, Debug)]
struct Fetch {
    number: u64,
    began: Instant,
}

/// The start of a call, as the number of the last fetch before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallStart(u64);

impl KeyCache {
    pub(crate) fn new(max_wait: Duration) -> Self {
        Self { slots: Mutex::default(), fetches: AtomicU64::new(0), counts: Arc::default(), max_wait }
    }

    pub(crate) fn counts(&self) -> &Arc<KeyCounts> {
        &self.counts
    }

    /// Marks the start of a call, which may consist of many writes.
    pub(crate) fn call_start(&self) -> CallStart {
        CallStart(self.fetches.load(Relaxed))
    }

    fn fetch(&self) -> Fetch {
        Fetch { number: self.fetches.fetch_add(1, Relaxed) + 1, began: Instant::now() }
    }

    /// Returns the key that `request` asks for, and fetches it if it is not cached.
    ///
    /// The request identifies the key, so the cache knows no stores.
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

    /// Returns a key that was fetched after `stale`, by another task or now. It may be the same key.
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

    /// Waits for the slot's lock, for a limited time.
    async fn wait<'a>(&self, of: &Resource, slot: &'a Slot) -> Result<Line<'a>, Error> {
        let failures_before = slot.failures.load(Relaxed);
        let locked = timeout(self.max_wait, slot.current.lock()).await;
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

/// The lock of a slot.
struct Line<'a> {
    slot: &'a Slot,
    current: MutexGuard<'a, Current>,
    failures_before: u64,
}

impl Line<'_> {
    /// Returns the failure of a fetch that ended while this task waited for it. Another fetch would only fail
    /// again.
    fn shared_failure(&self) -> Option<Error> {
        let has_failed = self.slot.failures.load(Relaxed) != self.failures_before;
        self.current.failure.as_deref().filter(|_| has_failed).cloned()
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
                self.current.failure = Some(Box::new(failure.clone()));
                Err(failure)
            }
        }
    }
}

impl CheckedKey {
    /// Checks GitHub's key: 32 bytes, not of low order.
    fn new(of: &Resource, mut store_key: StoreKey, fetch: Fetch) -> Result<Self, Error> {
        let public_key = PublicKey::from_base64(&store_key.key)
            .map_err(|source| Error::Key { store: of.to_string(), source })?;
        // There may be thousands of keys, and this one is in `public_key` as well.
        store_key.key = String::new();
        Ok(Self { store_key, public_key, fetch })
    }

    /// Returns whether GitHub may have another key by now. A call that has just fetched this one need not
    /// fetch it again.
    pub(crate) fn may_be_stale(&self, call: CallStart) -> bool {
        self.fetch.number <= call.0 || self.fetch.began.elapsed() >= CONFIRMED
    }

    /// Returns whether it is the same key under the same id.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        (&self.store_key, &self.public_key) == (&other.store_key, &other.public_key)
    }

    /// Returns whether it is the key, under the id, that a value was sealed to elsewhere.
    pub(crate) fn is_key(&self, other: &StoreKey) -> bool {
        let same_key = PublicKey::from_base64(&other.key).is_ok_and(|other| other == self.public_key);
        same_key && self.store_key.key_id == other.key_id
    }

    /// Seals a value. Except for `PreparedValue`, this is the only place where a plaintext becomes a sealed
    /// value, with the id of its key.
    pub(crate) fn seal(&self, value: &SecretValue) -> Result<SealedValue, Error> {
        let encrypted_value = self.public_key.seal_base64(value.expose()).map_err(Error::Seal)?;
        Ok(SealedValue::new(&self.store_key, encrypted_value)?)
    }
}
