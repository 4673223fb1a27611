//! The seam to the crypto libraries: four functions over plain bytes, one file for each library.
//!
//! Features only add: with both on, libsodium seals, and the tests hold the two equal.

#[cfg(feature = "sodiumoxide")]
mod libsodium;
#[cfg(all(feature = "rustcrypto", any(test, not(feature = "sodiumoxide"))))]
mod rustcrypto;

#[cfg(feature = "sodiumoxide")]
pub(crate) use libsodium::{fill_random, open, public_key, seal};
#[cfg(not(feature = "sodiumoxide"))]
pub(crate) use rustcrypto::{fill_random, open, public_key, seal};

#[cfg(test)]
mod tests;
