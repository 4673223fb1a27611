//! A sealed value opens again, and nothing else does.

use octoseal_crypto::{Error, PublicKey, SEALED_OVERHEAD, SecretKey, SecretValue};
use proptest::prelude::*;
use std::collections::HashSet;
use std::io;

const GUIDE_KEY: &str = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=";

#[test]
fn every_length_up_to_300_and_githubs_largest_value_open_again() {
    let key = SecretKey::generate().unwrap();
    for length in (0..=300).chain([49_152]) {
        let value: Vec<u8> = (0..length).map(|i| (i % 251) as u8).collect();
        let sealed = key.public_key().seal(&value).unwrap();
        assert_eq!(sealed.len(), length + SEALED_OVERHEAD);
        assert_eq!(key.open(&sealed).unwrap().expose(), value);
    }
}

#[test]
fn a_box_is_never_the_value_and_never_the_same_twice() {
    let key: PublicKey = GUIDE_KEY.parse().unwrap();
    let boxes: HashSet<Vec<u8>> = (0..64).map(|_| key.seal(b"plain-text-secret").unwrap()).collect();
    assert_eq!(boxes.len(), 64);
    assert!(boxes.iter().all(|sealed| !sealed.windows(5).any(|part| part == b"plain")));
}

#[test]
fn another_key_does_not_open_the_box() {
    let [ours, theirs] = [SecretKey::generate().unwrap(), SecretKey::generate().unwrap()];
    let sealed = ours.public_key().seal(b"x").unwrap();
    assert!(matches!(theirs.open(&sealed), Err(Error::CannotOpen)));
}

#[test]
fn every_changed_bit_and_every_truncation_is_detected() {
    let key = SecretKey::generate().unwrap();
    let sealed = key.public_key().seal(b"value").unwrap();
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        // X25519 ignores bit 255 of the ephemeral key, but the nonce is a hash over the whole key.
        assert!(matches!(key.open(&changed), Err(Error::CannotOpen)), "bit {bit}");
    }
    for length in 0..sealed.len() {
        assert!(matches!(key.open(&sealed[..length]), Err(Error::CannotOpen)), "{length} bytes");
    }
}

#[test]
fn invalid_keys_are_refused() {
    for (text, error) in [
        ("", "the key has 0 bytes, an X25519 key has 32"),
        ("2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcA==", "the key has 31 bytes, an X25519 key has 32"),
        ("2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCUA", "the key has 33 bytes, an X25519 key has 32"),
        ("2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r-dB7TJyvvcCU=", "the key is not standard base64 with padding"),
        ("2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU", "the key is not standard base64 with padding"),
        ("2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=\n", "the key is not standard base64 with padding"),
        (
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "the public key is of low order: anyone could open a value sealed to it",
        ),
    ] {
        assert_eq!(text.parse::<PublicKey>().unwrap_err().to_string(), error, "{text}");
    }
}

#[test]
fn a_secret_key_round_trips_through_its_bytes_and_debug_hides_them() {
    let key = SecretKey::generate().unwrap();
    let again = SecretKey::from_bytes(key.expose()).unwrap();
    assert_eq!(again.public_key(), key.public_key());
    assert!(matches!(SecretKey::from_bytes(&[1; 31]), Err(Error::KeyLength(31))));
    assert_eq!(
        format!("{key:?}"),
        format!("SecretKey {{ public_key: PublicKey({}), .. }}", key.public_key())
    );
}

#[test]
fn an_interrupted_read_continues() {
    struct Interrupted(bool);
    impl io::Read for Interrupted {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if !std::mem::replace(&mut self.0, true) {
                return Err(io::ErrorKind::Interrupted.into());
            }
            Ok(io::Write::write(&mut &mut buffer[..], b"x").unwrap_or(0))
        }
    }
    assert_eq!(SecretValue::read(io::Read::take(Interrupted(false), 3), 9).unwrap().expose(), b"xxx");
}

#[test]
fn a_public_key_prints_as_the_text_it_was_parsed_from() {
    for text in [GUIDE_KEY, "+ZYvJDZMHUfBkJdyq5Zm9SKqeuBQ4sj+6sfjlH4CgG0="] {
        let key: PublicKey = text.parse().unwrap();
        assert_eq!(key.to_string(), text);
        assert_eq!(format!("{key:?}"), format!("PublicKey({text})"));
    }
}

#[test]
fn a_value_is_read_to_its_limit_and_no_further() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk is gone"))
        }
    }
    assert_eq!(SecretValue::read(&b""[..], 0).unwrap().len(), 0);
    let mut value = SecretValue::from("hunter2\n");
    assert!(!value.is_empty());
    for (length, left) in [(9, "hunter2\n"), (7, "hunter2"), (0, "")] {
        value.truncate(length);
        assert_eq!(value.expose(), left.as_bytes());
    }
    assert!(value.is_empty());
    assert_eq!(SecretValue::read(&[7; 49_152][..], 49_152).unwrap().len(), 49_152);
    assert!(matches!(SecretValue::read(&[7; 49_153][..], 49_152), Err(Error::TooLong { limit: 49_152 })));
    let error = SecretValue::read(Broken, 10).unwrap_err();
    assert!(matches!(error, Error::Read(_)));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the disk is gone");
    assert!(std::error::Error::source(&Error::CannotOpen).is_none());
}

proptest! {
    #[test]
    fn any_value_opens_again(value in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let key = SecretKey::generate().unwrap();
        let sealed = key.public_key().seal_base64(&value).unwrap();
        let opened = key.open_base64(&sealed).unwrap();
        prop_assert_eq!(opened.expose(), &value[..]);
    }

    #[test]
    fn any_32_bytes_are_weak_or_a_key_that_round_trips_as_text(bytes: [u8; 32]) {
        if let Ok(key) = PublicKey::from_bytes(bytes) {
            prop_assert_eq!(key.as_bytes(), &bytes);
            prop_assert_eq!(key.to_string().parse::<PublicKey>().unwrap(), key);
        }
    }

    #[test]
    fn any_text_is_a_key_of_32_bytes_or_is_refused(text in "[A-Za-z0-9+/]{0,50}={0,2}") {
        if let Ok(key) = text.parse::<PublicKey>() {
            prop_assert_eq!(key.to_string(), text);
        }
    }
}
