//! The seam to the crypto libraries: four functions over plain bytes, one file for each library.
//!
//! Features only add: with both on, libsodium seals, and the tests hold the two equal.

#[cfg(feature = "libsodium")]
mod libsodium;
#[cfg(all(feature = "rustcrypto", any(test, not(feature = "libsodium"))))]
mod rustcrypto;

#[cfg(feature = "libsodium")]
pub(crate) use libsodium::{fill_random, open, public_key, seal};
#[cfg(not(feature = "libsodium"))]
pub(crate) use rustcrypto::{fill_random, open, public_key, seal};

/// Overwrites the part of the stack that the calls before have left: they keep secrets there and do not wipe them.
///
/// Rust promises nothing of dead stack memory; `tests/memory` looks whether it works.
#[inline(never)]
fn wipe_stack() {
    std::hint::black_box(&mut [0_u8; 16 * 1024]);
}

#[cfg(test)]
mod tests;
