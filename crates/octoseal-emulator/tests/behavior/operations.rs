//! Every operation in docs/operations.txt exists.

use crate::common::{Client, STORES, access};
use serde_json::json;

const OPERATIONS: &str = include_str!("../../../../docs/operations.txt");

/// The documentation URL of GitHub's 404 for an unknown path.
const NO_OPERATION: &str = "https://docs.github.com/rest";

fn filled(path: &str) -> String {
    let path = path.replace("{org}", "acme").replace("{owner}", "octo").replace("{repo}", "hello");
    let path = path.replace("{environment_name}", "prod").replace("{secret_name}", "NAME");
    let path = path.replace("{name}", "NAME");
    path.replace("{repository_id}", "7")
}

#[test]
fn there_are_107_operations_and_each_is_routed() {
    let mut client = Client::new();
    for line in OPERATIONS.lines() {
        let (method, path) = line.split_once(' ').unwrap();
        let request = client.request(method, &filled(path), "{}");
        let answer = client.send(request);
        let page = answer.text();
        assert!(answer.status() == 200 || page.contains(&format!("{NO_OPERATION}/")), "{line}: {page}");
    }
    assert_eq!(OPERATIONS.lines().count(), 107);
}

#[test]
fn each_operation_names_its_own_page() {
    let mut client = Client::new();
    client.token = "github_pat_without";
    client.world.token("github_pat_without", &[]);
    let mut pages: Vec<String> = Vec::new();
    for line in OPERATIONS.lines() {
        let (method, path) = line.split_once(' ').unwrap();
        let request = client.request(method, &filled(path), "{}");
        pages.push(client.send(request).json()["documentation_url"].as_str().unwrap().to_owned());
    }
    pages.sort();
    pages.dedup();
    assert_eq!(pages.len(), 107);
    let of_items = |page: &String| page.contains("secrets#") || page.contains("variables#");
    assert!(pages.iter().all(of_items), "{pages:#?}");
}

#[test]
fn after_a_write_all_operations_succeed() {
    let mut client = Client::new();
    for line in OPERATIONS.lines() {
        let (method, path) = line.split_once(' ').unwrap();
        for store in STORES {
            let more = match store.starts_with("orgs/") {
                true => json!({ "visibility": "selected" }),
                false => json!({}),
            };
            client.put_secret(store, "NAME", "value", more.clone());
            let mut body = more;
            (body["name"], body["value"]) = ("NAME".into(), "value".into());
            let request = client.request("POST", &format!("/{store}/variables"), body.to_string());
            client.send(request);
        }
        let path = filled(path);
        let mut body = json!({ "selected_repository_ids": [7] });
        if let Some(store) = path.strip_suffix("/secrets/NAME").filter(|_| method == "PUT") {
            body = client.seal(&store[1..], b"value");
            body["visibility"] = "all".into();
        }
        if method == "POST" {
            body = json!({ "name": "NEW", "value": "value", "visibility": "all" });
        }
        let request = client.request(method, &path, body.to_string());
        let status = client.send(request).status();
        let expected = match method {
            "GET" => 200,
            "POST" => 201,
            _ => 204,
        };
        assert_eq!(status, expected, "{line}");
        client.world.rate_limit(5_000);
    }
}

#[test]
fn an_operation_that_is_not_emulated_is_a_404_that_says_so_and_is_counted() {
    let mut client = Client::new();
    for (count, (method, path)) in [
        ("GET", "/user/actions/secrets"),
        ("GET", "/user/codespaces"),
        ("GET", "/orgs/acme/pages/secrets"),
        ("GET", "/orgs/acme/codespaces/organization-secrets"),
        ("GET", "/repos/octo/hello/codespaces/organization-secrets"),
        ("GET", "/repos/octo/hello/actions/secrets/NAME/repositories"),
        ("PUT", "/repos/octo/hello/environments/prod/secrets/NAME/repositories/1"),
        ("GET", "/repos/octo/hello/environments/a/b/secrets"),
        ("GET", "/repos/octo/hello/environments/prod/actions/secrets"),
        ("POST", "/orgs/acme/actions/secrets"),
        ("PATCH", "/orgs/acme/actions/secrets/NAME"),
        ("DELETE", "/orgs/acme/actions/secrets"),
        ("PUT", "/orgs/acme/actions/secrets"),
        ("PUT", "/rate_limit"),
        ("GET", "/orgs/acme%2Factions/secrets"),
        ("GET", "/api/v4/user/codespaces/secrets"),
        ("GET", "/repos/octo/hello/issues"),
    ]
    .into_iter()
    .enumerate()
    {
        let request = client.request(method, path, "");
        let answer = client.send(request);
        let message = format!("Not Found: octoseal-emulator does not emulate {method} {path}");
        assert_eq!(answer.refusal(), (404, message));
        assert_eq!(answer.header("x-octoseal-emulator"), "not-emulated", "{method} {path}");
        assert_eq!(answer.json()["documentation_url"], NO_OPERATION, "{method} {path}");
        assert_eq!(client.world.not_emulated(), count as u64 + 1);
    }
}

#[test]
fn a_path_that_github_cannot_have_is_its_own_404() {
    let mut client = Client::new();
    for path in [
        "/orgs/acme/actions/secrets/",
        "//orgs/acme/actions/secrets",
        "/orgs//actions/secrets",
        "/orgs/%FF/actions/secrets",
        "/repositories/1/actions/secrets",
        "/organizations/1/actions/secrets",
    ] {
        let answer = client.get(path);
        assert_eq!(answer.refusal(), (404, "Not Found".to_owned()), "{path}");
        assert_eq!(answer.header("x-octoseal-emulator"), "", "{path}");
        assert_eq!(answer.json()["status"], "404", "{path}");
    }
    assert_eq!(client.world.not_emulated(), 0);
}

#[test]
fn the_prefix_of_github_enterprise_server_is_accepted_and_kept_in_links() {
    let mut client = Client::new();
    client.put_secret("api/v3/user/codespaces", "NAME", "value", access("user/codespaces"));
    let answer = client.get("/api/v3/user/codespaces/secrets/NAME").json();
    let url = "http://api.test:8080/api/v3/user/codespaces/secrets/NAME/repositories";
    assert_eq!(answer["selected_repositories_url"], url);
}
