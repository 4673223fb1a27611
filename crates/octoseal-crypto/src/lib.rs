//! Sealed boxes, as GitHub wants its secrets: libsodium's `crypto_box_seal` to a checked public key.
//!
//! You are in the right crate if you have a base64 public key and a value to seal for its holder, and want nothing
//! else: no GitHub, no HTTP, no JSON. To put secrets into GitHub's stores take the crate `octoseal`, which uses this one.
//!
//! ```
//! use octoseal_crypto::{PublicKey, SecretKey};
//!
//! // What GitHub hands out as `key`: parsed once, and never weak.
//! let key: PublicKey = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=".parse()?;
//! let encrypted_value: String = key.seal_base64(b"plain-text-secret")?;
//! assert_eq!(encrypted_value.len(), 88);
//!
//! // For tests and tools: a key pair of your own.
//! let mine = SecretKey::generate()?;
//! let opened = mine.open(&mine.public_key().seal(b"plain-text-secret")?)?;
//! assert_eq!(opened.expose(), b"plain-text-secret");
//! # Ok::<(), octoseal_crypto::Error>(())
//! ```
//!
//! * [`PublicKey`] seals. A value of this type has 32 bytes and is not of low order.
//! * [`SecretKey`] opens. It lives on the heap and is wiped when dropped.
//! * [`SecretValue`] holds a plaintext. It is wiped when dropped and never printed.
//! * [`Error`] says what went wrong, and never holds a byte of a value or of a secret key.
//!
//! What this crate does not do: it does not authenticate the sender (a sealed box has none), it does not lock memory
//! against swapping, and it knows no limit of GitHub's.
//!
//! # Features
//!
//! | feature | what it adds | what it needs |
//! |---|---|---|
//! | `libsodium` (default) | seals with libsodium | a C compiler, `make`, a POSIX shell |
//! | `rustcrypto` | seals in pure Rust, byte for byte alike | nothing but Rust |
//!
//! One of them must be on. With both on libsodium seals, so that features can only add. A tree that already links
//! libsodium through another crate (`links = "sodium"` allows one) takes `default-features = false` and `rustcrypto`.

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
