//! Public keys for sealing: 32 bytes, checked once, never of low order.

use crate::backend;
use crate::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::str::FromStr;

/// The number of bytes that sealing adds to a value: an ephemeral public key (32) and an authenticator (16).
///
/// libsodium calls it `crypto_box_SEALBYTES`.
pub const SEALED_OVERHEAD: usize = 48;

/// The public key of a recipient: an X25519 u-coordinate (RFC 7748) that is not of low order.
///
/// Only the holder of the matching [`SecretKey`](crate::SecretKey) can open a value that is sealed to it.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Checks the 32 bytes of a key.
    ///
    /// # Errors
    ///
    /// [`Error::WeakKey`] if the key is one of the points of low order, with or without bit 255 set.
    /// libsodium refuses the same points when it seals (`has_small_order` in its X25519).
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, Error> {
        let mut u_coordinate = bytes;
        u_coordinate[31] &= 0x7f; // RFC 7748, section 5: implementations mask the top bit.
        if LOW_ORDER.contains(&u_coordinate) { Err(Error::WeakKey) } else { Ok(Self(bytes)) }
    }

    /// Reads a key from standard base64 with padding, the form in which GitHub gives it (field `key`).
    ///
    /// # Errors
    ///
    /// [`Error::KeyEncoding`], also for a newline after the key, [`Error::KeyLength`] with the number of bytes found, or
    /// [`Error::WeakKey`].
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_crypto::{Error, PublicKey};
    ///
    /// assert!(PublicKey::from_base64("2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=").is_ok());
    /// assert!(matches!(PublicKey::from_base64("AAAA"), Err(Error::KeyLength(3))));
    /// ```
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        let bytes = STANDARD.decode(text).map_err(|_| Error::KeyEncoding)?;
        let found = bytes.len();
        Self::from_bytes(bytes.try_into().map_err(|_| Error::KeyLength(found))?)
    }

    /// Returns the 32 bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a value. The box has [`SEALED_OVERHEAD`] bytes more than the value.
    ///
    /// Sealing the same value twice gives different boxes, since each box has its own ephemeral key.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the crypto library could not start, found no randomness, or produced no box. A
    /// failure never returns an unsealed value.
    ///
    /// # Examples
    ///
    /// ```
    /// # let key: octoseal_crypto::PublicKey = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=".parse()?;
    /// assert_eq!(key.seal(b"hello")?.len(), 5 + octoseal_crypto::SEALED_OVERHEAD);
    /// # Ok::<(), octoseal_crypto::Error>(())
    /// ```
    pub fn seal(&self, value: &[u8]) -> Result<Vec<u8>, Error> {
        backend::seal(&self.0, value)
    }

    /// Seals a value into standard base64 with padding, GitHub's field `encrypted_value`.
    ///
    /// # Errors
    ///
    /// The same as for [`seal`](Self::seal).
    pub fn seal_base64(&self, value: &[u8]) -> Result<String, Error> {
        Ok(STANDARD.encode(self.seal(value)?))
    }
}

impl FromStr for PublicKey {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::from_base64(text)
    }
}

/// Writes the key as standard base64, as GitHub does.
impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// The u-coordinates of every point of low order on the curve and its twist, little-endian: 0, 1, the two of
/// order 8, p - 1, p and p + 1.
const LOW_ORDER: [[u8; 32]; 7] = [
    small(0),
    small(1),
    [
        0xe0, 0xeb, 0x7a, 0x7c, 0x3b, 0x41, 0xb8, 0xae, 0x16, 0x56, 0xe3, 0xfa, 0xf1, 0x9f, 0xc4, 0x6a, 0xda,
        0x09, 0x8d, 0xeb, 0x9c, 0x32, 0xb1, 0xfd, 0x86, 0x62, 0x05, 0x16, 0x5f, 0x49, 0xb8, 0x00,
    ],
    [
        0x5f, 0x9c, 0x95, 0xbc, 0xa3, 0x50, 0x8c, 0x24, 0xb1, 0xd0, 0xb1, 0x55, 0x9c, 0x83, 0xef, 0x5b, 0x04,
        0x44, 0x5c, 0xc4, 0x58, 0x1c, 0x8e, 0x86, 0xd8, 0x22, 0x4e, 0xdd, 0xd0, 0x9f, 0x11, 0x57,
    ],
    near_p(0xec),
    near_p(0xed),
    near_p(0xee),
];

const fn small(u: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = u;
    bytes
}

/// `p` itself, 2^255 - 19, ends in `0xed`.
const fn near_p(lowest: u8) -> [u8; 32] {
    let mut bytes = [0xff; 32];
    bytes[0] = lowest;
    bytes[31] = 0x7f;
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_fourteen_low_order_encodings_are_refused_when_parsing_and_when_sealing() {
        for point in LOW_ORDER {
            for top_bit in [0, 0x80] {
                let mut bytes = point;
                bytes[31] |= top_bit;
                assert!(matches!(PublicKey::from_bytes(bytes), Err(Error::WeakKey)), "{bytes:02x?}");
                assert!(matches!(backend::seal(&bytes, b"value"), Err(Error::Backend)), "{bytes:02x?}");
            }
        }
    }
}
