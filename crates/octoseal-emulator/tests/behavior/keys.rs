//! Public keys: one for each store, even if stores share an id.

use crate::common::{Client, STORES, access};
use octoseal_crypto::{PublicKey, SecretKey};
use serde_json::Value;
use std::collections::BTreeSet;

fn key(client: &mut Client, store: &str) -> (String, String) {
    let key = client.get(&format!("/{store}/secrets/public-key")).json();
    assert_eq!(key.as_object().unwrap().len(), 2);
    (key["key_id"].as_str().unwrap().to_owned(), key["key"].as_str().unwrap().to_owned())
}

#[test]
fn every_store_has_its_own_key_and_keeps_it() {
    let mut client = Client::new();
    let keys: BTreeSet<String> = STORES.iter().map(|store| key(&mut client, store).1).collect();
    assert_eq!(keys.len(), STORES.len());
    for store in STORES {
        let (_, public_key) = key(&mut client, store);
        assert!(keys.contains(&public_key));
        assert!(public_key.parse::<PublicKey>().is_ok());
    }
}

#[test]
fn one_key_id_names_several_keys() {
    let mut client = Client::new();
    let (id, repository) = key(&mut client, "repos/octo/hello/actions");
    let (same_id, environment) = key(&mut client, "repos/octo/hello/environments/test");
    assert_eq!(id, same_id);
    assert_ne!(repository, environment);
    assert_ne!(key(&mut client, "repos/octo/hello/dependabot").0, id);
    assert_ne!(key(&mut client, "repos/octo/hello/codespaces").0, id);
}

#[test]
fn a_key_id_is_up_to_19_digits_and_may_begin_with_zero() {
    let mut client = Client::new();
    let ids: Vec<String> = STORES.iter().map(|store| key(&mut client, store).0).collect();
    assert!(ids.iter().all(|id| id.len() <= 19 && id.bytes().all(|byte| byte.is_ascii_digit())), "{ids:?}");
    assert!(ids.iter().any(|id| id.starts_with('0')), "{ids:?}");
    assert!(ids.iter().any(|id| id.len() == 19), "{ids:?}");
}

#[test]
fn a_box_for_the_repository_does_not_open_in_its_environment() {
    let mut client = Client::new();
    client.seal("repos/octo/hello/environments/prod", b"");
    let body = client.seal("repos/octo/hello/actions", b"value");
    let answer = client.put("/repos/octo/hello/environments/prod/secrets/NAME", body);
    assert_eq!(answer.status(), 422);
}

#[test]
fn a_rotated_key_has_a_new_id_and_old_boxes_do_not_open() {
    for store in STORES {
        let mut client = Client::new();
        client.put_secret(store, "STORED", "value", access(store));
        let (old, stale) = (key(&mut client, store), client.seal(store, b"value"));
        let id = client.world.rotate_key(store).unwrap();
        let new = key(&mut client, store);
        assert_eq!(new.0, id);
        assert!(new.0 != old.0 && new.1 != old.1);
        let more = access(store);
        assert_eq!(client.put_secret(store, "NAME", "value", more).status(), 201);
        let mut stale = stale;
        stale["visibility"] = "all".into();
        assert_eq!(client.put(&format!("/{store}/secrets/NAME"), stale).status(), 422);
        assert_eq!(client.opened(store, "STORED").as_deref(), Some("value"));
    }
}

#[test]
fn a_key_can_change_under_its_id() {
    let mut client = Client::new();
    let old = key(&mut client, "repos/o/r/environments/test");
    let stale = client.seal("repos/o/r/environments/test", b"value");
    client.world.rotate_key_keeping_id("repos/o/r/environments/TEST").unwrap();
    let new = key(&mut client, "repos/o/r/environments/test");
    assert!(new.0 == old.0 && new.1 != old.1);
    assert_eq!(client.put("/repos/o/r/environments/test/secrets/NAME", stale).status(), 422);
}

#[test]
fn the_key_of_no_store_cannot_be_rotated() {
    let error = Client::new().world.rotate_key("user/actions").unwrap_err();
    assert_eq!(error.to_string(), "GitHub has no store with the path \"user/actions\"");
}

#[test]
fn the_secret_keys_open_the_boxes_elsewhere() {
    let mut client = Client::new();
    assert_eq!(client.world.secret_keys_json().expose(), b"{}");
    let odd = "repos/o/r/environments/a%2Fb%22";
    let stores: Vec<&str> = STORES.into_iter().chain([odd]).collect();
    let boxes: Vec<Value> = stores.iter().map(|store| client.seal(store, store.as_bytes())).collect();
    let keys: Value = serde_json::from_slice(client.world.secret_keys_json().expose()).unwrap();
    assert_eq!(client.world.keys_made(), stores.len() as u64);
    assert_eq!(keys.as_object().unwrap().len(), stores.len());
    for (store, sealed) in stores.iter().zip(boxes) {
        let entry = &keys[store.replace("a%2Fb%22", "a%2fb%22").replace("%2f", "%2F")];
        assert_eq!(entry["key_id"], sealed["key_id"], "{store}");
        let bytes = base64(entry["secret_key"].as_str().unwrap());
        let pair = SecretKey::from_bytes(&bytes).unwrap();
        assert_eq!(entry["public_key"], pair.public_key().to_string());
        let opened = pair.open_base64(sealed["encrypted_value"].as_str().unwrap()).unwrap();
        assert_eq!(opened.expose(), store.as_bytes());
    }
}

fn base64(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}
