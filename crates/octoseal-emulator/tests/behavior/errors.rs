//! Refusals of invalid requests, word by word.

use crate::common::{Answer, Client, STORES, access};
use octoseal_crypto::SecretKey;
use serde_json::{Value, json};

const STORE: &str = "repos/octo/hello/actions";

/// Puts a valid body after changing it.
fn put_changed(store: &str, change: impl Fn(&mut Value)) -> Answer {
    let mut client = Client::new();
    let mut body = client.seal(store, b"value");
    if store.starts_with("orgs/") {
        body["visibility"] = "all".into();
    }
    change(&mut body);
    let answer = client.put(&format!("/{store}/secrets/NAME"), body);
    assert!(client.world.opened_values().is_empty(), "a refused value is not stored");
    answer
}

#[test]
fn a_name_is_checked_as_github_does() {
    let text = "Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). \
                Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).";
    for store in STORES {
        for name in ["1NAME", "NA-ME", "NA%20ME", "N%C3%84ME", "NA.ME", "%2F", "public-key", "-", "%C5%BF"] {
            let answer = Client::new().put_secret(store, name, "value", access(store));
            assert_eq!(answer.refusal(), (422, text.to_owned()), "{store} {name}");
            assert_eq!(answer.json()["status"], "422");
            assert!(answer.json().get("errors").is_none());
        }
        for name in ["_", "a1", "Name_2", "GITHUB", "COPILOT_MCP_X"] {
            assert_eq!(
                Client::new().put_secret(store, name, "v", access(store)).status(),
                201,
                "{store} {name}"
            );
        }
    }
}

#[test]
fn a_name_must_not_start_with_github_in_any_case() {
    for name in ["GITHUB_X", "github_x", "GitHub_"] {
        let answer = Client::new().put_secret(STORE, name, "value", json!({}));
        assert_eq!(answer.refusal(), (422, "Secret names must not start with GITHUB_.".to_owned()));
    }
}

#[test]
fn a_body_that_is_no_json_object_is_a_400() {
    for (body, message) in [
        ("{", "Problems parsing JSON"),
        ("key_id=1", "Problems parsing JSON"),
        ("[]", "Body should be a JSON object"),
        ("\"text\"", "Body should be a JSON object"),
    ] {
        let mut client = Client::new();
        let request = client.request("PUT", &format!("/{STORE}/secrets/NAME"), body);
        assert_eq!(client.send(request).refusal(), (400, message.to_owned()));
    }
}

#[test]
fn a_missing_field_is_named() {
    for store in STORES {
        for field in ["key_id", "encrypted_value"] {
            let answer = put_changed(store, |body| drop(body.as_object_mut().unwrap().remove(field)));
            let text = format!("Invalid request.\n\n\"{field}\" wasn't supplied.");
            assert_eq!(answer.refusal(), (422, text), "{store}");
        }
    }
    let answer =
        put_changed("orgs/acme/agents", |body| drop(body.as_object_mut().unwrap().remove("visibility")));
    assert_eq!(answer.message(), "Invalid request.\n\n\"visibility\" wasn't supplied.");
    let answer = put_changed(STORE, |body| *body = json!({}));
    assert_eq!(answer.message(), "Invalid request.\n\n\"encrypted_value\", \"key_id\" weren't supplied.");
}

#[test]
fn an_empty_body_lacks_every_field() {
    let mut client = Client::new();
    let request = client.request("PUT", "/user/codespaces/secrets/NAME", "");
    assert_eq!(client.send(request).status(), 422);
}

#[test]
fn a_value_that_is_not_base64_is_repeated_in_the_message() {
    for text in ["my plain secret", "", "AAA", "AA\nA", "-_-_"] {
        let answer = put_changed(STORE, |body| body["encrypted_value"] = text.into());
        let pattern =
            r"/^(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=|[A-Za-z0-9+\/]{4})$/";
        assert_eq!(answer.refusal(), (422, format!("Invalid request.\n\n{text} does not match {pattern}.")));
    }
}

#[test]
fn a_key_id_that_is_a_number_is_refused() {
    let answer = put_changed(STORE, |body| body["key_id"] = 568_250_167_242_549_743_u64.into());
    let text = "Invalid request.\n\nFor 'properties/key_id', 568250167242549743 is not a string.";
    assert_eq!(answer.refusal(), (422, text.to_owned()));
}

#[test]
fn a_box_that_the_store_cannot_open_is_refused() {
    let improper = (422, "Bad request - validation failed due to an improperly encrypted secret".to_owned());
    let other = SecretKey::generate().unwrap().public_key().seal_base64(b"value").unwrap();
    for store in STORES {
        let answer = put_changed(store, |body| body["encrypted_value"] = other.clone().into());
        assert_eq!(answer.refusal(), improper, "{store}");
        assert_eq!(answer.json()["status"], "422");
        assert!(answer.json().get("errors").is_none());
    }
    for text in ["AAAA", "c2VhbGVk", "AAB="] {
        let answer = put_changed(STORE, |body| body["encrypted_value"] = text.into());
        assert_eq!(answer.refusal(), improper, "{text}");
    }
}

#[test]
fn a_truncated_or_changed_box_is_refused() {
    let answer = put_changed(STORE, |body| {
        let text = body["encrypted_value"].as_str().unwrap();
        body["encrypted_value"] = text[..64].into();
    });
    assert_eq!(answer.status(), 422);
    let answer = put_changed(STORE, |body| {
        let text = body["encrypted_value"].as_str().unwrap();
        let first = if text.starts_with('A') { "B" } else { "A" };
        body["encrypted_value"] = format!("{first}{}", &text[1..]).into();
    });
    assert_eq!(answer.status(), 422);
}

#[test]
fn a_key_id_of_another_key_is_refused() {
    for store in STORES {
        let answer = put_changed(store, |body| body["key_id"] = "1".into());
        assert!(answer.message().ends_with("improperly encrypted secret"), "{store}");
    }
}

#[test]
fn a_value_has_at_most_49152_bytes() {
    let mut client = Client::new();
    let longest = "x".repeat(49_152);
    assert_eq!(client.put_secret(STORE, "LONGEST", &longest, json!({})).status(), 201);
    let answer = client.put_secret(STORE, "LONGER", &format!("{longest}x"), json!({}));
    assert_eq!(answer.refusal(), (422, "Value is too large.".to_owned()));
    assert!(client.opened(STORE, "LONGER").is_none());
}

#[test]
fn an_unknown_visibility_is_refused_by_organizations_and_ignored_elsewhere() {
    for store in STORES {
        let answer = Client::new().put_secret(store, "NAME", "value", json!({ "visibility": "internal" }));
        assert_eq!(answer.status(), if store.starts_with("orgs/") { 422 } else { 201 }, "{store}");
    }
}

#[test]
fn a_refused_update_leaves_the_old_value() {
    let mut client = Client::new();
    client.put_secret("orgs/acme/actions", "NAME", "old", json!({ "visibility": "all" }));
    client.put_secret("orgs/acme/actions", "NAME", "new", json!({ "visibility": "none" }));
    assert_eq!(client.opened("orgs/acme/actions", "NAME").as_deref(), Some("old"));
}
