//! GitHub Apps: signatures, installations, and tokens with a lifetime of an hour and few permissions.

use crate::common::{Answer, Client};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use octoseal_emulator::{App, Installation};
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

/// A key that was created for these tests only.
const PRIVATE_KEY: &str = include_str!("../data/test-key.private.pem");
const PUBLIC_KEY: &str = include_str!("../data/test-key.public.pem");
const PUBLIC_KEY_PKCS1: &str = include_str!("../data/test-key.pkcs1.pem");

const TOKENS: &str = "/app/installations/7/access_tokens";

fn app() -> App {
    let everywhere =
        Installation::new(7, "Acme").permission("secrets", "write").permission("environments", "read");
    let somewhere = Installation::new(8, "octo").permission("secrets", "read").repository("octo/Hello");
    App::new(12, PUBLIC_KEY).unwrap().client_id("Iv1.abc").installation(everywhere).installation(somewhere)
}

fn client() -> Client {
    let mut client = Client::new();
    client.world.app(app());
    client
}

fn sign(header: &Value, claims: &Value) -> String {
    let der: String = PRIVATE_KEY.lines().filter(|line| !line.starts_with("--")).collect();
    let der = base64::engine::general_purpose::STANDARD.decode(der).unwrap();
    let key = RsaKeyPair::from_pkcs8(&der).unwrap();
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Returns the claims of GitHub's own examples: issued a minute ago, expiring in ten minutes.
fn claims(client: &Client) -> Value {
    json!({ "iss": 12, "iat": client.now - 60, "exp": client.now + 600 })
}

fn ask(client: &mut Client, method: &str, path: &str, token: &str, body: Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut request = client.request(method, path, body);
    request.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    client.send(request)
}

fn as_app(client: &mut Client, method: &str, path: &str, body: Value) -> Answer {
    let token = sign(&json!({ "alg": "RS256" }), &claims(client));
    ask(client, method, path, &token, body)
}

fn minted(client: &mut Client, path: &str, body: Value) -> String {
    let answer = as_app(client, "POST", path, body);
    assert_eq!(answer.status(), 201, "{}", answer.text());
    answer.json()["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_signed_app_gets_a_token_for_an_hour() {
    let mut client = client();
    let answer = as_app(&mut client, "POST", TOKENS, Value::Null);
    let body = answer.json();
    assert_eq!(answer.status(), 201);
    assert!(body["token"].as_str().unwrap().starts_with("ghs_"));
    assert_eq!(body["token"].as_str().unwrap().len(), 40);
    assert_eq!(body["expires_at"], "2023-11-23T17:23:35Z");
    assert_eq!(
        body["permissions"],
        json!({ "secrets": "write", "environments": "read", "metadata": "read" })
    );
    assert_eq!(body["repository_selection"], "all");
}

#[test]
fn the_token_has_the_permissions_of_the_installation_only() {
    let mut client = client();
    let token = minted(&mut client, TOKENS, Value::Null);
    for (path, status) in [
        ("/repos/acme/api/actions/secrets", 200),
        ("/repos/acme/api/environments/prod/secrets", 200),
        ("/repos/acme/api/dependabot/secrets", 403),
        ("/orgs/acme/actions/secrets", 403),
        ("/repos/octo/hello/actions/secrets", 404),
        ("/user/codespaces/secrets", 403),
        ("/user", 403),
        ("/rate_limit", 200),
    ] {
        assert_eq!(ask(&mut client, "GET", path, &token, Value::Null).status(), status, "{path}");
    }
    let path = "/repos/acme/api/environments/prod/secrets/NAME";
    let answer = ask(&mut client, "DELETE", path, &token, Value::Null);
    assert_eq!(answer.refusal(), (403, "Resource not accessible by integration".to_owned()));
}

#[test]
fn the_token_expires_after_an_hour() {
    let mut client = client();
    let token = minted(&mut client, TOKENS, Value::Null);
    client.now += 3_599;
    let path = "/repos/acme/api/actions/secrets";
    assert_eq!(ask(&mut client, "GET", path, &token, Value::Null).status(), 200);
    client.now += 1;
    assert_eq!(
        ask(&mut client, "GET", path, &token, Value::Null).refusal(),
        (401, "Bad credentials".to_owned())
    );
    minted(&mut client, TOKENS, Value::Null);
    assert_eq!(
        ask(&mut client, "GET", path, &token, Value::Null).status(),
        401,
        "evicted, and still expired"
    );
}

#[test]
fn the_token_can_be_revoked() {
    let mut client = client();
    let token = minted(&mut client, TOKENS, Value::Null);
    client.world.bad_token(&token);
    let path = "/repos/acme/api/actions/secrets";
    assert_eq!(ask(&mut client, "GET", path, &token, Value::Null).status(), 401);
    let token = minted(&mut client, TOKENS, Value::Null);
    assert_eq!(ask(&mut client, "GET", path, &token, Value::Null).status(), 200);
}

#[test]
fn a_token_can_be_requested_with_fewer_permissions() {
    let mut client = client();
    let body = json!({ "repositories": ["API"], "permissions": { "secrets": "read" } });
    let answer = as_app(&mut client, "POST", TOKENS, body);
    assert_eq!(answer.json()["permissions"], json!({ "secrets": "read", "metadata": "read" }));
    assert_eq!(answer.json()["repositories"][0]["full_name"], "acme/api");
    let token = answer.json()["token"].as_str().unwrap().to_owned();
    for (method, path, status) in [
        ("GET", "/repos/acme/api/actions/secrets", 200),
        ("GET", "/repos/acme/web/actions/secrets", 404),
        ("DELETE", "/repos/acme/api/actions/secrets/NAME", 403),
    ] {
        assert_eq!(ask(&mut client, method, path, &token, Value::Null).status(), status, "{method} {path}");
    }
}

#[test]
fn more_than_the_installation_has_is_a_422() {
    let mut client = client();
    for body in [
        json!({ "permissions": { "environments": "write" } }),
        json!({ "permissions": { "actions": "read" } }),
        json!({ "repository_ids": [1] }),
    ] {
        assert_eq!(as_app(&mut client, "POST", TOKENS, body.clone()).status(), 422, "{body}");
    }
    let tokens = "/app/installations/8/access_tokens";
    assert_eq!(as_app(&mut client, "POST", tokens, json!({ "repositories": ["world"] })).status(), 422);
    assert_eq!(as_app(&mut client, "POST", tokens, json!({ "repositories": ["hello"] })).status(), 201);
}

#[test]
fn an_app_finds_its_installations() {
    let mut client = client();
    for (path, id) in [
        ("/orgs/acme/installation", 7),
        ("/repos/acme/x/installation", 7),
        ("/repos/octo/hello/installation", 8),
        ("/users/Octo/installation", 8),
    ] {
        let body = as_app(&mut client, "GET", path, Value::Null).json();
        assert_eq!((&body["id"], &body["app_id"]), (&json!(id), &json!(12)), "{path}");
    }
    for path in ["/orgs/other/installation", "/repos/octo/world/installation", "/users/other/installation"] {
        assert_eq!(as_app(&mut client, "GET", path, Value::Null).status(), 404, "{path}");
    }
    let none = "/app/installations/9/access_tokens";
    assert_eq!(as_app(&mut client, "POST", none, Value::Null).status(), 404);
}

#[test]
fn claims_must_name_the_app_and_a_short_lifetime() {
    let mut client = client();
    let now = client.now;
    for (claims, status, words) in [
        (json!({ "iss": "Iv1.abc", "iat": now, "exp": now + 600 }), 201, ""),
        (json!({ "iss": "12", "iat": now + 60, "exp": now + 1 }), 201, ""),
        (json!({ "iss": 13, "iat": now, "exp": now + 60 }), 404, "Integration not found"),
        (json!({ "iat": now, "exp": now + 60 }), 401, "'issuer'"),
        (json!({ "iss": 12, "iat": now + 61, "exp": now + 60 }), 401, "'Issued at'"),
        (json!({ "iss": 12, "exp": now + 60 }), 401, "'Issued at'"),
        (json!({ "iss": 12, "iat": now - 60, "exp": now }), 401, "future time"),
        (json!({ "iss": 12, "iat": now }), 401, "'Expiration time'"),
        (json!({ "iss": 12, "iat": now, "exp": now + 601 }), 401, "too far in the future"),
    ] {
        let token = sign(&json!({ "alg": "RS256", "typ": "JWT" }), &claims);
        let answer = ask(&mut client, "POST", TOKENS, &token, Value::Null);
        assert_eq!(answer.status(), status, "{claims}");
        assert!(answer.text().contains(words), "{claims}: {}", answer.text());
    }
}

#[test]
fn a_token_that_the_app_did_not_sign_is_refused() {
    let mut client = client();
    let good = sign(&json!({ "alg": "RS256" }), &claims(&client));
    let (message, signature) = good.rsplit_once('.').unwrap();
    let other_claims =
        URL_SAFE_NO_PAD.encode(json!({ "iss": 12, "iat": 0, "exp": client.now + 9 }).to_string());
    let header = message.split_once('.').unwrap().0;
    for token in [
        format!("{message}.AAAA"),
        format!("{message}."),
        format!("{header}.{other_claims}.{signature}"),
        sign(&json!({ "alg": "none" }), &claims(&client)),
        "ghp_any".to_owned(),
        "eyJ.x.y".to_owned(),
    ] {
        let answer = ask(&mut client, "POST", TOKENS, &token, Value::Null);
        assert_eq!(answer.refusal(), (401, "A JSON web token could not be decoded".to_owned()), "{token}");
    }
    let answer = ask(&mut client, "GET", "/repos/acme/api", &good, Value::Null);
    assert_eq!(answer.status(), 403, "an App itself reads no repository");
}

#[test]
fn only_the_two_forms_of_a_public_key_are_accepted() {
    assert!(App::new(1, PUBLIC_KEY_PKCS1).is_ok());
    for (text, words) in [("", "-----BEGIN PUBLIC KEY-----"), (PRIVATE_KEY, "openssl rsa -in FILE -pubout")] {
        let error = App::new(1, text).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let wrong = format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----", "AAAA");
    assert!(App::new(1, &wrong).unwrap_err().to_string().contains("RS256"));
    let debug = format!("{:?}", app());
    assert!(debug.contains("PublicKey(270 bytes)"), "{debug}");
}

#[test]
fn an_app_describes_itself() {
    let mut client = client();
    let app = as_app(&mut client, "GET", "/app", Value::Null).json();
    assert_eq!(
        (&app["id"], &app["client_id"], &app["slug"]),
        (&json!(12), &json!("Iv1.abc"), &json!("app-12"))
    );
    assert_eq!(app["permissions"]["metadata"], "read");
    assert_eq!(client.get("/app").status(), 401, "a token is not the App itself");
}

#[test]
fn an_installation_lists_only_its_own_repositories() {
    let mut client = client();
    client.world.repository("acme/api").repository("octo/hello").repository("octo/other");
    for (path, names, selection) in
        [(TOKENS, ["acme/api"], "all"), ("/app/installations/8/access_tokens", ["octo/hello"], "selected")]
    {
        let token = minted(&mut client, path, Value::Null);
        let answer = ask(&mut client, "GET", "/installation/repositories", &token, Value::Null);
        assert_eq!(answer.column("repositories", "full_name"), names);
        assert_eq!(answer.json()["repository_selection"], selection);
    }
}

#[test]
fn a_suspended_installation_gets_no_token_and_its_tokens_are_refused() {
    let mut client = client();
    let token = minted(&mut client, TOKENS, Value::Null);
    let path = "/repos/acme/api/actions/secrets";
    assert_eq!(ask(&mut client, "GET", path, &token, Value::Null).status(), 200);
    let installation = Installation::new(7, "Acme").permission("secrets", "write").suspended();
    client.world.app(App::new(12, PUBLIC_KEY).unwrap().installation(installation));
    let refusal = (403, "This installation has been suspended".to_owned());
    assert_eq!(as_app(&mut client, "POST", TOKENS, Value::Null).refusal(), refusal);
    assert_eq!(ask(&mut client, "GET", path, &token, Value::Null).refusal(), refusal);
    let seen = as_app(&mut client, "GET", "/orgs/acme/installation", Value::Null).json();
    assert_eq!(seen["suspended_by"]["login"], "Acme");
}
