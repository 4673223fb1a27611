//! Signers for an App: a key in memory, or a service that holds the key.

use super::pem::{self, Der, wrong};
use crate::BoxFuture;
use crate::error::Error;
use crate::error::boxed::BoxError;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use std::error;
use std::fmt;
use std::future::ready;

/// Signs with an App's private key, by RS256: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).
///
/// [`RsaKey`] signs in memory. Implement this trait for a service that never exports its keys, such as a
/// cloud's KMS.
pub trait Signer: Send + Sync {
    /// Returns the signature of the message, as bytes.
    ///
    /// # Errors
    ///
    /// The reason of a failure. It becomes the [`source`](error::Error::source) of the request's error, so it
    /// must hold no key.
    fn sign<'a>(
        &'a self,
        message: &'a [u8],
    ) -> BoxFuture<'a, Result<Vec<u8>, Box<dyn error::Error + Send + Sync>>>;
}

/// An RSA private key in memory. Its `Debug` shows nothing of it.
///
/// Decoded copies are wiped. The copy inside `ring` lives as long as this key, and `ring` does not wipe it.
pub struct RsaKey(RsaKeyPair);

impl RsaKey {
    /// Reads a private key as GitHub generates it (`-----BEGIN RSA PRIVATE KEY-----`, PKCS #1) or as OpenSSL
    /// writes it (`-----BEGIN PRIVATE KEY-----`, PKCS #8): RSA with 2,048 to 4,096 bits, not encrypted.
    ///
    /// # Errors
    ///
    /// An [`Error`] that explains the fault and repeats no part of the text.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_transport::RsaKey;
    ///
    /// let error = RsaKey::from_pem(b"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the App's private key cannot be used: it is a public key, which cannot sign"
    /// );
    /// ```
    pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
        let pair = match pem::read(pem)? {
            Der::Pkcs1(der) => RsaKeyPair::from_der(&der),
            Der::Pkcs8(der) => RsaKeyPair::from_pkcs8(&der),
        };
        // Its text names rules, such as `TooSmall`, and has no part of the key.
        pair.map(Self)
            .map_err(|cause| wrong("it is not an RSA key of 2048 to 4096 bits").caused_by(cause.to_string()))
    }

    fn signature(&self, message: &[u8]) -> Result<Vec<u8>, BoxError> {
        let mut signature = vec![0; self.0.public().modulus_len()];
        self.0
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)
            .map_err(|_| "the parts of the key do not belong together")?;
        Ok(signature)
    }
}

/// Signs synchronously, since it takes about a millisecond with 2,048 bits.
impl Signer for RsaKey {
    fn sign<'a>(&'a self, message: &'a [u8]) -> BoxFuture<'a, Result<Vec<u8>, BoxError>> {
        Box::pin(ready(self.signature(message)))
    }
}

impl fmt::Debug for RsaKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RsaKey({} bits)", self.0.public().modulus_len() * 8)
    }
}
