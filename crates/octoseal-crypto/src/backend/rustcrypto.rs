//! Sealed boxes in pure Rust, composed as libsodium's documentation describes `crypto_box_seal`:
//! `ephemeral_pk ‖ box(m, recipient_pk, ephemeral_sk, nonce = blake2b(ephemeral_pk ‖ recipient_pk))`.

use super::wipe_stack;
use crate::error::Error;
use crate::public_key::SEALED_OVERHEAD;
use blake2::digest::consts::U24;
use blake2::{Blake2b, Digest as _};
use crypto_secretbox::aead::{AeadInPlace as _, KeyInit as _};
use crypto_secretbox::{Nonce, Tag, XSalsa20Poly1305};
use curve25519_dalek::MontgomeryPoint;
use salsa20::cipher::consts::U10;
use zeroize::Zeroizing;

/// Fills `bytes` with random bytes from the operating system.
pub(crate) fn fill_random(bytes: &mut [u8; 32]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| Error::Backend)
}

/// Derives the public key of `secret` (X25519, RFC 7748).
pub(crate) fn public_key(secret: &[u8; 32]) -> Result<[u8; 32], Error> {
    let public = derive(secret);
    wipe_stack();
    Ok(public)
}

/// Multiplies in a function of its own, so that the copy of the secret stays in this stack frame.
#[inline(never)]
fn derive(secret: &[u8; 32]) -> [u8; 32] {
    MontgomeryPoint::mul_base_clamped(*secret).to_bytes()
}

/// Seals as `crypto_box_seal` does.
pub(crate) fn seal(key: &[u8; 32], value: &[u8]) -> Result<Vec<u8>, Error> {
    let mut ephemeral = Zeroizing::new([0; 32]);
    fill_random(&mut ephemeral)?;
    seal_from(&ephemeral, key, value)
}

/// Seals as `crypto_box_seal` does, with the given ephemeral secret key.
pub(crate) fn seal_from(ephemeral: &[u8; 32], key: &[u8; 32], value: &[u8]) -> Result<Vec<u8>, Error> {
    let ephemeral_public = public_key(ephemeral)?;
    let mut sealed = Vec::with_capacity(SEALED_OVERHEAD + value.len());
    sealed.extend_from_slice(&ephemeral_public);
    sealed.extend_from_slice(&[0; 16]);
    sealed.extend_from_slice(value);
    let (head, body) = sealed.split_at_mut(SEALED_OVERHEAD);
    let tag = with_cipher(ephemeral, key, |cipher| {
        let nonce = nonce(&ephemeral_public, key);
        cipher.encrypt_in_place_detached(&nonce, b"", body).map_err(|_| Error::Backend)
    })?;
    head[32..].copy_from_slice(&tag);
    Ok(sealed)
}

/// Opens as `crypto_box_seal_open` does.
pub(crate) fn open(secret: &[u8; 32], public: &[u8; 32], sealed: &[u8]) -> Result<Vec<u8>, Error> {
    let (ephemeral, rest) = sealed.split_first_chunk::<32>().ok_or(Error::CannotOpen)?;
    let (tag, body) = rest.split_first_chunk::<16>().ok_or(Error::CannotOpen)?;
    let mut value = Zeroizing::new(body.to_vec());
    with_cipher(secret, ephemeral, |cipher| {
        let nonce = nonce(ephemeral, public);
        let opened = cipher.decrypt_in_place_detached(&nonce, b"", &mut value, Tag::from_slice(tag));
        opened.map_err(|_| Error::CannotOpen)
    })
    .map_err(|_| Error::CannotOpen)?;
    Ok(std::mem::take(&mut *value))
}

/// Calls `f` with the box cipher of two keys (`crypto_box_beforenm`), then wipes its key and the shared
/// secret.
fn with_cipher<T>(
    secret: &[u8; 32],
    public: &[u8; 32],
    run: impl FnOnce(&XSalsa20Poly1305) -> Result<T, Error>,
) -> Result<T, Error> {
    let result = with_shared_secret(secret, public, run);
    wipe_stack();
    result
}

/// Refuses a shared secret of zero (RFC 7748, section 6.1).
#[inline(never)]
fn with_shared_secret<T>(
    secret: &[u8; 32],
    public: &[u8; 32],
    run: impl FnOnce(&XSalsa20Poly1305) -> Result<T, Error>,
) -> Result<T, Error> {
    let shared = MontgomeryPoint(*public).mul_clamped(*secret);
    if *shared.as_bytes() == [0; 32] {
        return Err(Error::Backend);
    }
    let key = salsa20::hsalsa::<U10>(shared.as_bytes().into(), &Default::default());
    run(&XSalsa20Poly1305::new(&key))
}

fn nonce(ephemeral: &[u8; 32], recipient: &[u8; 32]) -> Nonce {
    Blake2b::<U24>::new().chain_update(ephemeral).chain_update(recipient).finalize()
}
