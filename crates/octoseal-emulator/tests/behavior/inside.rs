//! The stored state that a test can see, and the secrets that no output shows.

use crate::common::{Client, STORES, access};
use octoseal_emulator::Access;
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn stored_secrets_are_listed_with_their_access() {
    let mut client = Client::new();
    let store = "orgs/acme/codespaces";
    client.put_secret(store, "a", "v", json!({ "visibility": "all", "selected_repository_ids": [1] }));
    client.put_secret(store, "b", "v", json!({ "visibility": "private" }));
    client.put_secret(store, "c", "v", json!({ "visibility": "selected", "selected_repository_ids": [2] }));
    let secrets = client.world.secrets(store);
    let names: Vec<&str> = secrets.iter().map(|secret| secret.name.as_str()).collect();
    let accesses: Vec<Access> = secrets.iter().map(|secret| secret.access.clone()).collect();
    assert_eq!(names, ["A", "B", "C"]);
    assert_eq!(accesses, [Access::All, Access::Private, Access::Selected(BTreeSet::from([2]))]);
    client.put_secret("repos/o/r/agents", "a", "v", json!({}));
    assert_eq!(client.world.secrets("repos/o/r/agents")[0].access, Access::Owner);
}

#[test]
fn the_path_of_no_store_has_no_secrets() {
    let client = Client::new();
    for path in ["", "user", "nowhere/at/all", "user/codespaces"] {
        assert!(client.world.opened_value(path, "NAME").is_none());
        assert!(client.world.secrets(path).is_empty());
    }
}

#[test]
fn no_debug_shows_a_value_a_token_or_a_key() {
    let mut client = Client::new();
    client.world.token("ghp_any", &["repo", "admin:org", "codespace"]);
    for store in STORES {
        client.put_secret(store, "NAME", "hunter2", access(store));
    }
    let shown = format!("{:?} {:?}", client.world, client.world.opened_values());
    assert!(shown.contains("NAME"), "{shown}");
    let keys: serde_json::Value = serde_json::from_slice(client.world.secret_keys_json().expose()).unwrap();
    for entry in keys.as_object().unwrap().values() {
        assert!(!shown.contains(entry["secret_key"].as_str().unwrap()));
    }
    for secret in ["hunter2", "ghp_any", &format!("{:?}", b"hunter2")] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn no_answer_holds_a_plaintext() {
    let mut client = Client::new();
    for store in STORES {
        client.put_secret(store, "NAME", "hunter2", access(store));
        for path in ["secrets", "secrets/NAME", "secrets/public-key"] {
            assert!(!client.get(&format!("/{store}/{path}")).text().contains("hunter2"));
        }
    }
}
