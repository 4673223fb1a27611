//! Listings and their pages.

use crate::common::{Client, STORES, access};
use serde_json::{Value, json};

fn with_secrets(store: &str, count: usize) -> Client {
    let mut client = Client::new();
    client.world.count_limits(false);
    for number in 0..count {
        client.put_secret(store, &format!("NAME_{number:03}"), "value", access(store));
    }
    client
}

#[test]
fn an_empty_store_is_an_empty_listing() {
    for store in STORES {
        let answer = Client::new().get(&format!("/{store}/secrets"));
        assert_eq!(answer.json(), json!({ "total_count": 0, "secrets": [] }), "{store}");
        assert_eq!(answer.header("link"), "");
    }
}

#[test]
fn a_page_has_30_secrets_by_default() {
    let mut client = with_secrets("user/codespaces", 101);
    for (query, count) in [("", 30), ("?per_page=1", 1), ("?per_page=100", 100), ("?per_page=1000", 100)] {
        let answer = client.get(&format!("/user/codespaces/secrets{query}"));
        assert_eq!(answer.column("secrets", "name").len(), count, "{query}");
        assert_eq!(answer.json()["total_count"], 101);
    }
}

#[test]
fn following_next_yields_every_secret_of_every_store_once() {
    for store in STORES {
        let mut client = with_secrets(store, 7);
        let (mut names, mut pages) = (Vec::new(), 0);
        let mut next = Some(format!("/{store}/secrets?per_page=3"));
        while let Some(path) = next {
            let answer = client.get(&path);
            names.extend(answer.column("secrets", "name"));
            next = answer.link("next");
            pages += 1;
        }
        let all: Vec<Value> = (0..7).map(|number| format!("NAME_{number:03}").into()).collect();
        assert_eq!((names, pages), (all, 3), "{store}");
    }
}

#[test]
fn links_have_the_numeric_form_and_all_four_relations() {
    let mut client = with_secrets("repos/octo/hello/actions", 5);
    let id = client.get("/repos/octo/hello").json()["id"].clone();
    let answer = client.get("/repos/octo/hello/actions/secrets?per_page=2&page=2");
    let url = |page| Some(format!("/repositories/{id}/actions/secrets?per_page=2&page={page}"));
    for (relation, page) in [("prev", 1), ("next", 3), ("last", 3), ("first", 1)] {
        assert_eq!(answer.link(relation), url(page), "{relation}");
    }
}

#[test]
fn a_link_of_an_environment_keeps_its_name_encoded() {
    let store = "repos/octo/hello/environments/a%2Fb%20c";
    let mut client = with_secrets(store, 2);
    let next = client.get(&format!("/{store}/secrets?per_page=1")).link("next").unwrap();
    assert!(next.ends_with("/environments/a%2Fb%20c/secrets?per_page=1&page=2"), "{next}");
    assert_eq!(client.get(&next).column("secrets", "name"), ["NAME_001"]);
}

#[test]
fn a_link_of_an_organization_names_its_id() {
    let mut client = with_secrets("orgs/acme/dependabot", 2);
    let next = client.get("/orgs/Acme/dependabot/secrets?per_page=1").link("next").unwrap();
    assert!(next.starts_with("/organizations/"), "{next}");
    assert_eq!(client.get(&next).status(), 200);
}

#[test]
fn an_unknown_id_is_not_found() {
    let mut client = Client::new();
    for path in ["/repositories/1/actions/secrets", "/organizations/1/actions/secrets", "/repositories/x"] {
        assert_eq!(client.get(path).status(), 404, "{path}");
    }
}

#[test]
fn a_page_beyond_the_last_is_empty_and_links_back() {
    let mut client = with_secrets("user/codespaces", 4);
    let answer = client.get("/user/codespaces/secrets?per_page=2&page=9");
    assert!(answer.column("secrets", "name").is_empty());
    assert_eq!(answer.json()["total_count"], 4);
    assert_eq!(answer.link("prev").unwrap(), "/user/codespaces/secrets?per_page=2&page=2");
    assert_eq!(answer.link("next"), None);
}

#[test]
fn organization_secrets_are_those_that_the_repository_has_access_to() {
    for family in ["actions", "agents"] {
        let mut client = Client::new();
        client.world.repository("acme/inside").public_repository("acme/outside");
        let id = client.get("/repos/acme/inside").json()["id"].clone();
        let store = format!("orgs/acme/{family}");
        client.put_secret(&store, "A_ALL", "v", json!({ "visibility": "all" }));
        client.put_secret(&store, "B_PRIVATE", "v", json!({ "visibility": "private" }));
        let selected = json!({ "visibility": "selected", "selected_repository_ids": [id] });
        client.put_secret(&store, "C_SELECTED", "v", selected);
        client.put_secret(&store, "D_NOBODY", "v", json!({ "visibility": "selected" }));
        for (repository, names) in
            [("inside", vec!["A_ALL", "B_PRIVATE", "C_SELECTED"]), ("outside", vec!["A_ALL"])]
        {
            let answer = client.get(&format!("/repos/acme/{repository}/{family}/organization-secrets"));
            assert_eq!(answer.column("secrets", "name"), names);
            assert_eq!(answer.json()["secrets"][0].as_object().unwrap().len(), 3);
        }
    }
}

#[test]
fn an_organizations_secret_shows_its_visibility() {
    let mut client = Client::new();
    for visibility in ["all", "private", "selected"] {
        client.put_secret("orgs/acme/actions", visibility, "v", json!({ "visibility": visibility }));
    }
    let answer = client.get("/orgs/acme/actions/secrets");
    assert_eq!(answer.column("secrets", "visibility"), ["all", "private", "selected"]);
    let url = "http://api.test:8080/orgs/acme/actions/secrets/SELECTED/repositories";
    let urls = answer.column("secrets", "selected_repositories_url");
    assert_eq!(urls, [Value::Null, Value::Null, url.into()]);
}

#[test]
fn a_users_secret_is_always_selected() {
    let mut client = with_secrets("user/codespaces", 1);
    let answer = client.get("/user/codespaces/secrets/NAME_000").json();
    assert_eq!(answer["visibility"], "selected");
    let url = "http://api.test:8080/user/codespaces/secrets/NAME_000/repositories";
    assert_eq!(answer["selected_repositories_url"], url);
}
