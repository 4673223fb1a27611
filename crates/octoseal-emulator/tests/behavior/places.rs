//! Repositories, environments and organizations: names, ids and missing ones. Headers and limits.

use crate::common::{Client, STORES};
use serde_json::json;

#[test]
fn names_of_owners_repositories_and_environments_ignore_case() {
    let mut client = Client::new();
    client.put_secret("repos/Octo/Hello/environments/Prod", "NAME", "value", json!({}));
    assert_eq!(client.get("/repos/octo/hello/environments/PROD/secrets/NAME").status(), 200);
    assert_eq!(client.opened("repos/OCTO/HELLO/environments/prod", "NAME").as_deref(), Some("value"));
    assert_eq!(client.get("/repos/octo/hello/environments/prod2/secrets/NAME").status(), 404);
}

#[test]
fn letters_that_are_not_ascii_never_become_ascii_letters() {
    let mut client = Client::new();
    client.put_secret("repos/o/ks/actions", "SK", "value", json!({}));
    for path in [
        "/repos/o/ks/actions/secrets/%C5%BFK",    // a long s
        "/repos/o/ks/actions/secrets/S%E2%84%AA", // the sign of kelvin
        "/repos/o/%E2%84%AAs",
        "/repos/o/k%C5%BF/actions/secrets",
        "/orgs/%E2%84%AA/actions/secrets",
    ] {
        assert_eq!(client.get(path).status(), 404, "{path}");
    }
    assert_eq!(client.get("/repos/o/r/environments/%C5%BF/secrets").status(), 200);
    assert_eq!(client.opened("repos/o/ks/actions", "\u{17f}K"), None);
}

#[test]
fn an_environment_with_a_slash_is_encoded_exactly_once() {
    let mut client = Client::new();
    client.put_secret("repos/o/r/environments/a%2Fb", "NAME", "value", json!({}));
    assert_eq!(client.get("/repos/o/r/environments/a%2fb/secrets/NAME").status(), 200);
    assert_eq!(client.get("/repos/o/r/environments/a%252Fb/secrets/NAME").status(), 404);
    assert_eq!(client.get("/repos/o/r/environments/a/b/secrets/NAME").status(), 404);
    assert_eq!(client.world.opened_values()[0].store, "repos/o/r/environments/a%2Fb");
}

#[test]
fn a_repository_has_the_same_id_in_any_case_of_its_name() {
    let mut client = Client::new();
    let first = client.get("/repos/Octo/Hello").json();
    let again = client.get("/repos/octo/hello").json();
    assert_eq!(first, again);
    assert_eq!(first["full_name"], "Octo/Hello");
    let id = first["id"].as_u64().unwrap();
    assert_eq!(client.get(&format!("/repositories/{id}")).json(), first);
    assert_eq!(Client::new().get("/repos/octo/hello").json()["id"], id, "the same in every run");
}

#[test]
fn an_id_can_be_chosen() {
    let mut client = Client::new();
    client.world.repository_id("octo/hello", 1_296_269);
    assert_eq!(client.get("/repos/octo/hello").json()["id"], 1_296_269);
}

#[test]
fn only_declared_repositories_exist_once_one_is_declared() {
    let mut client = Client::new();
    client.world.repository("octo/here").public_repository("octo/open");
    assert_eq!(client.get("/repos/octo/here").json()["private"], true);
    assert_eq!(client.get("/repos/octo/open").json()["private"], false);
    assert_eq!(client.get("/repos/octo/here/environments/any/secrets").status(), 200);
    assert_eq!(client.get("/repos/octo/gone").refusal(), (404, "Not Found".to_owned()));
    assert_eq!(client.get("/repos/octo/gone/actions/secrets/public-key").status(), 404);
    assert_eq!(client.get("/orgs/octo/actions/secrets").status(), 200);
}

#[test]
fn a_missing_path_is_missing_with_everything_below_it() {
    let mut client = Client::new();
    client.world.missing("repos/octo/gone").missing("orgs/Ghost").missing("repos/o/r/environments/a%2Fb");
    for path in [
        "/repos/Octo/Gone",
        "/repos/octo/gone/actions/secrets",
        "/repos/octo/gone/environments/prod/secrets",
        "/orgs/ghost/dependabot/secrets/public-key",
        "/repos/o/r/environments/A%2FB/secrets",
    ] {
        assert_eq!(client.get(path).status(), 404, "{path}");
    }
    for path in ["/repos/octo/gone2", "/repos/o/r/environments/a/secrets", "/orgs/ghosts/actions/secrets"] {
        assert_eq!(client.get(path).status(), 200, "{path}");
    }
}

