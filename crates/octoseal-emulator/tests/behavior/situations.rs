//! Situations that users reported, declared in a world file: policies of organizations, full stores, changing
//! listings, late times.

use crate::common::Client;
use octoseal_emulator::World;
use serde_json::{Value, json};

fn json_of(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| json!(name)).collect()
}

fn client(world: &str) -> Client {
    Client { world: World::from_toml(world).unwrap(), ..Client::new() }
}

#[test]
fn an_ip_allow_list_refuses_every_token() {
    let mut client = client("[[organization]]\nlogin = \"acme\"\nip_allow_list = true");
    let text = "Although you appear to have the correct authorization credentials, the `acme` organization has an IP \
                allow list enabled, and your IP address is not permitted to access this resource.";
    for token in ["ghp_a", "gho_a", "github_pat_a", "ghs_a"] {
        client.token = token;
        assert_eq!(
            client.get("/repos/acme/api/actions/secrets").refusal(),
            (403, text.to_owned()),
            "{token}"
        );
        assert_eq!(client.get("/repos/octo/api/actions/secrets").status(), 200, "{token}");
    }
}

#[test]
fn token_policies_refuse_their_kind_of_token() {
    let mut client =
        client("[[organization]]\nlogin = \"acme\"\nno_classic_tokens = true\nlongest_token_days = 90");
    for (token, words) in [
        ("ghp_a", "`acme` forbids access via a personal access token (classic)."),
        (
            "github_pat_a",
            "forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90",
        ),
    ] {
        client.token = token;
        let (status, message) = client.get("/orgs/acme/actions/secrets").refusal();
        assert!(status == 403 && message.contains(words), "{token}: {message}");
    }
    for token in ["gho_a", "ghu_a", "ghs_a"] {
        client.token = token;
        assert_eq!(client.get("/orgs/acme/actions/secrets").status(), 200, "{token}");
    }
}

#[test]
fn a_listing_across_organizations_omits_and_names_those_with_saml() {
    let mut client = client(
        "[[organization]]\nlogin = \"locked\"\nid = 21955855\nsaml = true\n[[repository]]\nname = \"locked/one\"\n\
         [[repository]]\nname = \"octo/two\"",
    );
    let answer = client.get("/user/repos");
    assert_eq!(answer.header("x-github-sso"), "partial-results; organizations=21955855");
    assert_eq!(answer.json().as_array().unwrap().len(), 1);
    client.token = "github_pat_a";
    let answer = client.get("/user/repos");
    assert_eq!((answer.header("x-github-sso"), answer.json().as_array().unwrap().len()), ("", 2));
}

#[test]
fn a_store_that_is_declared_full_accepts_new_values_only() {
    let store = "repos/octo/hello/actions";
    let mut full = client("full = [\"repos/octo/Hello/actions\"]");
    let answer = full.put_secret(store, "NAME", "value", json!({}));
    assert_eq!(answer.status(), 422);
    assert!(answer.message().starts_with("Secrets limit reached"), "{}", answer.message());
    let mut client = client("");
    client.put_secret(store, "NAME", "value", json!({}));
    client.world.full(store);
    assert_eq!(client.put_secret(store, "NAME", "other", json!({})).status(), 204);
    assert_eq!(client.put_secret(store, "OTHER", "value", json!({})).status(), 422);
}

#[test]
fn a_listing_changes_once_between_its_first_and_its_second_page() {
    let store = "repos/octo/hello/actions";
    for (change, total, second, third) in
        [("delete", 3, &["D"][..], &[][..]), ("create", 5, &["B", "C"], &["D"])]
    {
        let mut client = client(&format!("between_pages = \"{change}\""));
        for name in ["A", "B", "C", "D"] {
            client.put_secret(store, name, "value", json!({}));
        }
        let path = format!("/{store}/secrets?per_page=2");
        let first = client.get(&path);
        assert_eq!(first.column("secrets", "name"), ["A", "B"]);
        let page = client.get(&format!("{path}&page=2"));
        assert_eq!(
            (&page.json()["total_count"], page.column("secrets", "name")),
            (&json!(total), json_of(second))
        );
        assert_eq!(client.get(&format!("{path}&page=3")).column("secrets", "name"), third);
        let again = client.get(&path).json()["total_count"].clone();
        assert_eq!(client.get(&format!("{path}&page=2")).json()["total_count"], again, "only once");
    }
}

#[test]
fn the_time_of_an_update_becomes_visible_late() {
    let mut client = client("late_updated_at_seconds = 30");
    let (store, path) = ("user/codespaces", "/user/codespaces/secrets/NAME");
    client.put_secret(store, "NAME", "value", json!({}));
    let created = client.get(path).json()["updated_at"].clone();
    client.now += 100;
    client.put_secret(store, "NAME", "other", json!({}));
    client.now += 29;
    assert_eq!(client.get(path).json()["updated_at"], created);
    assert_eq!(client.opened(store, "NAME").as_deref(), Some("other"));
    client.now += 1;
    assert_ne!(client.get(path).json()["updated_at"], created);
    assert_eq!(client.get(path).json()["created_at"], created);
}

#[test]
fn reads_can_be_stale_by_declaration() {
    let mut client = client("stale_requests = 1\nstale_seconds = 0");
    client.put_secret("user/codespaces", "NAME", "value", json!({}));
    assert_eq!(client.get("/user/codespaces/secrets/NAME").status(), 404);
    assert_eq!(client.get("/user/codespaces/secrets/NAME").status(), 200);
}
