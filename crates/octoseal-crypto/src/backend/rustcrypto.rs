//! Sealed boxes in pure Rust, composed as libsodium's documentation describes `crypto_box_seal`:
//! `ephemeral_pk ‖ box(m, recipient_pk, ephemeral_sk, nonce = blake2b(ephemeral_pk ‖ recipient_pk))`.

use crate::error::Error;
use crate::public_key::SEALED_OVERHEAD;
use blake2::digest::consts::U24;
use blake2::{Blake2b, Digest as _};
use crypto_secretbox::aead::{AeadInPlace as _, KeyInit as _};
use crypto_secretbox::{Nonce, Tag, XSalsa20Poly1305};
use curve25519_dalek::MontgomeryPoint;
use salsa20::cipher::consts::U10;
use std::hint::black_box;
use zeroize::{Zeroize as _, Zeroizing};

/// Fills `bytes` with the operating system's randomness.
pub(crate) fn fill_random(bytes: &mut [u8; 32]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|_| Error::Backend)
}

/// The public key that belongs to `secret` (X25519, RFC 7748).
pub(crate) fn public_key(secret: &[u8; 32]) -> Result<[u8; 32], Error> {
    let point = MontgomeryPoint::mul_base_clamped(*secret).to_bytes();
    wipe_stack();
    Ok(point)
}

/// `crypto_box_seal`.
pub(crate) fn seal(key: &[u8; 32], value: &[u8]) -> Result<Vec<u8>, Error> {
    let mut ephemeral = Zeroizing::new([0; 32]);
    fill_random(&mut ephemeral)?;
    seal_from(&ephemeral, key, value)
}

/// `crypto_box_seal` with a given ephemeral secret key.
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

/// `crypto_box_seal_open`.
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

/// The box cipher of a shared secret, `crypto_box_beforenm`; a shared secret of zero is refused (RFC 7748, section 6.1).
fn with_cipher<T>(
    secret: &[u8; 32],
    public: &[u8; 32],
    run: impl FnOnce(&XSalsa20Poly1305) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut shared = MontgomeryPoint(*public).mul_clamped(*secret);
    let result = if *shared.as_bytes() == [0; 32] {
        Err(Error::Backend)
    } else {
        let mut key = salsa20::hsalsa::<U10>(shared.as_bytes().into(), &Default::default());
        let result = run(&XSalsa20Poly1305::new(&key));
        key.as_mut_slice().zeroize();
        result
    };
    shared.zeroize();
    wipe_stack();
    result
}

fn nonce(ephemeral: &[u8; 32], recipient: &[u8; 32]) -> Nonce {
    Blake2b::<U24>::new().chain_update(ephemeral).chain_update(recipient).finalize()
}

/// Overwrites the part of the stack that the calls before have left: they take secrets by value.
#[inline(never)]
fn wipe_stack() {
    let mut left_behind = [0_u8; 16 * 1024];
    black_box(&mut left_behind).zeroize();
}