#[test]
fn a_renamed_repository_redirects_reads_by_301_and_writes_by_307() {
    let mut client = Client::new();
    client.world.renamed("octo/old", "octo/new");
    let answer = client.get("/repos/Octo/Old/actions/secrets/public-key?x=1");
    assert_eq!(answer.refusal(), (301, "Moved Permanently".to_owned()));
    let location = answer.header("location").strip_prefix("http://api.test:8080").unwrap().to_owned();
    assert!(location.ends_with("/actions/secrets/public-key?x=1"), "{location}");
    let key = client.get(&location).json();
    assert_eq!(key, client.get("/repos/octo/new/actions/secrets/public-key").json());
    let body = client.seal("repos/octo/new/actions", b"value");
    let answer = client.put("/repos/octo/old/actions/secrets/NAME", body.clone());
    assert_eq!(answer.status(), 307);
    let location = answer.header("location").strip_prefix("http://api.test:8080").unwrap().to_owned();
    assert_eq!(client.put(&location, body).status(), 201);
    assert_eq!(client.opened("repos/octo/new/actions", "NAME").as_deref(), Some("value"));
    let bare = client.get("/repos/octo/old").header("location").to_owned();
    assert_eq!(
        client.get(bare.strip_prefix("http://api.test:8080").unwrap()).json()["full_name"],
        "octo/new"
    );
}

#[test]
fn a_request_without_a_user_agent_is_forbidden() {
    let mut client = Client::new();
    let mut request = client.request("GET", "/user", "");
    request.headers_mut().remove("user-agent");
    let answer = client.send(request);
    assert_eq!(answer.status(), 403);
    assert!(answer.message().starts_with("Request forbidden by administrative rules."));
}

#[test]
fn an_unknown_version_is_a_400_and_a_known_one_is_selected() {
    let mut client = Client::new();
    client.version = "v3";
    let answer = client.get("/user");
    assert_eq!(answer.status(), 400);
    let text = "The version you specified in the \"X-GitHub-API-Version\" request header, \"v3\", is not a supported \
                version. The following versions are currently supported: ";
    assert!(answer.message().starts_with(text), "{}", answer.message());
    client.version = "2026-03-10";
    assert_eq!(client.get("/user").header("x-github-api-version-selected"), "2026-03-10");
    let mut request = client.request("GET", "/user", "");
    request.headers_mut().remove("x-github-api-version");
    assert_eq!(client.send(request).header("x-github-api-version-selected"), "2022-11-28");
}

#[test]
fn every_answer_has_its_own_request_id_and_a_date() {
    let mut client = Client::new();
    let mut ids = Vec::new();
    for path in ["/user", "/nowhere", "/user/codespaces/secrets/NAME", "/rate_limit"] {
        let answer = client.get(path);
        assert_eq!(answer.header("date"), "Thu, 23 Nov 2023 16:23:35 GMT");
        ids.push(answer.header("x-github-request-id").to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[test]
fn requests_are_counted_except_those_for_the_limit() {
    let mut client = Client::new();
    let answer = client.get("/user");
    for (header, value) in [("limit", "5000"), ("remaining", "4999"), ("used", "1"), ("resource", "core")] {
        assert_eq!(answer.header(&format!("x-ratelimit-{header}")), value);
    }
    assert_eq!(answer.header("x-ratelimit-reset"), (client.now + 3_600).to_string());
    let limit = client.get("/rate_limit").json();
    let core = json!({ "limit": 5000, "used": 1, "remaining": 4999, "reset": client.now + 3_600 });
    assert_eq!(limit["resources"]["core"], core);
    assert_eq!(limit["rate"], core);
    client.version = "2026-03-10";
    assert!(client.get("/rate_limit").json().get("rate").is_none());
}

#[test]
fn an_exhausted_limit_is_a_403_until_its_hour_ends() {
    let mut client = Client::new();
    client.world.rate_limit(1);
    assert_eq!(client.get("/user").status(), 200);
    let answer = client.get("/user");
    assert_eq!(answer.status(), 403);
    assert!(answer.message().starts_with("API rate limit exceeded for "));
    assert_eq!(answer.header("x-ratelimit-remaining"), "0");
    assert_eq!(client.get("/rate_limit").status(), 200);
    client.now += 3_600;
    assert_eq!(client.get("/user").status(), 200);
}

#[test]
fn links_have_the_requested_host() {
    let mut client = Client::new();
    for name in ["A", "B"] {
        client.put_secret(STORES[0], name, "value", json!({}));
    }
    let mut request = client.request("GET", "/user/codespaces/secrets?per_page=1", "");
    request.headers_mut().insert("host", "127.0.0.1:9".parse().unwrap());
    let link = client.send(request).header("link").to_owned();
    assert!(link.starts_with("<http://127.0.0.1:9/user/codespaces/secrets?"), "{link}");
}
