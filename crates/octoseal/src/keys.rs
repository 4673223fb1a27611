//! The public keys of stores: fetched once for all who wait, checked, and fetched again when one has become stale.

use crate::error::Error;
use octoseal_crypto::{PublicKey, SecretValue};
use octoseal_model::{Request, Resource, SealedValue, StoreKey};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::MutexGuard;
use tokio::time::timeout;

/// A cache of this many keys forgets all of them before it grows further; a limit of ours.
const MAX_KEYS: usize = 16_384;

/// The keys of one GitHub by what they belong to; never by GitHub's key ids, which several keys share.
pub(crate) struct KeyCache {
    slots: Mutex<HashMap<Resource, Arc<Slot>>>,
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

/// A store's key whose 32 bytes were checked.
#[derive(Debug, PartialEq)]
pub(crate) struct CheckedKey {
    store_key: StoreKey,
    public_key: PublicKey,
}

/// A key, and whether it was there before it was asked for.
pub(crate) struct Found {
    pub(crate) key: Arc<CheckedKey>,
    pub(crate) was_cached: bool,
}

impl KeyCache {
    pub(crate) fn new(patience: Duration) -> Self {
        Self { slots: Mutex::default(), counts: Arc::default(), patience }
    }

    pub(crate) fn counts(&self) -> &Arc<KeyCounts> {
        &self.counts
    }

    /// Returns the key that `request` asks for, fetched if it is not there.
    ///
    /// The request says what the key belongs to, so the cache knows no stores.
    pub(crate) async fn get(
        &self,
        request: &Request<StoreKey>,
        fetched: impl Future<Output = Result<StoreKey, Error>>,
    ) -> Result<Found, Error> {
        let of = request.operation().resource();
        let slot = self.slot(of);
        let mut current = self.lock(of, &slot).await?;
        if let Some(key) = &*current {
            self.counts.hits.fetch_add(1, Relaxed);
            return Ok(Found { key: Arc::clone(key), was_cached: true });
        }
        self.counts.misses.fetch_add(1, Relaxed);
        let key = keep(of, fetched.await?, &mut current)?;
        Ok(Found { key, was_cached: false })
    }

    /// Returns the key that came after `stale`, fetched unless another task has done so meanwhile.
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
                keep(of, fetched.await?, &mut current)
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

fn keep(of: &Resource, fetched: StoreKey, current: &mut Current<'_>) -> Result<Arc<CheckedKey>, Error> {
    Ok(Arc::clone(current.insert(Arc::new(CheckedKey::new(of, fetched)?))))
}

impl CheckedKey {
    /// Checks what GitHub handed out: 32 bytes, not of low order.
    fn new(of: &Resource, store_key: StoreKey) -> Result<Self, Error> {
        let public_key = PublicKey::from_base64(&store_key.key)
            .map_err(|source| Error::Key { store: of.to_string(), source })?;
        Ok(Self { store_key, public_key })
    }

    /// Seals a value: the one place where a plaintext becomes a sealed value, with the id of the key it was sealed to.
    pub(crate) fn seal(&self, value: &SecretValue) -> Result<SealedValue, Error> {
        let encrypted_value = self.public_key.seal_base64(value.expose()).map_err(Error::Seal)?;
        Ok(SealedValue::new(&self.store_key, encrypted_value)?)
    }
}
