//! RSA public keys in PEM, and RS256 signatures.

use super::der;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::error;
use std::fmt;

/// An RSA public key, as `RSAPublicKey` in DER.
#[derive(Clone)]
pub(super) struct PublicKey(Vec<u8>);

/// The text is not the public key of a GitHub App.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct BadPublicKey(&'static str);

impl PublicKey {
    /// Reads `PUBLIC KEY` (as `openssl rsa -pubout` writes it) or `RSA PUBLIC KEY`.
    pub(super) fn from_pem(pem: &str) -> Result<Self, BadPublicKey> {
        if !cfg!(feature = "apps") {
            return Err(BadPublicKey(
                "this program was built without the feature `apps` of octoseal-emulator",
            ));
        }
        if pem.contains("PRIVATE KEY-----") {
            return Err(BadPublicKey(
                "it is a private key; declare what `openssl rsa -in FILE -pubout` prints",
            ));
        }
        let key = match section(pem, "PUBLIC KEY") {
            Some(info) => der::key_in_info(&info).ok_or(BadPublicKey(NO_RSA))?.to_vec(),
            None => section(pem, "RSA PUBLIC KEY").ok_or(BadPublicKey(NO_PEM))?,
        };
        match der::modulus_bits(&key) {
            Some(2_048..=8_192) => Ok(Self(key)),
            Some(_) => Err(BadPublicKey("it has fewer than 2048 or more than 8192 bits")),
            None => Err(BadPublicKey(NO_RSA)),
        }
    }

    /// Returns whether the signature of the message is valid under this key (RFC 7518, 3.3).
    #[cfg(feature = "apps")]
    pub(super) fn signed(&self, message: &[u8], signature: &[u8]) -> bool {
        use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.0).verify(message, signature).is_ok()
    }

    #[cfg(not(feature = "apps"))]
    pub(super) fn signed(&self, _message: &[u8], _signature: &[u8]) -> bool {
        false
    }
}

/// Returns the bytes of a PEM section with this label.
fn section(pem: &str, label: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let body: String = body.split_ascii_whitespace().collect();
    STANDARD.decode(body).ok()
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({} bytes)", self.0.len())
    }
}

impl fmt::Display for BadPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the App's public key cannot be used: {}", self.0)
    }
}

impl error::Error for BadPublicKey {}

const NO_PEM: &str = "it has no complete `-----BEGIN PUBLIC KEY-----` section";
const NO_RSA: &str = "it is not an RSA key; GitHub Apps sign with RS256";
