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
struct Slot(tokio::sync::Mutex<Option<Arc<CheckedKey>>>);

type Current<'a> = MutexGuard<'a, Option<Arc<CheckedKey>>>;

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
        let mut current = self.lock(of, &slot).await?;
        if let Some(key) = &*current {
            self.counts.hits.fetch_add(1, Relaxed);
            return Ok(Arc::clone(key));
        }
        self.counts.misses.fetch_add(1, Relaxed);
        let fetch = self.fetch();
        keep(of, fetched.await?, fetch, &mut current)
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
        let mut current = self.lock(of, &slot).await?;
        match &*current {
            Some(key) if !Arc::ptr_eq(key, stale) => Ok(Arc::clone(key)),
            _ => {
                self.counts.renewals.fetch_add(1, Relaxed);
                let fetch = self.fetch();
                keep(of, fetched.await?, fetch, &mut current)
            }
        }
    }

    /// While a server is slow, each one in line fetches in vain; nobody waits for all of them.
    async fn lock<'a>(&self, of: &Resource, slot: &'a Slot) -> Result<Current<'a>, Error> {
        let locked = timeout(self.patience, slot.0.lock()).await;
        locked.map_err(|_| Error::KeyTooLate { store: of.to_string() })
    }

    fn slot(&self, of: &Resource) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MAX_KEYS && !slots.contains_key(of) {
            slots.clear();
        }
        Arc::clone(slots.entry(of.clone()).or_default())
    }
}

fn keep(
    of: &Resource,
    fetched: StoreKey,
    fetch: Fetch,
    current: &mut Current<'_>,
) -> Result<Arc<CheckedKey>, Error> {
    Ok(Arc::clone(current.insert(Arc::new(CheckedKey::new(of, fetched, fetch)?))))
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

    /// Seals a value: the one place where a plaintext becomes a sealed value, with the id of the key it was sealed to.
    pub(crate) fn seal(&self, value: &SecretValue) -> Result<SealedValue, Error> {
        let encrypted_value = self.public_key.seal_base64(value.expose()).map_err(Error::Seal)?;
        Ok(SealedValue::new(&self.store_key, encrypted_value)?)
    }
}
