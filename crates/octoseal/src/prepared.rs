//! Values that were sealed elsewhere: one machine knows the value, another has the token.

mod many;

use crate::any_secrets::AnySecrets;
use crate::error::Error;
use crate::github::GitHub;
use crate::kept_access::Settled;
use crate::keys::CheckedKey;
use octoseal_crypto::{PublicKey, SecretValue};
use octoseal_model::{AnyAccess, AnyStore, SealedValue, SecretName, StoreKey, Written, limits};
use std::sync::Arc;

/// The bytes that sealing adds to a value.
const BOX_BYTES: usize = 48;

/// A value that is sealed to a store's key, for a machine that may write to the store without knowing the
/// value.
///
/// It carries the store, the name and the whole key, because GitHub uses one key id for different keys.
///
/// # Examples
///
/// ```
/// use octoseal::{PreparedValue, SecretName, SecretValue, StoreKey};
///
/// // On the machine that knows the value:
/// let key = StoreKey {
///     key_id: "568250167242549743".to_owned(),
///     key: "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=".to_owned(),
/// };
/// let (name, value) = (SecretName::new("NPM_TOKEN")?, SecretValue::from("s3cr3t"));
/// let prepared = PreparedValue::seal("orgs/acme/dependabot".parse()?, name, key, &value)?;
///
/// // The parts to transfer, and their use on the machine with the token:
/// let sealed = prepared.encrypted_value().to_owned();
/// let (store, name, key) = (prepared.store().clone(), prepared.name().clone(), prepared.key().clone());
/// let arrived = PreparedValue::new(store, name, key, sealed)?;
/// // github.put_prepared(&arrived, AnyAccess::Keep).await?;
/// # assert_eq!(arrived, prepared);
/// # Ok::<(), octoseal::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedValue {
    store: AnyStore,
    name: SecretName,
    key: StoreKey,
    sealed: SealedValue,
}

impl PreparedValue {
    /// Seals a value to a store's key, without a request.
    ///
    /// # Errors
    ///
    /// [`Error::ValueTooLong`] if the value has more than [`MAX_VALUE_BYTES`](limits::MAX_VALUE_BYTES), [`Error::Key`] if the
    /// public key is not valid, and [`Error::Seal`] if sealing fails.
    pub fn seal(
        store: AnyStore,
        name: SecretName,
        key: StoreKey,
        value: &SecretValue,
    ) -> Result<Self, Error> {
        if value.len() > limits::MAX_VALUE_BYTES {
            return Err(Error::ValueTooLong { bytes: value.len() });
        }
        let sealed = public_key(&store, &key)?.seal_base64(value.expose()).map_err(Error::Seal)?;
        Self::new(store, name, key, sealed)
    }

    /// Joins the parts of a prepared value from another machine.
    ///
    /// # Errors
    ///
    /// [`Error::Key`] if the public key is not valid, [`Error::ValueTooLong`], and
    /// [`InvalidSealedValue`](octoseal_model::Error::InvalidSealedValue) if the sealed value is not base64 of a sealed box.
    pub fn new(
        store: AnyStore,
        name: SecretName,
        key: StoreKey,
        encrypted_value: String,
    ) -> Result<Self, Error> {
        public_key(&store, &key)?;
        let padding = encrypted_value.bytes().rev().take_while(|byte| *byte == b'=').count();
        let bytes = (encrypted_value.len() / 4 * 3).saturating_sub(padding + BOX_BYTES);
        if bytes > limits::MAX_VALUE_BYTES {
            return Err(Error::ValueTooLong { bytes });
        }
        let sealed = SealedValue::new(&key, encrypted_value)?;
        Ok(Self { store, name, key, sealed })
    }

    /// Returns the store that the value is for.
    pub fn store(&self) -> &AnyStore {
        &self.store
    }

    /// Returns the name of the secret.
    pub fn name(&self) -> &SecretName {
        &self.name
    }

    /// Returns the key that the value is sealed to.
    pub fn key(&self) -> &StoreKey {
        &self.key
    }

    /// Returns the sealed value in base64.
    pub fn encrypted_value(&self) -> &str {
        self.sealed.encrypted_value()
    }
}

fn public_key(store: &AnyStore, key: &StoreKey) -> Result<PublicKey, Error> {
    PublicKey::from_base64(&key.key).map_err(|source| Error::Key { store: store.to_string(), source })
}

impl GitHub {
    /// Creates a secret or replaces its value with one that was sealed elsewhere. `access` is the new access
    /// to it.
    ///
    /// The value must be sealed to the store's current key. The key is fetched again if the cached one
    /// differs, and if GitHub refuses the value.
    ///
    /// # Errors
    ///
    /// [`Error::KeyChanged`] if the store now has another key. Nothing was written. Otherwise the same as for
    /// [`AnySecrets::put`](AnySecrets::put).
    pub async fn put_prepared(
        &self,
        prepared: &PreparedValue,
        access: impl Into<AnyAccess>,
    ) -> Result<Written, Error> {
        let (secrets, access) = (self.any_secrets(prepared.store.clone()), access.into());
        secrets.store().check_access(&access)?;
        let key = secrets.still_current(prepared).await?;
        let (access, new) = match secrets.settle(&prepared.name, access).await? {
            Settled::Known(access) => (access, None),
            Settled::New(access) => (access.clone().into(), Some(access)),
        };
        let request = secrets.store().put(&prepared.name, &prepared.sealed, &access)?;
        let written = match self.carry_marked(&request).await {
            Err(error) if error.is_validation_failed() => {
                return Err(secrets.changed(prepared, &key, error).await);
            }
            result => result?,
        };
        match new {
            Some(access) => secrets.check_new(&prepared.name, access, written),
            None => Ok(written.0),
        }
    }
}

impl AnySecrets {
    /// Checks that the store's key is the value's key, and fetches the key again if the cached one differs.
    async fn still_current(&self, prepared: &PreparedValue) -> Result<Arc<CheckedKey>, Error> {
        let (call, request) = (self.github().keys().call_start(), self.store().public_key());
        let mut key = self.github().keys().get(&request, self.github().carry(&request)).await?;
        if !key.is_key(&prepared.key) && key.may_be_stale(call) {
            key = self.github().keys().renew(&request, &key, self.github().carry(&request)).await?;
        }
        if key.is_key(&prepared.key) { Ok(key) } else { Err(prepared.key_changed()) }
    }

    /// Replaces GitHub's refusal of a value with the reason, if the key has changed in the meantime.
    async fn changed(&self, prepared: &PreparedValue, stale: &Arc<CheckedKey>, refusal: Error) -> Error {
        let request = self.store().public_key();
        match self.github().keys().renew(&request, stale, self.github().carry(&request)).await {
            Ok(key) if !key.is_key(&prepared.key) && !refusal.is_unknown_outcome() => prepared.key_changed(),
            _ => refusal,
        }
    }
}

impl PreparedValue {
    fn key_changed(&self) -> Error {
        Error::KeyChanged { store: Box::new(self.store.clone()), name: self.name.clone() }
    }
}
