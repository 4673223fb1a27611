//! Selected repositories, and the JSON types of their ids.

use crate::common::{Client, STORES};
use serde_json::{Value, json};

fn selecting() -> impl Iterator<Item = &'static str> {
    STORES.into_iter().filter(|store| !store.starts_with("repos/"))
}

/// Creates a client whose stores all have a secret `NAME` without access for any repository.
fn client() -> Client {
    let mut client = Client::new();
    for store in selecting() {
        client.put_secret(store, "NAME", "value", json!({ "visibility": "selected" }));
    }
    client
}

fn ids(client: &mut Client, store: &str) -> Vec<Value> {
    client.get(&format!("/{store}/secrets/NAME/repositories")).column("repositories", "id")
}

#[test]
fn a_selection_can_be_replaced_extended_and_reduced() {
    for store in selecting() {
        let mut client = client();
        let path = format!("/{store}/secrets/name/repositories");
        let body = json!({ "selected_repository_ids": [3, 1, 9_000_000_000_u64] });
        assert_eq!(client.put(&path, body).status(), 204);
        assert_eq!(ids(&mut client, store), [json!(1), json!(3), json!(9_000_000_000_u64)]);
        assert_eq!(client.put(&format!("{path}/2"), json!({})).status(), 204);
        assert_eq!(client.delete(&format!("{path}/3")).status(), 204);
        assert_eq!(ids(&mut client, store), [json!(1), json!(2), json!(9_000_000_000_u64)]);
        assert_eq!(client.put(&path, json!({ "selected_repository_ids": [] })).status(), 204);
        assert!(ids(&mut client, store).is_empty());
    }
}

#[test]
fn adding_twice_and_removing_twice_change_nothing_more() {
    let mut client = client();
    let path = "/user/codespaces/secrets/NAME/repositories/7";
    for _ in 0..2 {
        assert_eq!(client.put(path, json!({})).status(), 204);
        assert_eq!(ids(&mut client, "user/codespaces"), [7]);
    }
    for _ in 0..2 {
        assert_eq!(client.delete(path).status(), 204);
    }
    assert!(ids(&mut client, "user/codespaces").is_empty());
}

#[test]
fn another_visibility_is_a_conflict() {
    for visibility in ["all", "private"] {
        for store in selecting().filter(|store| store.starts_with("orgs/")) {
            let mut client = Client::new();
            client.put_secret(store, "NAME", "value", json!({ "visibility": visibility }));
            let path = format!("/{store}/secrets/NAME/repositories");
            assert_eq!(client.put(&path, json!({ "selected_repository_ids": [1] })).status(), 409);
            assert_eq!(client.put(&format!("{path}/1"), json!({})).status(), 409);
            assert_eq!(client.delete(&format!("{path}/1")).status(), 409);
            assert!(ids(&mut client, store).is_empty());
        }
    }
}

#[test]
fn a_missing_secret_has_no_repositories() {
    for store in selecting() {
        let mut client = Client::new();
        let path = format!("/{store}/secrets/NAME/repositories");
        assert_eq!(client.get(&path).status(), 404);
        assert_eq!(client.put(&path, json!({ "selected_repository_ids": [1] })).status(), 404);
        assert_eq!(client.put(&format!("{path}/1"), json!({})).status(), 404);
        assert_eq!(client.delete(&format!("{path}/1")).status(), 404);
    }
}

#[test]
fn a_path_with_an_id_that_is_no_number_is_not_found() {
    let mut client = client();
    for id in ["x", "-1", "1.0", "99999999999999999999"] {
        let path = format!("/orgs/acme/actions/secrets/NAME/repositories/{id}");
        assert_eq!(client.put(&path, json!({})).status(), 404, "{id}");
        assert_eq!(client.delete(&path).status(), 404, "{id}");
    }
}

#[test]
fn replacing_a_selection_needs_integers() {
    for store in selecting() {
        let mut client = client();
        let path = format!("/{store}/secrets/NAME/repositories");
        for ids in [json!(["1"]), json!([1.5]), json!([-1]), json!([null]), json!("1"), json!({})] {
            let answer = client.put(&path, json!({ "selected_repository_ids": ids }));
            assert_eq!(answer.status(), 422, "{store} {ids}");
        }
        let text = "Invalid request.\n\n\"selected_repository_ids\" wasn't supplied.";
        assert_eq!(client.put(&path, json!({})).refusal(), (422, text.to_owned()));
    }
}

/// Returns the status and the message of a write with these ids.
fn takes(version: &'static str, store: &str, ids: Value) -> (u16, String) {
    let mut client = Client::new();
    client.version = version;
    let more = json!({ "visibility": "selected", "selected_repository_ids": ids });
    let answer = client.put_secret(store, "NAME", "value", more);
    let message = answer.json()["message"].as_str().unwrap_or_default().to_owned();
    (answer.status(), message.replace("Invalid request.\n\n", ""))
}

