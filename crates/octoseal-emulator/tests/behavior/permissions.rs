//! Tokens: 401, and the different refusals with 403.

use crate::common::{Answer, Client, STORES, access};
use serde_json::json;

fn get_as(token: &'static str, grants: Option<&[&str]>, path: &str) -> Answer {
    let mut client = Client::new();
    client.token = token;
    if let Some(grants) = grants {
        client.world.token(token, grants);
    }
    client.get(path)
}

#[test]
fn no_token_is_a_401() {
    let mut client = Client::new();
    let mut request = client.request("GET", "/user/codespaces/secrets", "");
    request.headers_mut().remove("authorization");
    let answer = client.send(request);
    assert_eq!(answer.refusal(), (401, "Requires authentication".to_owned()));
    assert_eq!(answer.json()["status"], "401");
}

#[test]
fn a_bad_token_is_a_401_with_another_message() {
    let mut client = Client::new();
    client.world.bad_token("ghp_any");
    assert_eq!(client.get("/user").refusal(), (401, "Bad credentials".to_owned()));
    client.token = "ghp_other";
    assert_eq!(client.get("/user").status(), 200);
}

#[test]
fn only_the_schemes_bearer_and_token_are_accepted() {
    for (header, status) in [("token ghp_x", 200), ("bearer ghp_x", 200), ("Basic eDp5", 401), ("ghp_x", 401)]
    {
        let mut client = Client::new();
        let mut request = client.request("GET", "/user", "");
        request.headers_mut().insert("authorization", header.parse().unwrap());
        assert_eq!(client.send(request).status(), status, "{header}");
    }
}

#[test]
fn an_undeclared_token_may_do_everything_its_kind_can() {
    for token in ["ghp_a", "gho_a", "ghu_a", "github_pat_a", "0123abcd"] {
        for store in STORES {
            let path = format!("/{store}/secrets");
            assert_eq!(get_as(token, None, &path).status(), 200, "{token} {store}");
        }
    }
}

#[test]
fn a_scope_allows_only_its_stores() {
    for (scope, prefix) in
        [("admin:org", "orgs/"), ("repo", "repos/"), ("codespace", "user/"), ("codespace:secrets", "user/")]
    {
        for store in STORES {
            let status = get_as("ghp_a", Some(&[scope]), &format!("/{store}/secrets")).status();
            assert_eq!(status == 200, store.starts_with(prefix), "{scope} {store}");
        }
    }
}

#[test]
fn organizations_refuse_a_scope_with_a_misleading_message_and_exact_headers() {
    let answer = get_as("gho_a", Some(&["repo", "gist"]), "/orgs/acme/actions/secrets");
    assert_eq!(answer.refusal(), (403, "Must have admin rights to Repository.".to_owned()));
    assert_eq!(answer.header("x-oauth-scopes"), "gist, repo");
    assert_eq!(answer.header("x-accepted-oauth-scopes"), "admin:org");
}

#[test]
fn private_resources_are_hidden_from_a_token_without_the_scope() {
    for path in ["/repos/octo/hello/actions/secrets", "/repos/octo/hello", "/user/codespaces/secrets"] {
        let answer = get_as("ghp_a", Some(&[]), path);
        assert_eq!(answer.refusal(), (404, "Not Found".to_owned()), "{path}");
        assert!(answer.0.headers().contains_key("x-oauth-scopes"));
        assert!(answer.0.headers().contains_key("x-accepted-oauth-scopes"));
    }
    let answer = get_as("ghp_a", Some(&[]), "/user/codespaces/secrets");
    assert_eq!(answer.header("x-accepted-oauth-scopes"), "codespace, codespace:secrets");
}

#[test]
fn the_refusal_of_a_fine_grained_token_names_the_missing_permission() {
    for (store, permission) in [
        ("user/codespaces", "codespaces_user_secrets=read"),
        ("orgs/acme/actions", "organization_secrets=read"),
        ("orgs/acme/agents", "organization_agent_secrets=read"),
        ("orgs/acme/codespaces", "organization_codespaces_secrets=read"),
        ("orgs/acme/dependabot", "organization_dependabot_secrets=read"),
        ("repos/octo/hello/actions", "secrets=read"),
        ("repos/octo/hello/agents", "agent_secrets=read"),
        ("repos/octo/hello/codespaces", "codespaces_secrets=write"),
        ("repos/octo/hello/dependabot", "dependabot_secrets=read"),
        ("repos/octo/hello/environments/prod", "environments=read"),
    ] {
        let path = format!("/{store}/secrets");
        let answer = get_as("github_pat_a", Some(&["metadata:read"]), &path);
        let text = "Resource not accessible by personal access token";
        assert_eq!(answer.refusal(), (403, text.to_owned()), "{store}");
        assert_eq!(answer.header("x-accepted-github-permissions"), permission);
        assert!(!answer.0.headers().contains_key("x-oauth-scopes"));
        let grant = permission.replace('=', ":");
        assert_eq!(get_as("github_pat_a", Some(&[&grant]), &path).status(), 200, "{store}");
    }
}

#[test]
fn read_permission_does_not_allow_writes() {
    let mut client = Client::new();
    client.token = "github_pat_a";
    client.world.token("github_pat_a", &["secrets:read"]);
    let answer = client.put_secret("repos/octo/hello/actions", "NAME", "value", json!({}));
    assert_eq!(answer.status(), 403);
    assert_eq!(answer.header("x-accepted-github-permissions"), "secrets=write");
    assert!(client.world.opened_values().is_empty());
}

#[test]
fn an_installation_belongs_to_no_user() {
    for path in ["/user/codespaces/secrets", "/user", "/orgs/acme/codespaces/secrets"] {
        let answer = get_as("ghs_a", None, path);
        assert_eq!(answer.refusal(), (403, "Resource not accessible by integration".to_owned()), "{path}");
    }
    for store in STORES.into_iter().filter(|store| store.starts_with("repos/")) {
        let answer = Client { token: "ghs_a", ..Client::new() }.put_secret(store, "NAME", "v", access(store));
        assert_eq!(answer.status(), 201, "{store}");
    }
}

#[test]
fn the_refusal_of_an_app_has_its_own_message() {
    for token in ["ghs_a", "ghu_a"] {
        let answer = get_as(token, Some(&[]), "/repos/octo/hello/actions/secrets");
        assert_eq!(answer.refusal(), (403, "Resource not accessible by integration".to_owned()));
        assert_eq!(answer.header("x-accepted-github-permissions"), "secrets=read");
    }
}

#[test]
fn an_organization_with_saml_requires_authorization_of_a_classic_token() {
    let mut client = Client::new();
    client.world.saml("Acme");
    for path in ["/orgs/acme/actions/secrets", "/repos/ACME/api/actions/secrets"] {
        let answer = client.get(path);
        assert_eq!(answer.status(), 403, "{path}");
        assert!(answer.message().starts_with("Resource protected by organization SAML enforcement."));
        assert!(answer.header("x-github-sso").starts_with("required; url=https://github.com/orgs/"));
    }
    assert_eq!(client.get("/orgs/other/actions/secrets").status(), 200);
    client.token = "ghs_a";
    assert_eq!(client.get("/orgs/acme/actions/secrets").status(), 200);
}
