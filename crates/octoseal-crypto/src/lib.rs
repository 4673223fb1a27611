//! Sealed boxes for GitHub secrets: libsodium's `crypto_box_seal` to a checked public key.
//!
//! Use this crate if you have a base64 public key and a value to seal to it, and need no GitHub client, HTTP
//! or JSON. To put secrets into GitHub's stores, use the crate `octoseal`, which builds on this one.
//!
//! ```
//! use octoseal_crypto::{PublicKey, SecretKey};
//!
//! // The field `key` of GitHub's answer. Parsing refuses weak keys.
//! let key: PublicKey = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=".parse()?;
//! let encrypted_value: String = key.seal_base64(b"plain-text-secret")?;
//! assert_eq!(encrypted_value.len(), 88);
//!
//! // For tests and tools: your own key pair.
//! let mine = SecretKey::generate()?;
//! let opened = mine.open(&mine.public_key().seal(b"plain-text-secret")?)?;
//! assert_eq!(opened.expose(), b"plain-text-secret");
//! # Ok::<(), octoseal_crypto::Error>(())
//! ```
//!
//! * [`PublicKey`] seals. It always has 32 bytes and is never of low order.
//! * [`SecretKey`] opens. It lives on the heap and is wiped when dropped.
//! * [`SecretValue`] holds a plaintext. It is wiped when dropped and never printed.
//! * [`Error`] gives the reason of a failure. It never holds a byte of a value or of a secret key.
//!
//! This crate does not authenticate the sender (a sealed box has no sender), does not lock memory against
//! swapping, and does not check GitHub's limits.
//!
//! # Features
//!
//! | feature | effect | requirements |
//! |---|---|---|
//! | `libsodium` (default) | seals with libsodium | a C compiler, `make`, a POSIX shell |
//! | `rustcrypto` | seals in pure Rust, byte for byte alike | Rust only |
//!
//! One of them must be on. With both on, libsodium seals. If another crate of your dependency tree links
//! libsodium (`links = "sodium"` allows only one), use `default-features = false` and `rustcrypto`.

#[cfg(not(any(feature = "libsodium", feature = "rustcrypto")))]
compile_error!(
    "octoseal-crypto needs a backend: turn on the feature `libsodium` (the default) or `rustcrypto`"
);

#[cfg(any(feature = "libsodium", feature = "rustcrypto"))]
mod backend;
mod error;
mod public_key;
mod secret_key;
mod secret_value;

pub use error::Error;
pub use public_key::{PublicKey, SEALED_OVERHEAD};
pub use secret_key::SecretKey;
pub use secret_value::SecretValue;

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct ReadmeExamples;
