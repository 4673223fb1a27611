//! Writing, reading and deleting secrets in all ten stores.

use crate::common::{Client, STORES, access};
use serde_json::json;

#[test]
fn a_create_answers_201_with_an_empty_object_in_every_store() {
    for store in STORES {
        let answer = Client::new().put_secret(store, "NAME", "value", access(store));
        assert_eq!((answer.status(), answer.text().as_str()), (201, "{}"), "{store}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    }
}

#[test]
fn an_update_answers_204_without_a_body_or_a_content_type() {
    for store in STORES {
        let mut client = Client::new();
        client.put_secret(store, "NAME", "old", access(store));
        let answer = client.put_secret(store, "NAME", "new", access(store));
        assert_eq!((answer.status(), answer.text().as_str()), (204, ""), "{store}");
        assert!(!answer.0.headers().contains_key("content-type"));
        assert_eq!(client.opened(store, "NAME").unwrap(), "new");
    }
}

#[test]
fn every_value_is_opened_even_an_empty_one() {
    for value in ["value", "", "two\nlines", "\u{1f511}"] {
        for store in STORES {
            let mut client = Client::new();
            client.put_secret(store, "NAME", value, access(store));
            assert_eq!(client.opened(store, "name").as_deref(), Some(value), "{store}");
        }
    }
}

#[test]
fn a_name_is_returned_in_upper_case_and_found_in_any_case() {
    let mut client = Client::new();
    client.put_secret("repos/octo/hello/actions", "npm_Token", "value", json!({}));
    for name in ["npm_Token", "NPM_TOKEN", "npm_token"] {
        let secret = client.get(&format!("/repos/octo/hello/actions/secrets/{name}")).json();
        assert_eq!(secret["name"], "NPM_TOKEN");
    }
}

#[test]
fn a_repositorys_secret_has_a_name_two_times_and_no_access() {
    let mut client = Client::new();
    client.put_secret("repos/octo/hello/actions", "NAME", "value", json!({ "visibility": "all" }));
    let secret = client.get("/repos/octo/hello/actions/secrets/NAME").json();
    let times =
        json!({ "name": "NAME", "created_at": "2023-11-23T16:23:35Z", "updated_at": "2023-11-23T16:23:35Z" });
    assert_eq!(secret, times);
}

#[test]
fn codespaces_has_its_own_time_format() {
    for store in ["user/codespaces", "orgs/acme/codespaces", "repos/octo/hello/codespaces"] {
        let mut client = Client::new();
        client.put_secret(store, "NAME", "value", access(store));
        let secret = client.get(&format!("/{store}/secrets/NAME")).json();
        assert_eq!(secret["created_at"], "2023-11-23T16:23:35.000+00:00", "{store}");
    }
}

#[test]
fn an_update_changes_updated_at_only() {
    let mut client = Client::new();
    client.put_secret("orgs/acme/actions", "NAME", "old", access("orgs/acme/actions"));
    client.now += 60;
    client.put_secret("orgs/acme/actions", "NAME", "new", access("orgs/acme/actions"));
    let secret = client.get("/orgs/acme/actions/secrets/NAME").json();
    assert_eq!(secret["created_at"], "2023-11-23T16:23:35Z");
    assert_eq!(secret["updated_at"], "2023-11-23T16:24:35Z");
}

#[test]
fn a_deleted_secret_is_gone_and_cannot_be_deleted_twice() {
    for store in STORES {
        let mut client = Client::new();
        let path = format!("/{store}/secrets/NAME");
        client.put_secret(store, "NAME", "value", access(store));
        let answer = client.delete(&path);
        assert_eq!((answer.status(), answer.text().as_str()), (204, ""), "{store}");
        assert_eq!(client.delete(&path).refusal(), (404, "Not Found".to_owned()));
        assert_eq!(client.get(&path).status(), 404);
        assert!(client.opened(store, "NAME").is_none());
    }
}

#[test]
fn a_missing_secret_is_a_404_that_names_its_page() {
    let answer = Client::new().get("/repos/octo/hello/environments/prod/secrets/NAME");
    let url = "https://docs.github.com/rest/actions/secrets#get-an-environment-secret";
    assert_eq!(answer.json(), json!({ "message": "Not Found", "documentation_url": url, "status": "404" }));
}

#[test]
fn the_same_name_in_two_stores_is_two_secrets() {
    let mut client = Client::new();
    for store in STORES {
        client.put_secret(store, "NAME", store, access(store));
    }
    for store in STORES {
        assert_eq!(client.opened(store, "NAME").as_deref(), Some(store));
    }
    assert_eq!(client.world.opened_values().len(), STORES.len());
}
