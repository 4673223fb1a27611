//! Secret keys for opening boxes: created in place on the heap, wiped when dropped.

use crate::backend;
use crate::error::Error;
use crate::public_key::PublicKey;
use crate::secret_value::SecretValue;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use zeroize::Zeroizing;

/// The secret half of a key pair, for tests, tools and emulators. GitHub never publishes its own secret keys.
pub struct SecretKey {
    bytes: Box<Zeroizing<[u8; 32]>>,
    public_key: PublicKey,
}

impl SecretKey {
    /// Generates a key from the operating system's randomness.
    ///
    /// # Errors
    ///
    /// [`Error::Backend`] if the crypto library could not start or found no randomness.
    ///
    /// # Examples
    ///
    /// ```
    /// let mine = octoseal_crypto::SecretKey::generate()?;
    /// let opened = mine.open(&mine.public_key().seal(b"x")?)?;
    /// assert_eq!(opened.expose(), b"x");
    /// # Ok::<(), octoseal_crypto::Error>(())
    /// ```
    pub fn generate() -> Result<Self, Error> {
        let mut bytes = Box::new(Zeroizing::new([0; 32]));
        backend::fill_random(&mut bytes)?;
        Self::with(bytes)
    }

    /// Copies the 32 bytes of a secret key. Wiping the original is up to the caller.
    ///
    /// # Errors
    ///
    /// [`Error::KeyLength`] with the number of bytes found, or [`Error::Backend`].
    pub fn from_bytes(secret: &[u8]) -> Result<Self, Error> {
        if secret.len() != 32 {
            return Err(Error::KeyLength(secret.len()));
        }
        let mut bytes = Box::new(Zeroizing::new([0; 32]));
        bytes.copy_from_slice(secret);
        Self::with(bytes)
    }

    fn with(bytes: Box<Zeroizing<[u8; 32]>>) -> Result<Self, Error> {
        let public_key = PublicKey::from_bytes(backend::public_key(&bytes)?)?;
        Ok(Self { bytes, public_key })
    }

    /// Returns the matching public key, for sealing values.
    pub fn public_key(&self) -> PublicKey {
        self.public_key
    }

    /// Returns the 32 secret bytes. This is the only access to them. Callers that copy them must wipe the
    /// copy.
    pub fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Opens a sealed box.
    ///
    /// # Errors
    ///
    /// [`Error::CannotOpen`] if the box was sealed to another key, was changed, or is shorter than
    /// [`SEALED_OVERHEAD`](crate::SEALED_OVERHEAD); [`Error::Backend`] if the crypto library could not start.
    pub fn open(&self, sealed: &[u8]) -> Result<SecretValue, Error> {
        backend::open(&self.bytes, self.public_key.as_bytes(), sealed).map(SecretValue::from)
    }

    /// Opens a sealed box in standard base64 with padding, GitHub's field `encrypted_value`.
    ///
    /// # Errors
    ///
    /// The same as for [`open`](Self::open). Text that is not base64 gives [`Error::CannotOpen`].
    pub fn open_base64(&self, sealed: &str) -> Result<SecretValue, Error> {
        self.open(&STANDARD.decode(sealed).map_err(|_| Error::CannotOpen)?)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bytes: _, public_key } = self;
        f.debug_struct("SecretKey").field("public_key", public_key).finish_non_exhaustive()
    }
}
