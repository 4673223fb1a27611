//! Conditional requests.

use crate::common::{Answer, Client, STORES, access};
use serde_json::json;

const STORE: &str = "user/codespaces";

fn get_if_none_match(client: &mut Client, path: &str, tags: &str) -> Answer {
    let mut request = client.request("GET", path, "");
    request.headers_mut().insert("if-none-match", tags.parse().unwrap());
    client.send(request)
}

#[test]
fn a_known_answer_is_a_304_without_body_that_is_not_counted() {
    for store in STORES {
        let mut client = Client::new();
        client.put_secret(store, "NAME", "value", access(store));
        for path in ["secrets", "secrets/NAME", "secrets/public-key"].map(|path| format!("/{store}/{path}")) {
            let full = client.get(&path);
            let tag = full.header("etag").to_owned();
            assert!(tag.starts_with("W/\"") && tag.len() == 68, "{tag}");
            let answer = get_if_none_match(&mut client, &path, &tag);
            assert_eq!((answer.status(), answer.text().as_str()), (304, ""), "{path}");
            assert_eq!((answer.header("etag"), answer.header("content-type")), (tag.as_str(), ""));
            assert_eq!(answer.header("x-ratelimit-used"), full.header("x-ratelimit-used"));
        }
    }
}

#[test]
fn a_changed_secret_has_another_tag() {
    let mut client = Client::new();
    client.put_secret(STORE, "NAME", "value", json!({}));
    let tag = client.get(&format!("/{STORE}/secrets")).header("etag").to_owned();
    client.now += 1;
    client.put_secret(STORE, "NAME", "other", json!({}));
    let answer = get_if_none_match(&mut client, &format!("/{STORE}/secrets"), &tag);
    assert_eq!(answer.status(), 200);
    assert_ne!(answer.header("etag"), tag);
}

#[test]
fn one_of_several_tags_or_a_star_matches_weak_or_strong() {
    let mut client = Client::new();
    let tag = client.get("/user").header("etag").to_owned();
    let strong = tag.trim_start_matches("W/").to_owned();
    for tags in [format!("\"x\", {tag}"), strong, "*".to_owned()] {
        assert_eq!(get_if_none_match(&mut client, "/user", &tags).status(), 304, "{tags}");
    }
    for tags in ["", "\"x\"", "W/\"\""] {
        assert_eq!(get_if_none_match(&mut client, "/user", tags).status(), 200, "{tags}");
    }
}

#[test]
fn a_refusal_has_no_tag_and_a_new_secret_a_strong_one() {
    let mut client = Client::new();
    let created = client.put_secret(STORE, "NAME", "value", json!({}));
    assert!(created.header("etag").starts_with('"'));
    assert_eq!(client.put_secret(STORE, "NAME", "value", json!({})).header("etag"), "");
    assert_eq!(client.get("/nowhere").header("etag"), "");
    assert_eq!(client.get("/rate_limit").header("etag"), "");
}

#[test]
fn an_exhausted_limit_is_a_403_for_a_conditional_request_as_well() {
    let mut client = Client::new();
    client.world.rate_limit(1);
    let tag = client.get("/user").header("etag").to_owned();
    assert_eq!(get_if_none_match(&mut client, "/user", &tag).status(), 403);
}
