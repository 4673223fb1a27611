//! Requests of the App as itself: they carry its web token, by GitHub's clock.

use super::{Rig, app, clock, key};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use octoseal_transport::{
    ApiUrl, AsApp, Authorize, Error, GitHubApp, Phase, Retry, RetryPolicy, Token, TokenProvider, Transport,
};

fn question(url: &str) -> Request<Bytes> {
    let mut request = Request::builder().uri(format!("{url}/app")).body(Bytes::new()).unwrap();
    request.extensions_mut().insert(AsApp);
    request
}

async fn ask(rig: Rig) -> (Response<Bytes>, Vec<u16>) {
    let url = rig.emulator.url();
    let response = Retry::new(rig.transport, RetryPolicy::default()).send(question(&url)).await.unwrap();
    let sent = rig.emulator.requests();
    assert!(sent.iter().all(|request| request.target == "/app"), "{sent:?}");
    (response, sent.iter().map(|request| request.status.unwrap().as_u16()).collect())
}

#[tokio::test(start_paused = true)]
async fn an_app_shows_its_identity_without_an_installation() {
    for app in [app(), app().installation(99)] {
        let rig = Rig::start(app).await;
        let sent = rig.sent.clone();
        let (response, statuses) = ask(rig).await;
        assert_eq!(statuses, [200]);
        assert!(std::str::from_utf8(response.body()).unwrap().contains("\"Iv1.abc\""));
        let sent = sent.lock().unwrap();
        assert!(sent[0].starts_with("Bearer ey"), "a JSON web token: {}", &sent[0][..9]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_an_hour_off_is_corrected_by_the_refusal() {
    for ahead in [3_600, -3_600] {
        let rig = Rig::start(GitHubApp::new("12", key(), clock(ahead)).unwrap()).await;
        assert_eq!(ask(rig).await.1, [401, 200], "{ahead}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_a_week_off_and_an_unknown_app_are_not_retried() {
    let rig = Rig::start(GitHubApp::new("12", key(), clock(7 * 86_400)).unwrap()).await;
    assert_eq!(ask(rig).await.1, [401]);
    let rig = Rig::start(GitHubApp::new("13", key(), clock(0)).unwrap()).await;
    assert_eq!(ask(rig).await.1, [404]);
}

#[tokio::test]
async fn a_credential_that_is_no_app_cannot_send_requests_as_one() {
    let never = |_: Request<Bytes>| async { Ok(Response::new(Bytes::from_static(b"sent"))) };
    let closure = |_: Option<&str>| async { Ok(None) };
    let url = "https://api.github.com";
    for error in [
        refused(Authorize::new(never, ApiUrl::github(), Some(Token::new("ghp_x").unwrap())), url).await,
        refused(Authorize::new(never, ApiUrl::github(), None::<Token>), url).await,
        refused(Authorize::new(never, ApiUrl::github(), closure), url).await,
    ] {
        assert_eq!(error.phase(), Phase::NotSent);
        assert!(error.to_string().contains("only the credential of a GitHub App"), "{error}");
    }
    let answer = Response::builder().status(StatusCode::UNAUTHORIZED).body(Bytes::new()).unwrap();
    assert!(!Token::new("ghp_x").unwrap().app_token_refused(&answer));
}

async fn refused(transport: impl Transport, url: &str) -> Error {
    transport.send(question(url)).await.unwrap_err()
}
