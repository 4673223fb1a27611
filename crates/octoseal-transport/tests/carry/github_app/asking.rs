//! The App's requests, wrong clocks and keys, and reports of GitHub's refusals.

use super::{Rig, app, clock, key};
use bytes::Bytes;
use http::Response;
use octoseal_emulator::{Fault, Script};
use octoseal_transport::{BoxFuture, GitHubApp, Phase, Signer, Transport};
use std::error::Error as _;
use std::time::Duration;

type Signature = Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;

/// A remote signer that works or fails.
struct Kms(Option<octoseal_transport::RsaKey>);

impl Signer for Kms {
    fn sign<'a>(&'a self, message: &'a [u8]) -> BoxFuture<'a, Signature> {
        Box::pin(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            match &self.0 {
                Some(key) => key.sign(message).await,
                None => Err("the key is disabled".into()),
            }
        })
    }
}

/// A signer with another key.
struct Forger;

impl Signer for Forger {
    fn sign<'a>(&'a self, _: &'a [u8]) -> BoxFuture<'a, Signature> {
        Box::pin(std::future::ready(Ok(vec![7; 256])))
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_an_hour_off_is_corrected_once() {
    for ahead in [3_600, -3_600] {
        let rig = Rig::start(GitHubApp::new("12", key(), clock(ahead)).unwrap()).await;
        assert_eq!(rig.status("acme").await, 200);
        assert_eq!(rig.status("octo").await, 200);
        let asked = rig.asked();
        assert_eq!(
            asked[..3],
            [
                "GET /orgs/acme/installation 401",
                "GET /orgs/acme/installation 200",
                "POST /app/installations/7/access_tokens 201",
            ],
            "{ahead}"
        );
        assert_eq!(asked.iter().filter(|asked| asked.ends_with("401")).count(), 1, "{asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn two_tasks_that_detect_a_wrong_clock_at_once_both_continue() {
    let rig = Rig::start(GitHubApp::new("12", key(), clock(3_600)).unwrap()).await;
    rig.emulator.set_latency(Duration::from_millis(100));
    assert_eq!(tokio::join!(rig.status("acme"), rig.status("octo")), (200, 200));
    let refused = rig.asked().iter().filter(|asked| asked.ends_with("401")).count();
    assert_eq!(refused, 2, "{:?}", rig.asked());
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_slightly_off_needs_no_correction() {
    for ahead in [50, -500] {
        let rig = Rig::start(GitHubApp::new("12", key(), clock(ahead)).unwrap()).await;
        assert_eq!(rig.status("acme").await, 200);
        assert_eq!(rig.asked().len(), 2, "{ahead}: {:?}", rig.asked());
    }
}

#[tokio::test(start_paused = true)]
async fn a_remote_service_can_sign() {
    let rig = Rig::start(GitHubApp::new("12", Kms(Some(key())), clock(0)).unwrap()).await;
    assert_eq!(rig.status("acme").await, 200);
    let rig = Rig::start(GitHubApp::new("12", Kms(None), clock(0)).unwrap()).await;
    let error = rig.list("acme").await.unwrap_err();
    assert_eq!(error.to_string(), "the App's JSON web token cannot be signed");
    assert_eq!(error.source().unwrap().to_string(), "the key is disabled");
    assert!(rig.emulator.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn refusals_are_explained_and_nothing_was_sent() {
    let forged = GitHubApp::new("12", Forger, clock(0)).unwrap();
    let unknown = GitHubApp::new("13", key(), clock(0)).unwrap();
    let more = app().permission("secrets", "admin");
    for (app, owner, words) in [
        (
            forged,
            "acme",
            "GitHub refused the App's token request for acme: 401 Unauthorized: A JSON web token could not be \
             decoded; check that the App's id and its private key belong together",
        ),
        (
            unknown,
            "acme",
            "GitHub refused the App's token request for acme: 404 Not Found: Integration not found; check the App's id",
        ),
        (
            app(),
            "stranger",
            "the GitHub App is not installed at stranger: install it there, or check the name (GitHub answered 404 \
             Not Found: Not Found)",
        ),
        (
            app().installation(99),
            "acme",
            "GitHub refused the App's token request for the installation 99: 404 Not Found: Not Found; check that \
             the App is still installed there",
        ),
        (
            more,
            "acme",
            "GitHub refused the App's token request for acme: 422 Unprocessable Entity: The permissions requested \
             are not granted to this installation.",
        ),
    ] {
        let rig = Rig::start(app).await;
        let error = rig.list(owner).await.unwrap_err();
        assert_eq!(error.to_string(), words);
        assert_eq!(error.phase(), Phase::NotSent);
        let sent = rig.emulator.requests();
        assert!(!sent.iter().any(|request| request.target.contains("secrets")), "{sent:?}");
        assert!(sent.len() <= 2, "no request is sent twice: {sent:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn requests_without_an_owner_or_with_an_invalid_one_are_refused_before_anything_is_sent() {
    let rig = Rig::start(app()).await;
    let error = rig.transport.send(rig.listing(None, "acme")).await.unwrap_err();
    assert!(error.to_string().starts_with("the request names no owner, so no installation"), "{error}");
    for odd in ["", "..", "a/b", "a%2Fb", "a?b", "é", "a b", &"x".repeat(101)] {
        let error = rig.transport.send(rig.listing(Some(odd), "acme")).await.unwrap_err();
        assert_eq!(error.to_string(), "the owner's name is not a valid name of an account at GitHub");
    }
    assert!(rig.emulator.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_invalid_answer_is_an_error() {
    for body in ["{}", r#"{"token":7}"#, r#"{"token":""}"#, r#"{"token":"a b"}"#] {
        let rig = Rig::start(app()).await;
        let answer = Response::builder().status(201).body(Bytes::from_static(body.as_bytes())).unwrap();
        rig.emulator.script(Script::new(Fault::Answer(answer)).path("access_tokens"));
        let error = rig.list("acme").await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "GitHub's answer to the App's token request for acme cannot be read",
            "{body}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_redirect_is_not_followed_with_the_apps_web_token() {
    let rig = Rig::start(app()).await;
    let answer = Response::builder().status(301).header("location", "https://evil.example/");
    rig.emulator.script(Script::new(Fault::Answer(answer.body(Bytes::new()).unwrap())));
    let error = rig.list("acme").await.unwrap_err().to_string();
    assert_eq!(error, "GitHub refused the App's token request for acme: 301 Moved Permanently");
}

#[test]
fn an_invalid_id_is_refused() {
    for id in ["", "a b", "Iv1\n", &"x".repeat(81)] {
        GitHubApp::new(id, Forger, std::time::SystemTime::now).unwrap_err();
    }
    GitHubApp::new("x".repeat(80), Forger, std::time::SystemTime::now).unwrap();
}
