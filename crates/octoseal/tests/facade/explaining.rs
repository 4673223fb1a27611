//! Explanations of refusals whose own messages mislead.

use super::*;
use octoseal::{Error, Family, Organization, Pacing, Repository, User};
use std::time::Duration;
use tokio::time::Instant;

#[tokio::test]
async fn an_installation_token_is_refused_for_a_users_secrets_before_anything_is_sent() {
    let emulator = recording::start().await;
    let github = client(&emulator, "ghs_installation");
    let error = github.secrets(User.store()).put(&name(), &value(), []).await.unwrap_err();
    assert!(matches!(error, Error::InstallationToken));
    assert!(emulator.requests().is_empty());
    let store = Repository::new("octo", "hello").unwrap().store(Family::Actions);
    github.secrets(store).put(&name(), &value(), ()).await.unwrap();
}

#[tokio::test]
async fn a_404_of_a_users_store_names_codespaces_its_scopes_and_permissions() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.token("ghp_poor", &["repo"]);
    });
    let error = client(&emulator, "ghp_poor").secrets(User.store()).list().await.unwrap_err();
    assert!(error.is_not_found());
    let text = error.to_string();
    assert!(text.starts_with("GET /user/codespaces/secrets: GitHub answered 404 Not Found; "), "{text}");
    for part in [
        "codespace or codespace:secrets",
        "this token has the scopes repo",
        "access to Codespaces",
        "codespaces_user_secrets",
        "codespaces_secrets on each named repository",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
}

#[tokio::test]
async fn a_403_of_an_organization_names_the_scope_despite_githubs_message() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.token("ghp_poor", &["repo"]);
    });
    let store = Organization::new("acme").unwrap().store(Family::Actions);
    let error = client(&emulator, "ghp_poor").secrets(store).list().await.unwrap_err();
    let text = error.to_string();
    assert!(error.is_forbidden(), "{text}");
    assert!(text.contains("a classic token needs the scope admin:org"), "{text}");
    assert!(!text.contains("fine-grained"), "{text}");
}

#[tokio::test]
async fn the_error_of_a_fine_grained_token_names_its_permission() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.token("github_pat_poor", &["secrets:read"]);
    });
    let store = Repository::new("octo", "hello").unwrap().store(Family::Dependabot);
    let error = client(&emulator, "github_pat_poor").secrets(store).list().await.unwrap_err();
    let text = error.to_string();
    assert!(error.is_forbidden() && text.contains("dependabot_secrets"), "{text}");
    assert!(!text.contains("classic"), "{text}");
}

#[tokio::test]
async fn an_unknown_token_and_a_missing_one_have_different_errors() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.bad_token("ghp_old");
    });
    let error = client(&emulator, "ghp_old").secrets(User.store()).list().await.unwrap_err();
    assert!(error.is_unauthorized() && error.to_string().contains("wrong, expired or revoked"), "{error}");
    let github = GitHub::builder().api_url(&emulator.url()).build().unwrap();
    let error = github.secrets(User.store()).list().await.unwrap_err();
    assert!(error.is_unauthorized() && error.to_string().contains("no token was given"), "{error}");
}

#[tokio::test]
async fn a_lock_out_is_reported_and_stops_the_call() {
    let (emulator, github) = start().await;
    let secrets = github.secrets(User.store());
    secrets.put(&name(), &value(), []).await.unwrap();
    let answer = http::Response::builder().status(403);
    let answer = answer.body(r#"{"message":"Maximum number of login attempts exceeded."}"#.into()).unwrap();
    emulator.script(Script::new(Fault::Answer(answer)).method(http::Method::PUT).times(100));
    let values = (0..50).map(|number| (SecretName::new(&format!("S_{number}")).unwrap(), value()));
    let results = secrets.put_all(values, []).await;
    let text = results[0].1.as_ref().unwrap_err().to_string();
    assert!(text.contains("wait some minutes") && !text.contains("scope"), "{text}");
    assert!(results.iter().all(|(_, result)| result.as_ref().is_err_and(Error::is_locked_out)));
    assert!(sent(&emulator).len() <= 2 + 8, "{}", sent(&emulator).len());
}

#[tokio::test]
async fn single_sign_on_is_reported_with_the_address_to_authorize() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.saml("acme");
    });
    let store = Organization::new("acme").unwrap().store(Family::Actions);
    let error = client(&emulator, "ghp_any").secrets(store).list().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("single sign-on: authorize the token at https://"), "{text}");
}