#[test]
fn the_older_version_requires_strings_for_dependabot_and_integers_elsewhere() {
    let integers = (422, "For 'items', \"58\" is not an integer.".to_owned());
    let strings = "Invalid property /selected_repository_ids/0: `58` is not of type `string`.";
    for store in selecting() {
        let (with_strings, with_integers) = match store {
            "orgs/acme/dependabot" => ((201, String::new()), (422, strings.to_owned())),
            "user/codespaces" => ((201, String::new()), (201, String::new())),
            _ => (integers.clone(), (201, String::new())),
        };
        assert_eq!(takes("2022-11-28", store, json!(["58"])), with_strings, "{store}");
        assert_eq!(takes("2022-11-28", store, json!([58])), with_integers, "{store}");
    }
}

#[test]
fn the_later_version_requires_integers_everywhere() {
    for store in selecting() {
        assert_eq!(takes("2026-03-10", store, json!([58])).0, 201, "{store}");
        let with_strings = if store == "user/codespaces" { 201 } else { 422 };
        assert_eq!(takes("2026-03-10", store, json!(["58"])).0, with_strings, "{store}");
    }
}

#[test]
fn a_string_that_is_no_number_is_no_id() {
    assert_eq!(takes("2022-11-28", "user/codespaces", json!(["octo/hello"])).0, 422);
    assert_eq!(takes("2022-11-28", "orgs/acme/dependabot", json!([""])).0, 422);
}

#[test]
fn an_update_without_ids_clears_the_selection() {
    for store in selecting() {
        let mut client = client();
        client.put(&format!("/{store}/secrets/NAME/repositories/7"), json!({}));
        client.put_secret(store, "NAME", "new", json!({ "visibility": "selected" }));
        assert!(ids(&mut client, store).is_empty(), "{store}");
    }
}

#[test]
fn ids_of_unknown_repositories_are_accepted_until_repositories_are_declared() {
    let mut client = client();
    let body = json!({ "selected_repository_ids": [123] });
    let path = "/orgs/acme/actions/secrets/NAME/repositories";
    assert_eq!(client.put(path, body.clone()).status(), 204);
    client.world.repository("acme/api").repository_id("acme/api", 99);
    assert_eq!(client.put(path, body).status(), 422);
    assert_eq!(client.put(&format!("{path}/123"), json!({})).status(), 404);
    assert_eq!(client.put(&format!("{path}/99"), json!({})).status(), 204);
    let more = json!({ "visibility": "selected", "selected_repository_ids": [123] });
    assert_eq!(client.put_secret("orgs/acme/actions", "OTHER", "v", more).status(), 422);
}

#[test]
fn a_selected_repository_is_described_in_full() {
    let mut client = client();
    let repository = client.get("/repos/acme/api").json();
    client.put(&format!("/orgs/acme/actions/secrets/NAME/repositories/{}", repository["id"]), json!({}));
    let answer = client.get("/orgs/acme/actions/secrets/NAME/repositories");
    assert_eq!(answer.json()["total_count"], 1);
    let listed = &answer.json()["repositories"][0];
    assert_eq!(listed["full_name"], "acme/api");
    assert_eq!(listed["name"], "api");
    assert_eq!(listed["owner"]["login"], "acme");
    assert_eq!(listed["id"], repository["id"]);
    assert_eq!(listed["private"], true);
}

#[test]
fn selected_repositories_come_in_pages() {
    let mut client = client();
    let ids: Vec<u64> = (1..=5).collect();
    let path = "/orgs/acme/codespaces/secrets/NAME/repositories";
    client.put(path, json!({ "selected_repository_ids": ids }));
    let answer = client.get(&format!("{path}?per_page=3"));
    assert_eq!(answer.json()["total_count"], 5);
    let answer = client.get(&answer.link("next").unwrap());
    assert_eq!(answer.column("repositories", "id"), [4, 5]);
}

#[test]
fn an_organization_cannot_select_the_repository_of_another_owner() {
    let mut client = client();
    client.world.repository_id("acme/api", 1).repository_id("octo/hello", 2);
    for store in selecting().filter(|store| store.starts_with("orgs/")) {
        let path = format!("/{store}/secrets/NAME/repositories");
        let answer = client.put(&path, json!({ "selected_repository_ids": [1, 2] }));
        assert_eq!(
            answer.refusal(),
            (422, "Invalid request.\n\n2 is not the id of a repository.".to_owned())
        );
        assert_eq!(client.put(&format!("{path}/2"), json!({})).status(), 404);
        let ids_sent = if store.ends_with("dependabot") { json!(["2"]) } else { json!([2]) };
        let more = json!({ "visibility": "selected", "selected_repository_ids": ids_sent });
        assert_eq!(client.put_secret(store, "NAME", "value", more).status(), 422, "{store}");
        assert!(ids(&mut client, store).is_empty());
        assert_eq!(client.put(&format!("{path}/1"), json!({})).status(), 204);
    }
    let path = "/user/codespaces/secrets/NAME/repositories/2";
    assert_eq!(client.put(path, json!({})).status(), 204, "a user may have access to any repository");
}
