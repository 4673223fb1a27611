//! Repositories: their fields and their listings.

use crate::common::{Answer, Client};
use octoseal_emulator::{PropertyValue, World};
use serde_json::{Value, json};

const WORLD: &str = r#"
[[organization]]
login = "acme"
id = 9

[[repository]]
name = "acme/API"
topics = ["rust", "web"]
properties = { team = "core", tiers = ["a", "b"] }

[[repository]]
name = "acme/fork"
fork = true
visibility = "public"

[[repository]]
name = "acme/inner"
visibility = "internal"
archived = true

[[repository]]
name = "octo/hello"
renamed_from = ["acme/hello"]

[[user]]
login = "octo"
"#;

fn client() -> Client {
    Client { world: World::from_toml(WORLD).unwrap(), ..Client::new() }
}

/// Returns one field of each member of a listing without a total.
fn members(answer: &Answer, field: &str) -> Vec<Value> {
    answer.json().as_array().unwrap().iter().map(|item| item[field].clone()).collect()
}

#[test]
fn a_repository_has_its_declared_fields() {
    let mut client = client();
    let api = client.get("/repos/acme/api").json();
    assert_eq!(api["full_name"], "acme/API");
    assert_eq!(api["topics"], json!(["rust", "web"]));
    assert_eq!(api["custom_properties"], json!({ "team": "core", "tiers": ["a", "b"] }));
    assert_eq!((&api["owner"]["id"], &api["owner"]["type"]), (&json!(9), &json!("Organization")));
    let inner = client.get("/repos/acme/inner").json();
    assert_eq!((&inner["visibility"], &inner["private"]), (&json!("internal"), &json!(true)));
    assert_eq!(client.get("/repos/acme/fork").json()["fork"], true);
    assert_eq!(client.get("/repos/octo/hello").json()["owner"]["type"], "User");
    assert_eq!(client.get("/repos/acme/API/topics").json(), json!({ "names": ["rust", "web"] }));
    let values = client.get("/repos/acme/api/properties/values").json();
    assert_eq!(values[0], json!({ "property_name": "team", "value": "core" }));
}

#[test]
fn the_repositories_of_an_organization_are_listed_by_type_and_page() {
    let mut client = client();
    for (query, names) in [
        ("", &["API", "fork", "inner"][..]),
        ("?type=public", &["fork"]),
        ("?type=private", &["API", "inner"]),
        ("?type=forks", &["fork"]),
        ("?type=sources", &["API", "inner"]),
        ("?type=member", &["API", "fork", "inner"]),
    ] {
        assert_eq!(members(&client.get(&format!("/orgs/Acme/repos{query}")), "name"), names, "{query}");
    }
    let answer = client.get("/orgs/acme/repos?type=private&per_page=1");
    let next = answer.link("next").unwrap();
    assert_eq!(next, "/organizations/9/repos?type=private&per_page=1&page=2");
    assert_eq!(members(&client.get(&next), "name"), ["inner"]);
}

#[test]
fn other_listings_have_the_repositories_of_their_owner_or_the_caller() {
    let mut client = client();
    assert_eq!(members(&client.get("/users/octo/repos"), "full_name"), ["octo/hello"]);
    let all = ["acme/API", "acme/fork", "acme/inner", "octo/hello"];
    assert_eq!(members(&client.get("/user/repos"), "full_name"), all);
    assert_eq!(members(&client.get("/user/repos?visibility=public"), "full_name"), ["acme/fork"]);
    let mut other = Client::new();
    other.get("/repos/octo/seen");
    other.get("/repos/octo/other/actions/secrets");
    let answer = other.get("/users/octo/repos?per_page=1");
    assert_eq!(members(&answer, "name"), ["other"]);
    assert_eq!(members(&other.get(&answer.link("next").unwrap()), "name"), ["seen"]);
}

#[test]
fn a_token_without_the_scope_lists_public_repositories() {
    let mut client = client();
    client.world.token("ghp_any", &[]);
    assert_eq!(members(&client.get("/orgs/acme/repos"), "name"), ["fork"]);
}

#[test]
fn only_installation_tokens_list_an_installations_repositories() {
    let mut client = client();
    let answer = client.get("/installation/repositories");
    assert_eq!(answer.status(), 403);
    assert!(answer.message().starts_with("You must authenticate with an installation access token"));
    client.token = "ghs_any";
    let answer = client.get("/installation/repositories?per_page=3");
    assert_eq!(answer.column("repositories", "name"), ["API", "fork", "inner"]);
    assert_eq!(
        (&answer.json()["total_count"], &answer.json()["repository_selection"]),
        (&json!(4), &json!("all"))
    );
    assert_eq!(answer.link("next").unwrap(), "/installation/repositories?per_page=3&page=2");
    assert_eq!(client.get("/user/repos").status(), 403);
}

#[test]
fn the_custom_properties_of_an_organization_are_listed_by_repository() {
    let mut client = client();
    client.world.property("acme/fork", "team", PropertyValue::One("web".to_owned()));
    let answer = client.get("/orgs/acme/properties/values");
    assert_eq!(members(&answer, "repository_name"), ["API", "fork", "inner"]);
    let expected = json!([{ "property_name": "team", "value": "web" }]);
    assert_eq!(answer.json()[1]["properties"], expected);
    assert_eq!(client.get("/orgs/acme/properties/values?per_page=1").json().as_array().unwrap().len(), 1);
    client.token = "github_pat_a";
    client.world.token("github_pat_a", &["metadata:read"]);
    let answer = client.get("/orgs/acme/properties/values");
    assert_eq!(answer.header("x-accepted-github-permissions"), "organization_custom_properties=read");
    assert_eq!(answer.status(), 403);
}

#[test]
fn the_root_names_every_address_and_the_scopes_of_the_token() {
    let mut client = Client::new();
    client.world.token("ghp_any", &["repo"]);
    let answer = client.get("/");
    assert_eq!(answer.header("x-oauth-scopes"), "repo");
    let root = answer.json();
    assert_eq!(root["rate_limit_url"], "http://api.test:8080/rate_limit");
    assert!(root.get("hub_url").is_some());
    client.version = "2026-03-10";
    assert!(client.get("/").json().get("hub_url").is_none());
}
