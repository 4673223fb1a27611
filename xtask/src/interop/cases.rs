//! What is sealed: the values, the guide's own public keys, and the keys that every program must refuse.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// The most that GitHub takes, in bytes of plaintext.
const LONGEST: usize = 48 * 1024;

/// One value with a name for messages.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) value: Vec<u8>,
}

/// The public keys that GitHub's own pages show; nobody here can open what is sealed to them.
pub(super) const GUIDE_KEYS: [&str; 2] =
    ["2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=", "+ZYvJDZMHUfBkJdyq5Zm9SKqeuBQ4sj+6sfjlH4CgG0="];

/// What is wrong with a key, and the key.
pub(super) const BAD_KEYS: [(&str, &str); 6] = [
    ("no key", ""),
    ("a key of 31 bytes", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMQ=="),
    ("a key of 33 bytes", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"),
    ("a key in url-safe base64", "-ZYvJDZMHUfBkJdyq5Zm9SKqeuBQ4sj-6sfjlH4CgG0="),
    ("a key without padding", "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU"),
    ("a key of low order", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
];

/// A new seed for the values that differ from run to run.
pub(super) fn seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Every value, the same for the same seed.
pub(super) fn all(seed: u64) -> Vec<Case> {
    let case = |name: &str, value: &[u8]| Case { name: name.to_owned(), value: value.to_vec() };
    let every_byte: Vec<u8> = (0..=u8::MAX).cycle().take(LONGEST).collect();
    let mut cases = vec![
        case("the empty value", b""),
        case("one byte", b"x"),
        case("plain-text-secret", b"plain-text-secret"),
        case("mySecret", b"mySecret"),
        case("my_secret", b"my_secret"),
        case("UTF-8", "Grüße, мир, 世界, 🔑".as_bytes()),
        case("CRLF", b"first\r\nsecond\r\n\n"),
        case("NUL bytes", b"\0before\0\0after\0"),
        case("48 KiB of all byte values", &every_byte),
    ];
    let mut random = Random(seed | 1);
    for _ in 0..3 {
        let value = random.value();
        cases.push(case(&format!("{} random bytes", value.len()), &value));
    }
    cases
}

/// xorshift64, which needs a seed that is not zero; good enough to vary test values.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn value(&mut self) -> Vec<u8> {
        let length = usize::try_from(self.next() % 49_152).unwrap_or_default() + 1;
        (0..length).map(|_| self.next().to_le_bytes()[7]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_values_again() {
        let values = |seed| all(seed).into_iter().map(|case| case.value).collect::<Vec<_>>();
        assert_eq!(values(7), values(7));
        assert_ne!(values(7), values(8));
    }

    #[test]
    fn no_value_is_longer_than_github_takes() {
        for seed in 0..50 {
            assert!(all(seed).iter().all(|case| case.value.len() <= LONGEST));
        }
    }
}
