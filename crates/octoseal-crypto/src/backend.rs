//! The seam to the crypto library: four functions over plain bytes, one file for each library.

mod libsodium;

pub(crate) use libsodium::{fill_random, open, public_key, seal};
