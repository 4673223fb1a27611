//! The keys that a box was sealed with, computed by the parent. Anyone with them could open the box.

use crate::secret::Secret;

/// Computes the shared secret of X25519 and the derived box key, for a box sealed to the key whose bytes are
/// the secret.
pub(crate) fn agreed(secret: &Secret, sealed: &[u8]) -> Vec<u8> {
    let ours: [u8; 32] = secret.bytes().try_into().unwrap();
    let (theirs, _) = sealed.split_first_chunk::<32>().unwrap();
    [shared_secret(ours, *theirs), box_key(ours, *theirs)].concat()
}

#[cfg(feature = "libsodium")]
fn shared_secret(ours: [u8; 32], theirs: [u8; 32]) -> [u8; 32] {
    use sodiumoxide::crypto::scalarmult::{GroupElement, Scalar, scalarmult};
    scalarmult(&Scalar(ours), &GroupElement(theirs)).unwrap().0
}

#[cfg(feature = "libsodium")]
#[expect(clippy::disallowed_methods, reason = "neither key is of low order here")]
fn box_key(ours: [u8; 32], theirs: [u8; 32]) -> [u8; 32] {
    use sodiumoxide::crypto::box_::{PublicKey, SecretKey, precompute};
    precompute(&PublicKey(theirs), &SecretKey(ours)).0
}

#[cfg(not(feature = "libsodium"))]
fn shared_secret(ours: [u8; 32], theirs: [u8; 32]) -> [u8; 32] {
    curve25519_dalek::MontgomeryPoint(theirs).mul_clamped(ours).to_bytes()
}

#[cfg(not(feature = "libsodium"))]
fn box_key(ours: [u8; 32], theirs: [u8; 32]) -> [u8; 32] {
    use salsa20::cipher::consts::U10;
    salsa20::hsalsa::<U10>(&shared_secret(ours, theirs).into(), &Default::default()).into()
}
