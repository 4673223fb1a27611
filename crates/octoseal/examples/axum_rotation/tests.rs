//! Tests of the handler against the emulator, in one process and in paused time: requests at GitHub and
//! answers to the caller.

use super::*;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use octoseal_emulator::{Fault, Script};
use tower_service::Service as _;

const STORE: &str = "repos/octo/hello/actions";

async fn call(emulator: &Emulator, path: &str) -> Response {
    let mut service = service(client("ghp_example", &emulator.url()).unwrap());
    let request = Request::post(path).body(Body::empty()).unwrap();
    service.call(request).await.unwrap()
}

async fn rotate_npm_token(emulator: &Emulator) -> Response {
    call(emulator, "/rotate/octo/hello/NPM_TOKEN").await
}

async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), 65_536).await.unwrap();
    String::from_utf8(bytes.into()).unwrap()
}

/// Answers every write with this answer, without handling it.
fn refuse_writes(emulator: &Emulator, status: u16, headers: &[(&str, &str)]) {
    let answer = headers.iter().fold(Response::builder().status(status), |answer, header| {
        let (name, value) = *header;
        answer.header(name, value)
    });
    let fault = Fault::Answer(answer.body("{}".into()).unwrap());
    emulator.script(Script::new(fault).method(Method::PUT).times(100));
}

#[test]
fn the_example_runs() {
    main().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_new_value_is_written_and_then_replaces_the_old_one() {
    let emulator = Emulator::start().await.unwrap();
    assert_eq!(rotate_npm_token(&emulator).await.status(), StatusCode::CREATED);
    assert_eq!(rotate_npm_token(&emulator).await.status(), StatusCode::NO_CONTENT);
    assert_eq!(emulator.opened_value(STORE, "NPM_TOKEN").unwrap().expose(), new_value().expose());
}

#[tokio::test(start_paused = true)]
async fn a_missing_repository_is_404_with_an_explanation() {
    let emulator = Emulator::start().await.unwrap();
    emulator.with_world(|world| {
        world.missing("repos/octo/hello");
    });
    let response = rotate_npm_token(&emulator).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(text(response).await.contains("the token has no access"));
}

#[tokio::test(start_paused = true)]
async fn a_bad_name_is_400_without_a_request_to_github() {
    let emulator = Emulator::start().await.unwrap();
    let response = call(&emulator, "/rotate/octo/hello/GITHUB_TOKEN").await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(emulator.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_is_429_at_once_with_a_time_to_retry() {
    for status in [403, 429] {
        let emulator = Emulator::start().await.unwrap();
        refuse_writes(&emulator, status, &[("retry-after", "3600")]);
        let started = tokio::time::Instant::now();
        let response = rotate_npm_token(&emulator).await;
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        let seconds = response.headers()[RETRY_AFTER].to_str().unwrap().parse::<u64>().unwrap();
        assert!((3_600..3_660).contains(&seconds), "{seconds}");
        assert!(started.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test(start_paused = true)]
async fn an_unknown_outcome_is_502_and_says_so() {
    let emulator = Emulator::start().await.unwrap();
    emulator.script(Script::new(Fault::HandleThenClose).method(Method::PUT).times(100));
    let response = rotate_npm_token(&emulator).await;
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
    assert!(text(response).await.starts_with("perhaps written: "));
    assert!(emulator.opened_value(STORE, "NPM_TOKEN").is_some(), "the value was written");
}

#[tokio::test(start_paused = true)]
async fn a_token_without_write_permission_is_a_server_error() {
    let emulator = Emulator::start().await.unwrap();
    refuse_writes(&emulator, 403, &[]);
    assert_eq!(rotate_npm_token(&emulator).await.status(), StatusCode::INTERNAL_SERVER_ERROR);
}
