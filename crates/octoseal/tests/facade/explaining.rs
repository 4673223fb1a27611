//! Refusals say what they mean: GitHub's own words mislead.

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
        "codespaces_secrets on every repository",
    ] {
        assert!(text.contains(part), "{part} in: {text}");
    }
}

#[tokio::test]
async fn a_403_of_an_organization_names_the_scope_in_spite_of_githubs_words() {
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
async fn a_fine_grained_token_is_told_its_permission() {
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
async fn an_unknown_token_and_a_missing_one_are_told_apart() {
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
async fn who_is_locked_out_is_told_so_and_does_not_go_on() {
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
    assert!(results.iter().all(|(_, result)| result.as_ref().is_err_and(Error::is_forbidden)));
    assert!(sent(&emulator).len() <= 2 + 8, "{}", sent(&emulator).len());
}

#[tokio::test]
async fn single_sign_on_is_named_with_the_place_to_authorize() {
    let emulator = recording::start().await;
    emulator.with_world(|world| {
        world.saml("acme");
    });
    let store = Organization::new("acme").unwrap().store(Family::Actions);
    let error = client(&emulator, "ghp_any").secrets(store).list().await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("single sign-on: authorize the token at https://"), "{text}");
}

/// Refuses the next request by a limit that lasts 61 seconds.
fn limit_once(emulator: &Emulator) {
    let response = http::Response::builder()
        .status(403)
        .header("retry-after", "61")
        .body(r#"{"message":"You have exceeded a secondary rate limit."}"#.into())
        .unwrap();
    emulator.script(Script::new(Fault::Answer(response)));
}

#[tokio::test]
async fn a_rate_limit_is_not_taken_for_a_missing_permission() {
    let emulator = recording::start().await;
    let mut pacing = Pacing::default();
    pacing.patience = Duration::from_secs(5);
    let builder = GitHub::builder().token("ghp_test").api_url(&emulator.url()).pacing(pacing);
    let secrets = builder.build().unwrap().secrets(User.store());
    limit_once(&emulator);
    let refused = secrets.list().await.unwrap_err();
    let text = refused.to_string();
    assert!(text.contains("try again after 61 seconds") && !text.contains("scope"), "{text}");
    // The second is not even sent.
    let error = secrets.list().await.unwrap_err();
    for error in [&refused, &error] {
        assert!(error.is_rate_limited() && !error.is_unknown_outcome());
        assert!(error.retry_after().is_some_and(|wait| wait.as_secs() > 50));
    }
    assert_eq!(emulator.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_has_the_patience_waits_a_limit_out() {
    let (emulator, github) = start().await;
    limit_once(&emulator);
    let started = Instant::now();
    assert!(github.secrets(User.store()).list().await.unwrap().is_empty());
    assert_eq!(started.elapsed().as_secs(), 61);
    let snapshot = github.pacer().snapshot();
    assert_eq!((snapshot.requests, snapshot.limited, snapshot.repeats), (2, 1, 1));
}

#[tokio::test]
async fn a_token_with_the_scope_is_not_told_to_get_it() {
    let (emulator, github) = start().await;
    emulator.with_world(|world| {
        world.missing("repos/octo/ghost");
    });
    let store = Repository::new("octo", "ghost").unwrap().store(Family::Actions);
    let text = github.secrets(store).list().await.unwrap_err().to_string();
    assert!(text.contains("are enough, so perhaps a name is wrong") && !text.contains("needs"), "{text}");
}
