//! The values to seal, the guide's own public keys, and the keys that every program must refuse.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// GitHub's limit, in bytes of plaintext.
const LONGEST: usize = 48 * 1024;

/// A value, with a name for messages.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) value: Vec<u8>,
}

/// The public keys on GitHub's own pages. Their secret keys are unknown.
pub(super) const GUIDE_KEYS: [&str; 2] =
    ["2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=", "+ZYvJDZMHUfBkJdyq5Zm9SKqeuBQ4sj+6sfjlH4CgG0="];

/// Invalid keys, each with a name.
pub(super) const BAD_KEYS: [(&str, &str); 6] = [
    ("no key", ""),
    ("a key of 31 bytes", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMQ=="),
    ("a key of 33 bytes", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"),
    ("a key in url-safe base64", "-ZYvJDZMHUfBkJdyq5Zm9SKqeuBQ4sj-6sfjlH4CgG0="),
    ("a key without padding", "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU"),
    ("a key of low order", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
];

/// Returns a new seed for the random values.
pub(super) fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Returns every value. The same seed gives the same values.
pub(super) fn all(seed: u64) -> Vec<Case> {
    let every_byte: Vec<u8> = (0..=u8::MAX).cycle().take(LONGEST).collect();
    let fixed: [(&str, &[u8]); 9] = [
        ("the empty value", b""),
        ("one byte", b"x"),
        ("plain-text-secret", b"plain-text-secret"),
        ("mySecret", b"mySecret"),
        ("my_secret", b"my_secret"),
        ("UTF-8", "Grüße, мир, 世界, 🔑".as_bytes()),
        ("CRLF", b"first\r\nsecond\r\n\n"),
        ("NUL bytes", b"\0before\0\0after\0"),
        ("48 KiB of all byte values", &every_byte),
    ];
    let fixed = fixed.map(|(name, value)| Case { name: name.to_owned(), value: value.to_vec() });
    let mut random = Random(seed | 1);
    let random = (0..3).map(|_| random.value());
    let random = random.map(|value| Case { name: format!("{} random bytes", value.len()), value });
    fixed.into_iter().chain(random).collect()
}

/// The generator xorshift64, whose seed must not be zero. It is good enough for test values.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn value(&mut self) -> Vec<u8> {
        let length = usize::try_from(self.next() % LONGEST as u64).unwrap_or_default() + 1;
        (0..length).map(|_| self.next().to_le_bytes()[7]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_values_again_and_none_exceeds_the_limit() {
        let values = |seed| all(seed).into_iter().map(|case| case.value).collect::<Vec<_>>();
        assert_eq!(values(7), values(7));
        assert_ne!(values(7), values(8));
        assert!((0..50).flat_map(values).all(|value| value.len() <= LONGEST));
    }
}
