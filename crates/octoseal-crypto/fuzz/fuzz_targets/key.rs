//! Any text is refused, or is a key that prints as the same text and seals values.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octoseal_crypto::{PublicKey, SEALED_OVERHEAD};

fuzz_target!(|text: &str| {
    if let Ok(key) = text.parse::<PublicKey>() {
        assert_eq!(key.to_string(), text);
        assert_eq!(key.seal(text.as_bytes()).expect("a key seals").len(), text.len() + SEALED_OVERHEAD);
    }
});
