//! No arbitrary bytes open as a sealed box. A sealed value opens, and a changed one does not.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octoseal_crypto::SecretKey;
use std::sync::LazyLock;

static KEY: LazyLock<SecretKey> = LazyLock::new(|| SecretKey::from_bytes(&[7; 32]).expect("32 bytes are a key"));

fuzz_target!(|bytes: &[u8]| {
    assert!(KEY.open(bytes).is_err(), "only sealing makes a box that opens");
    let mut sealed = KEY.public_key().seal(bytes).expect("the key seals");
    assert_eq!(KEY.open(&sealed).expect("it opens").expose(), bytes);
    let at = bytes.first().map_or(0, |&first| usize::from(first)) % sealed.len();
    sealed[at] ^= 1;
    assert!(KEY.open(&sealed).is_err());
});
