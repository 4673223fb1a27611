//! Plaintext values in memory: on the heap, wiped when dropped, never printed.

use crate::error::Error;
use std::fmt;
use std::io::{ErrorKind, Read};
use zeroize::Zeroizing;

/// A value to seal, or a value that was opened.
///
/// It has no `Display`, `Clone`, `Deref`, `AsRef` or serialization. [`expose`](Self::expose) is the only
/// access, so it is easy to search for. When it is dropped, its whole buffer is overwritten.
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
    /// Reads a value to its end into one buffer of `limit` + 1 bytes. The buffer never moves, so that no copy
    /// is left behind.
    ///
    /// # Errors
    ///
    /// [`Error::TooLong`] if there are more than `limit` bytes, [`Error::Read`] if the source fails.
    ///
    /// # Panics
    ///
    /// If there is not enough memory for the buffer, which is allocated at once. `limit` is meant for sizes
    /// like GitHub's 48 KB.
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

    /// Returns the plaintext. This is the only access to it. Callers that copy it must wipe the copy.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Shortens the value to its first `length` bytes. A shorter value stays the same.
    pub fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }

    /// Returns the number of bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether the value is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Takes ownership of the buffer without copying it.
impl From<Vec<u8>> for SecretValue {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

/// Takes ownership of the buffer without copying it.
impl From<String> for SecretValue {
    fn from(text: String) -> Self {
        text.into_bytes().into()
    }
}

/// Copies the text. The original is not wiped.
impl From<&str> for SecretValue {
    fn from(text: &str) -> Self {
        text.as_bytes().into()
    }
}

/// Copies the bytes. The original is not wiped.
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
