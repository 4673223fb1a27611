//! Stale reads after a write.

use crate::common::{Client, STORES, access};
use serde_json::json;
use std::time::Duration;

const STORE: &str = "user/codespaces";
const SECRET: &str = "/user/codespaces/secrets/NAME";

#[test]
fn the_next_requests_after_a_write_are_stale() {
    for store in STORES {
        let mut client = Client::new();
        client.world.stale_requests(2);
        client.put_secret(store, "NAME", "value", access(store));
        let path = format!("/{store}/secrets");
        assert_eq!(client.get(&format!("{path}/NAME")).status(), 404, "{store}");
        assert_eq!(client.get(&path).json()["total_count"], 0, "{store}");
        assert_eq!(client.get(&path).json()["total_count"], 1, "{store}");
        assert_eq!(client.get(&format!("{path}/NAME")).status(), 200, "{store}");
    }
}

#[test]
fn reads_are_stale_for_a_time() {
    let mut client = Client::new();
    client.world.stale_time(Duration::from_secs(5));
    client.put_secret(STORE, "NAME", "value", json!({}));
    client.now += 5;
    let before = client.get(SECRET).json();
    client.put_secret(STORE, "NAME", "other", json!({ "selected_repository_ids": [1] }));
    client.now += 4;
    assert_eq!(client.get(SECRET).json(), before);
    assert_eq!(client.get(&format!("{SECRET}/repositories")).json()["total_count"], 0);
    client.now += 1;
    assert_ne!(client.get(SECRET).json(), before);
    assert_eq!(client.get(&format!("{SECRET}/repositories")).json()["total_count"], 1);
}

#[test]
fn each_of_several_writes_becomes_visible_in_turn() {
    let mut client = Client::new();
    client.world.stale_time(Duration::from_secs(10));
    client.put_secret(STORE, "NAME", "one", json!({}));
    client.now += 5;
    client.delete(SECRET);
    assert_eq!(client.get(SECRET).status(), 404, "neither write is visible");
    client.now += 5;
    assert_eq!(client.get(SECRET).status(), 200, "the first write is visible");
    client.now += 5;
    assert_eq!(client.get(SECRET).status(), 404, "both writes are visible");
}

#[test]
fn opened_values_are_never_stale_and_writes_see_writes() {
    let mut client = Client::new();
    client.world.stale_requests(100);
    assert_eq!(client.put_secret(STORE, "NAME", "one", json!({})).status(), 201);
    assert_eq!(client.put_secret(STORE, "NAME", "two", json!({})).status(), 204);
    assert_eq!(client.get(SECRET).status(), 404);
    assert_eq!(client.opened(STORE, "NAME").unwrap(), "two");
}

#[test]
fn a_refused_write_makes_nothing_stale() {
    let mut client = Client::new();
    client.put_secret(STORE, "NAME", "value", json!({}));
    client.world.stale_requests(100);
    client.delete("/user/codespaces/secrets/OTHER");
    client.put(SECRET, json!({}));
    assert_eq!(client.get(SECRET).status(), 200);
}
