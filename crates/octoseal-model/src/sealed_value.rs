//! A value sealed to a store's key, with the id of that key.

use crate::answer::StoreKey;
use crate::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The length in bytes of a sealed box with an empty value: an ephemeral key (32) and an authenticator (16),
/// libsodium's `crypto_box_SEALBYTES`.
const SHORTEST_BOX: usize = 48;

/// A value sealed to one [`StoreKey`], ready to be written.
///
/// Plain text in its place does not compile:
///
/// ```compile_fail
/// # use octoseal_model::*;
/// # fn write(store: Store<Repository>, name: &SecretName) {
/// let request = store.put(name, "hunter2", ());
/// # }
/// ```
///
/// ```
/// # use octoseal_model::*;
/// # fn write(store: Store<Repository>, name: &SecretName, value: &SealedValue) {
/// let request = store.put(name, value, ());
/// # }
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SealedValue {
    encrypted_value: String,
    key_id: String,
}

impl SealedValue {
    /// Joins a sealed box in base64 with the id of the key it was sealed to.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidSealedValue`] if the text is not standard base64 with padding of at least 48 bytes: plain text,
    /// or base64 of plain text.
    pub fn new(key: &StoreKey, encrypted_value: String) -> Result<Self, Error> {
        match STANDARD.decode(&encrypted_value) {
            Ok(sealed) if sealed.len() >= SHORTEST_BOX => {
                Ok(Self { encrypted_value, key_id: key.key_id.clone() })
            }
            _ => Err(Error::InvalidSealedValue),
        }
    }

    /// Returns the sealed box in base64.
    pub fn encrypted_value(&self) -> &str {
        &self.encrypted_value
    }

    /// Returns the id of the key it was sealed to.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }
}
