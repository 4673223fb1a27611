//! Traces of creating a secret key, copying one, and opening a box with one.

use crate::agreement::agreed;
use crate::case::{Case, Expected, Held};
use crate::child::{Child, input, say};
use crate::secret::{Secret, random};
use octoseal_crypto::{Error, PublicKey, SecretKey, SecretValue};

const KEY: &[usize] = &[32];

pub(crate) const CASES: &[Case] = &[
    Case::new("key_generated", Expected::Wiped, |child| {
        let key = SecretKey::generate().unwrap();
        child.write_masked(key.expose());
        held(key)
    })
    .lengths(KEY)
    .wanted(Secret::unmask),
    Case::new("key_from_bytes", Expected::Wiped, |child| held(key(child))).lengths(KEY),
    Case::new("key_from_too_many_bytes", Expected::Nothing, |child| {
        assert!(matches!(SecretKey::from_bytes(&child.wiped_later()), Err(Error::KeyLength(33))));
        None
    })
    .lengths(&[33]),
    Case::new("key_that_opens", Expected::Wiped, |child| {
        let key = key(child);
        assert_eq!(key.open(&input()).unwrap().expose(), b"value");
        held(key)
    })
    .lengths(KEY)
    .input(|secret| public_key_of(secret).seal(b"value").unwrap()),
    Case::new("key_that_does_not_open", Expected::Wiped, |child| {
        let key = key(child);
        assert!(matches!(key.open(&[7; 100]), Err(Error::CannotOpen)));
        held(key)
    })
    .lengths(KEY),
    Case::new("open", Expected::Wiped, |child| {
        let (key, sealed) = key_and_box();
        opened(child, key.open(&sealed).unwrap())
    })
    .input(seal),
    Case::new("open_base64", Expected::Wiped, |child| {
        let (key, sealed) = key_and_box();
        opened(child, key.open_base64(std::str::from_utf8(&sealed).unwrap()).unwrap())
    })
    .input(seal_base64),
    Case::new("open_of_a_changed_box", Expected::Nothing, |_| {
        let (key, mut sealed) = key_and_box();
        *sealed.last_mut().unwrap() ^= 1;
        assert!(matches!(key.open(&sealed), Err(Error::CannotOpen)));
        None
    })
    .input(seal),
    Case::new("seal_and_its_shared_secret", Expected::Nothing, |_| {
        let recipient = PublicKey::from_bytes(input().try_into().unwrap()).unwrap();
        say(&recipient.seal(b"value").unwrap());
        None
    })
    .lengths(KEY)
    .input(|secret| public_key_of(secret).as_bytes().to_vec())
    .wanted(agreed),
    Case::new("open_and_its_shared_secret", Expected::Nothing, |child| {
        let sealed = input();
        assert_eq!(key(child).open(&sealed).unwrap().expose(), b"value");
        say(&sealed);
        None
    })
    .lengths(KEY)
    .input(|secret| public_key_of(secret).seal(b"value").unwrap())
    .wanted(agreed),
];

fn held(key: SecretKey) -> Held {
    Some(Box::new(key))
}

/// Creates the key whose bytes are the secret.
fn key(child: &Child) -> SecretKey {
    SecretKey::from_bytes(&child.wiped_later()).unwrap()
}

fn opened(child: &Child, value: SecretValue) -> Held {
    assert_eq!(value.len(), child.length);
    Some(Box::new(value))
}

/// Derives, in the parent, the public half of the key whose bytes are the secret.
fn public_key_of(secret: &Secret) -> PublicKey {
    SecretKey::from_bytes(&secret.bytes()).unwrap().public_key()
}

/// Creates, in the child, a key that is not searched for, and a box sealed to it.
fn key_and_box() -> (SecretKey, Vec<u8>) {
    let mut bytes = input();
    let sealed = bytes.split_off(32);
    (SecretKey::from_bytes(&bytes).unwrap(), sealed)
}

/// Seals a box in the parent. See [`key_and_box`].
fn seal(secret: &Secret) -> Vec<u8> {
    let key = SecretKey::from_bytes(&random::<32>()).unwrap();
    [&key.expose()[..], &key.public_key().seal(&secret.bytes()).unwrap()].concat()
}

fn seal_base64(secret: &Secret) -> Vec<u8> {
    let key = SecretKey::from_bytes(&random::<32>()).unwrap();
    [&key.expose()[..], key.public_key().seal_base64(&secret.bytes()).unwrap().as_bytes()].concat()
}
