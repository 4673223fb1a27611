//! Environments: listed, created, updated, deleted.

use crate::common::Client;
use serde_json::{Value, json};

const PATH: &str = "/repos/octo/hello/environments";

fn names(client: &mut Client) -> Vec<Value> {
    client.get(PATH).column("environments", "name")
}

#[test]
fn an_environment_is_created_updated_and_distinct_by_more_than_case() {
    let mut client = Client::new();
    let body = json!({ "wait_timer": 30, "deployment_branch_policy": null, "reviewers": [] });
    let answer = client.put(&format!("{PATH}/Prod%2FEU"), body);
    let created = answer.json();
    assert_eq!((answer.status(), &created["name"]), (200, &json!("Prod/EU")));
    assert_eq!(created["protection_rules"][0]["wait_timer"], 30);
    assert_eq!(created["url"], "http://api.test:8080/repos/octo/hello/environments/Prod%2FEU");
    client.now += 60;
    let policy = json!({ "protected_branches": true, "custom_branch_policies": false });
    let body = json!({ "deployment_branch_policy": policy });
    let updated = client.put(&format!("{PATH}/prod%2Feu"), body).json();
    assert_eq!((&updated["id"], &updated["created_at"]), (&created["id"], &created["created_at"]));
    assert_ne!(updated["updated_at"], created["updated_at"]);
    assert_eq!(updated["deployment_branch_policy"], policy);
    assert_eq!(updated["protection_rules"].as_array().unwrap().len(), 1);
    assert_eq!(client.get(&format!("{PATH}/PROD%2Feu")).json(), updated);
    assert_eq!(names(&mut client), ["Prod/EU"]);
}

#[test]
fn a_listing_has_what_was_declared_created_or_named_in_its_repository() {
    let mut client = Client::new();
    client.world.environment("Octo/Hello", "declared").environment("octo/hello2", "other");
    client.put(&format!("{PATH}/created"), json!({}));
    client.get(&format!("{PATH}/named/secrets"));
    assert_eq!(names(&mut client), ["created", "declared", "named"]);
    let answer = client.get(&format!("{PATH}?per_page=2"));
    assert_eq!(answer.json()["total_count"], 3);
    let next = answer.link("next").unwrap();
    assert_eq!(client.get(&next).column("environments", "name"), ["named"]);
}

#[test]
fn a_missing_environment_can_be_created_and_a_deleted_one_is_missing() {
    let mut client = Client::new();
    client.world.missing("repos/octo/hello/environments/prod");
    let path = format!("{PATH}/prod");
    assert_eq!(client.get(&path).status(), 404);
    assert_eq!(client.put(&path, json!({})).status(), 200);
    client.put_secret(&path[1..], "NAME", "value", json!({}));
    let former = client.get(&format!("{path}/secrets/public-key")).json();
    assert_eq!(client.delete(&path).status(), 204);
    assert_eq!(client.delete(&path).status(), 404);
    assert_eq!(client.get(&format!("{path}/secrets")).status(), 404);
    assert!(names(&mut client).is_empty());
    assert!(client.world.opened_values().is_empty());
    client.put(&path, json!({}));
    let key = client.get(&format!("{path}/secrets/public-key")).json();
    assert_eq!(key["key_id"], former["key_id"], "as at GitHub, the id does not identify the key");
    assert_ne!(key["key"], former["key"]);
}

#[test]
fn a_strict_world_has_only_declared_and_created_ones() {
    let mut client = Client::new();
    client.world.strict().repository("octo/hello").known_token("ghp_any");
    assert_eq!(client.get(&format!("{PATH}/prod")).status(), 404);
    assert_eq!(client.put(&format!("{PATH}/prod"), json!({})).status(), 200);
    assert_eq!(client.get(&format!("{PATH}/prod/secrets")).status(), 200);
    assert_eq!(client.put("/repos/octo/other/environments/prod", json!({})).status(), 404);
}

#[test]
fn invalid_settings_are_422() {
    let mut client = Client::new();
    let both = json!({ "protected_branches": true, "custom_branch_policies": true });
    for body in [
        json!({ "wait_timer": 43_201 }),
        json!({ "wait_timer": "1" }),
        json!({ "deployment_branch_policy": both }),
        json!({ "deployment_branch_policy": true }),
    ] {
        assert_eq!(client.put(&format!("{PATH}/prod"), body.clone()).status(), 422, "{body}");
    }
    assert!(names(&mut client).is_empty());
}

#[test]
fn reading_and_creating_need_different_permissions() {
    for (grant, read, write) in [("actions:read", 200, 403), ("administration:write", 403, 200)] {
        let mut client = Client { token: "github_pat_a", ..Client::new() };
        client.world.token("github_pat_a", &[grant]);
        assert_eq!(client.get(&format!("{PATH}/prod")).status(), read, "{grant}");
        assert_eq!(client.put(&format!("{PATH}/prod"), json!({})).status(), write, "{grant}");
    }
}