/// Refuses the next request with a limit that lasts 61 seconds.
fn limit_once(emulator: &Emulator) {
    let response = http::Response::builder()
        .status(403)
        .header("retry-after", "61")
        .body(r#"{"message":"You have exceeded a secondary rate limit."}"#.into())
        .unwrap();
    emulator.script(Script::new(Fault::Answer(response)));
}

#[tokio::test]
async fn a_rate_limit_is_not_mistaken_for_a_missing_permission() {
    let emulator = recording::start().await;
    let mut pacing = Pacing::default();
    pacing.max_wait = Duration::from_secs(5);
    let builder = GitHub::builder().token("ghp_test").api_url(&emulator.url()).pacing(pacing);
    let secrets = builder.build().unwrap().secrets(User.store());
    limit_once(&emulator);
    let refused = secrets.list().await.unwrap_err();
    let text = refused.to_string();
    assert!(text.contains("try again after 61 seconds") && !text.contains("scope"), "{text}");
    // The second request is not even sent.
    let error = secrets.list().await.unwrap_err();
    for error in [&refused, &error] {
        assert!(error.is_rate_limited() && !error.is_unknown_outcome());
        assert!(error.retry_after().is_some_and(|wait| wait.as_secs() > 50));
    }
    assert_eq!(emulator.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_long_max_wait_outlasts_a_limit() {
    let (emulator, github) = start().await;
    limit_once(&emulator);
    let started = Instant::now();
    assert!(github.secrets(User.store()).list().await.unwrap().is_empty());
    assert_eq!(started.elapsed().as_secs(), 61);
    let snapshot = github.pacer().snapshot();
    assert_eq!((snapshot.requests, snapshot.limited, snapshot.retries), (2, 1, 1));
}

#[tokio::test]
async fn the_error_of_a_token_with_the_scope_does_not_ask_for_it() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.missing("repos/octo/ghost");
    });
    let store = Repository::new("octo", "ghost").unwrap().store(Family::Actions);
    let text = github.secrets(store).list().await.unwrap_err().to_string();
    assert!(text.contains("are enough, so check the names") && !text.contains("needs"), "{text}");
}

/// Answers one listing with this status, content type and body, and returns the error's text.
async fn error_text(status: u16, body: &'static str, headers: &[(&str, &str)], store: &str) -> String {
    let emulator = recording::start().await;
    let mut answer = http::Response::builder().status(status);
    for (name, value) in headers {
        answer = answer.header(*name, *value);
    }
    emulator.script(Script::new(Fault::Answer(answer.body(body.into()).unwrap())));
    let builder = GitHub::builder().token("ghp_any").api_url(&emulator.url());
    let mut policy = octoseal::RetryPolicy::default();
    policy.attempts = 1;
    let github = builder.retry(policy).build().unwrap();
    github.any_secrets(store.parse().unwrap()).list().await.unwrap_err().to_string()
}

#[tokio::test]
async fn githubs_own_reason_gets_no_advice() {
    for message in [
        "Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list \
         enabled, and 192.0.2.1 is not permitted to access this resource.",
        "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is \
         greater than 366 days. Please adjust your token's lifetime.",
        "`acme` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal \
         access token with fine-grained permissions.",
        "The 'acme' enterprise forbids access via a personal access token (classic).",
        "Repository access blocked",
        "Sorry. Your account was suspended.",
        "This installation has been suspended",
        "Repository was archived so is read-only.",
    ] {
        let body = serde_json::json!({ "message": message }).to_string().leak();
        let text = error_text(403, body, &[], "repos/o/r/actions").await;
        assert!(text.contains(message.split('`').next().unwrap()), "{text}");
        assert!(!text.contains("scope") && !text.contains("needs") && !text.contains("name"), "{text}");
    }
}

#[tokio::test]
async fn generic_messages_and_proof_by_headers_name_the_missing_permission() {
    for message in [
        "Must have admin rights to Repository.",
        "Resource not accessible by personal access token",
        "Forbidden",
    ] {
        let body = serde_json::json!({ "message": message }).to_string().leak();
        let text = error_text(403, body, &[], "repos/o/r/actions").await;
        assert!(text.contains("a classic token needs the scope repo"), "{text}");
    }
    let headers = [("x-accepted-oauth-scopes", "repo"), ("x-oauth-scopes", "gist")];
    let text = error_text(403, r#"{"message":"Something new"}"#, &headers, "repos/o/r/actions").await;
    assert!(text.contains("a classic token needs the scope repo; this token has the scopes gist"), "{text}");
}

#[tokio::test]
async fn an_answer_without_githubs_json_is_not_attributed_to_github() {
    for (status, body) in [
        (403, "<html>Access denied by the gateway</html>"),
        (404, "<html>Not Found</html>"),
        (407, ""),
        (403, r#"{"error":"blocked"}"#),
        (404, "[]"),
        (502, "<html>Bad gateway</html>"),
    ] {
        let text = error_text(status, body, &[("content-type", "text/html")], "repos/o/r/actions").await;
        assert!(text.contains("not GitHub's answer: check the address"), "{text}");
        assert!(
            text.contains("/api/v3") && !text.contains("GitHub answered") && !text.contains("scope"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_404_below_environments_explains_how_to_create_one() {
    let text = error_text(404, r#"{"message":"Not Found"}"#, &[], "repos/o/r/environments/prod").await;
    assert!(text.contains("the environment may not exist (create it"), "{text}");
}

#[tokio::test]
async fn a_put_names_write_permission_even_if_its_key_request_is_refused() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.token("github_pat_poor", &["metadata:read"]);
    });
    let secrets =
        client(&emulator, "github_pat_poor").any_secrets("repos/octo/hello/actions".parse().unwrap());
    let put = secrets.put(&name(), &value(), octoseal::AnyAccess::Keep).await.unwrap_err().to_string();
    assert!(put.contains("public-key") && put.contains("secrets=write"), "{put}");
    let key = secrets.key().await.unwrap_err().to_string();
    assert!(key.contains("secrets=read"), "{key}");
}
