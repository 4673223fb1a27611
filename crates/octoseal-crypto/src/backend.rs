//! The interface to the crypto libraries: four functions over plain bytes, one file for each library.
//!
//! With both features on, libsodium seals, and tests compare both libraries.

#[cfg(feature = "libsodium")]
mod libsodium;
#[cfg(all(feature = "rustcrypto", any(test, not(feature = "libsodium"))))]
mod rustcrypto;

#[cfg(feature = "libsodium")]
pub(crate) use libsodium::{fill_random, open, public_key, seal};
#[cfg(not(feature = "libsodium"))]
pub(crate) use rustcrypto::{fill_random, open, public_key, seal};

/// Overwrites the part of the stack that earlier calls used. The crypto libraries leave secrets there.
///
/// Rust gives no guarantees about dead stack memory. `tests/memory` checks that this works.
#[inline(never)]
fn wipe_stack() {
    std::hint::black_box(&mut [0_u8; 16 * 1024]);
}

#[cfg(test)]
mod tests;
