//! Errors of keys, values and sealed boxes.

use std::error;
use std::fmt;
use std::io;
use std::sync::Arc;

/// The reason why a key was refused, a value could not be read, or a box could not be sealed or opened.
///
/// No variant holds any part of a value or of a secret key.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The text is not standard base64 with padding (RFC 4648, section 4).
    KeyEncoding,
    /// The key has this number of bytes instead of 32.
    KeyLength(usize),
    /// The public key is of low order: anyone could open a value sealed to it.
    WeakKey,
    /// The value is longer than this limit in bytes, which the caller set.
    TooLong {
        /// The limit passed to [`SecretValue::read`](crate::SecretValue::read).
        limit: usize,
    },
    /// The value could not be read. The cause is in [`source`](error::Error::source).
    Read(Arc<io::Error>),
    /// The box was sealed to another key, or was changed on its way.
    CannotOpen,
    /// The crypto library failed: it could not start, found no randomness, or produced no box.
    Backend,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyEncoding => f.write_str("the key is not standard base64 with padding"),
            Self::KeyLength(found) => write!(f, "the key has {found} bytes, an X25519 key has 32"),
            Self::WeakKey => {
                f.write_str("the public key is of low order: anyone could open a value sealed to it")
            }
            Self::TooLong { limit } => write!(f, "the value is longer than {limit} bytes"),
            Self::Read(_) => f.write_str("the value could not be read"),
            Self::CannotOpen => {
                f.write_str("the box does not open: it was sealed to another key or was changed")
            }
            Self::Backend => f.write_str("the crypto library failed"),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Read(cause) => Some(&**cause),
            _ => None,
        }
    }
}
