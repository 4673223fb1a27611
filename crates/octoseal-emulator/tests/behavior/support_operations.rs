//! Support operations: archives, organizations, versions, HEAD.

use crate::common::{Client, access};
use serde_json::json;

#[test]
fn an_archived_repository_can_be_read_and_not_written() {
    let mut client = Client::new();
    for store in ["repos/octo/hello/actions", "repos/octo/hello/environments/prod"] {
        assert_eq!(client.put_secret(store, "NAME", "value", access(store)).status(), 201);
    }
    client.world.archived("Octo/Hello");
    assert_eq!(client.get("/repos/octo/hello").json()["archived"], true);
    assert_eq!(client.get("/repos/octo/world").json()["archived"], false);
    let refusal = (403, "Repository was archived so is read-only.".to_owned());
    for store in ["repos/octo/hello/actions", "repos/octo/hello/environments/prod"] {
        assert_eq!(client.get(&format!("/{store}/secrets/NAME")).status(), 200);
        assert_eq!(client.put_secret(store, "NAME", "other", access(store)).refusal(), refusal);
        assert_eq!(client.delete(&format!("/{store}/secrets/NAME")).refusal(), refusal);
        assert_eq!(client.opened(store, "NAME").as_deref(), Some("value"));
    }
}

#[test]
fn an_organization_has_the_id_that_was_declared() {
    let mut client = Client::new();
    client.world.organization_id("Acme", 9).missing("orgs/gone");
    let body = client.get("/orgs/acme").json();
    assert_eq!(
        (&body["login"], &body["id"], &body["type"]),
        (&json!("Acme"), &json!(9), &json!("Organization"))
    );
    assert_eq!(client.get("/organizations/9").json()["login"], "Acme");
    assert_eq!(client.get("/orgs/gone").status(), 404);
}

#[test]
fn the_caller_is_the_owner_of_the_token_or_the_first_user() {
    let mut client = Client::new();
    assert_eq!(client.get("/user").json()["login"], "octocat");
    assert_eq!(client.get("/user").json()["id"], 583_231);
    client.world.user("Zoe").user("ada").token_owner("ghp_ada", "ada");
    assert_eq!(client.get("/user").json()["login"], "Zoe");
    client.token = "ghp_ada";
    assert_eq!(client.get("/user").json()["login"], "ada");
}

#[test]
fn both_versions_are_listed() {
    assert_eq!(Client::new().get("/versions").json(), json!(["2026-03-10", "2022-11-28"]));
}

#[test]
fn head_is_get_without_its_body() {
    let mut client = Client::new();
    client.world.missing("orgs/gone");
    for path in ["/user", "/orgs/acme/actions/secrets", "/orgs/gone/actions/secrets", "/user/"] {
        let get = client.get(path);
        let request = client.request("HEAD", path, "");
        let head = client.send(request);
        assert_eq!((head.status(), head.text().as_str()), (get.status(), ""), "{path}");
        assert_eq!(head.header("content-length"), get.text().len().to_string(), "{path}");
    }
}
