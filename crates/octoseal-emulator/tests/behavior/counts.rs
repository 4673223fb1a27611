//! The maximum numbers of secrets in a store.

use crate::common::{Answer, Client, access};
use serde_json::Value;

/// Puts `count` secrets into a store, sealed once, and returns the last answer.
fn fill(client: &mut Client, store: &str, count: usize) -> Answer {
    client.world.rate_limit(1_000_000);
    let mut body = client.seal(store, b"value");
    if let Value::String(visibility) = &access(store)["visibility"] {
        body["visibility"] = visibility.as_str().into();
    }
    let put = |number| client.put(&format!("/{store}/secrets/S_{number}"), body.clone());
    (0..count).map(put).last().unwrap()
}

#[test]
fn a_full_store_refuses_one_more_and_accepts_new_values() {
    for (store, most) in [
        ("repos/octo/hello/actions", 100),
        ("repos/octo/hello/codespaces", 100),
        ("repos/octo/hello/environments/prod", 100),
        ("user/codespaces", 100),
        ("orgs/acme/codespaces", 100),
        ("orgs/acme/actions", 1_000),
    ] {
        let mut client = Client::new();
        assert_eq!(fill(&mut client, store, most).status(), 201, "{store}");
        let answer = client.put_secret(store, "ONE_MORE", "value", access(store));
        let text = format!("Secrets limit reached: no more than {most} secrets are allowed.");
        assert_eq!(answer.refusal(), (422, text), "{store}");
        assert_eq!(client.put_secret(store, "s_1", "value", access(store)).status(), 204, "{store}");
        assert_eq!(client.delete(&format!("/{store}/secrets/S_1")).status(), 204);
        assert_eq!(client.put_secret(store, "ONE_MORE", "value", access(store)).status(), 201, "{store}");
    }
}

#[test]
fn count_limits_can_be_switched_off() {
    let mut client = Client::new();
    client.world.count_limits(false);
    assert_eq!(fill(&mut client, "user/codespaces", 101).status(), 201);
}
