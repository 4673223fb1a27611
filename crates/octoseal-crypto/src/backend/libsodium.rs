//! Sealed boxes by libsodium, through the crate `sodiumoxide`.

use super::wipe_stack;
use crate::error::Error;
use crate::public_key::SEALED_OVERHEAD;
use sodiumoxide::crypto::{box_, sealedbox};
use sodiumoxide::randombytes::randombytes_into;
use std::sync::OnceLock;

/// Fills `bytes` with random bytes from the operating system.
pub(crate) fn fill_random(bytes: &mut [u8; 32]) -> Result<(), Error> {
    start()?;
    randombytes_into(bytes);
    Ok(())
}

/// Derives the public key of `secret`.
pub(crate) fn public_key(secret: &[u8; 32]) -> Result<[u8; 32], Error> {
    start()?;
    let public = on_heap(secret).public_key().0;
    wipe_stack();
    Ok(public)
}

/// Calls `crypto_box_seal`.
pub(crate) fn seal(key: &[u8; 32], value: &[u8]) -> Result<Vec<u8>, Error> {
    start()?;
    let sealed = sealedbox::seal(value, &box_::PublicKey(*key));
    wipe_stack(); // parts of the shared secret stay there
    // sodiumoxide drops the return code of crypto_box_seal. On failure the authenticator is still zero.
    match sealed.get(32..SEALED_OVERHEAD) {
        Some(authenticator) if *authenticator != [0; 16] => Ok(sealed),
        _ => Err(Error::Backend),
    }
}

/// Calls `crypto_box_seal_open`.
pub(crate) fn open(secret: &[u8; 32], public: &[u8; 32], sealed: &[u8]) -> Result<Vec<u8>, Error> {
    start()?;
    let opened = sealedbox::open(sealed, &box_::PublicKey(*public), &on_heap(secret));
    wipe_stack(); // libsodium leaves the first 32 bytes of the value there
    opened.map_err(|()| Error::CannotOpen)
}

/// Copies `secret` to the heap without passing over the stack. sodiumoxide wipes the copy when it is dropped.
fn on_heap(secret: &[u8; 32]) -> Box<box_::SecretKey> {
    let mut key = Box::new(box_::SecretKey([0; 32]));
    key.0.copy_from_slice(secret);
    key
}

/// Initializes libsodium once: it then picks its fastest code, and its random numbers are thread-safe.
fn start() -> Result<(), Error> {
    static STARTED: OnceLock<bool> = OnceLock::new();
    if *STARTED.get_or_init(|| sodiumoxide::init().is_ok()) { Ok(()) } else { Err(Error::Backend) }
}
