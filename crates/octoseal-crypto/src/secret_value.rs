//! A plaintext in memory: on the heap, wiped when dropped, never printed.

use crate::error::Error;
use std::fmt;
use std::io::{ErrorKind, Read};
use zeroize::Zeroizing;

/// A value to seal, or one that was opened.
///
/// It has no `Display`, no `Clone`, no `Deref`, no `AsRef` and no serialization: [`expose`](Self::expose) is the one
/// way in, and easy to search for. When it is dropped, its whole buffer is overwritten.
///
/// # Examples
///
/// ```
/// use octoseal_crypto::SecretValue;
///
/// let value = SecretValue::from("hunter2");
/// assert_eq!(value.expose(), b"hunter2");
/// assert_eq!(format!("{value:?}"), "SecretValue(..)");
/// ```
pub struct SecretValue(Zeroizing<Vec<u8>>);

impl SecretValue {
    /// Reads a value to its end into one buffer of `limit` + 1 bytes that never moves, so that no copy is left behind.
    ///
    /// # Errors
    ///
    /// [`Error::TooLong`] if there are more than `limit` bytes, [`Error::Read`] if the source fails.
    ///
    /// # Panics
    ///
    /// If there is no memory for the buffer, which is taken at once: `limit` is for sizes like GitHub's 48 KB.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_crypto::{Error, SecretValue};
    ///
    /// assert_eq!(SecretValue::read(&b"hunter2"[..], 7)?.expose(), b"hunter2");
    /// assert!(matches!(SecretValue::read(&b"hunter2"[..], 6), Err(Error::TooLong { limit: 6 })));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn read(mut source: impl Read, limit: usize) -> Result<Self, Error> {
        let mut buffer = Zeroizing::new(vec![0; limit.saturating_add(1)]);
        let mut filled = 0;
        while filled < buffer.len() {
            match source.read(&mut buffer[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Error::Read(error.into())),
            }
        }
        if filled > limit {
            return Err(Error::TooLong { limit });
        }
        buffer.truncate(filled);
        Ok(Self(buffer))
    }

    /// The plaintext: the one way in. Whoever takes a copy must wipe it.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Shortens the value to its first `length` bytes; does nothing if it is not longer.
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no byte at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Takes the buffer over without copying it.
impl From<Vec<u8>> for SecretValue {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

/// Takes the buffer over without copying it.
impl From<String> for SecretValue {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

/// Copies the text; the original stays where it is.
impl From<&str> for SecretValue {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

/// Copies the bytes; the original stays where it is.
impl From<&[u8]> for SecretValue {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

impl fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(_) = self;
        f.write_str("SecretValue(..)")
    }
}
