//! Redirects: followed to the same resource on the same server, with method, body and credential, and refused
//! otherwise.

use crate::request;
use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{ApiUrl, Authorize, Error, Phase, Redirected, Retry, RetryPolicy, Token, Transport};
use std::sync::{Arc, Mutex};

const HOME: &str = "https://api.github.com/repos/a/b";

/// Answers with this status and location until `hops` requests have come, then with 204.
async fn redirected(status: u16, location: &str, hops: usize) -> (Result<u16, Error>, Vec<String>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    let location = location.to_owned();
    let answers = move |request: Request<Bytes>| {
        let (head, body) = request.into_parts();
        let credential = head.headers["authorization"].to_str().unwrap().to_owned();
        kept.lock().unwrap().push(format!("{} {} {credential} {}", head.method, head.uri, body.len()));
        let is_last = kept.lock().unwrap().len() > hops;
        let response = Response::builder().status(if is_last { 204 } else { status });
        let response = response.header("location", &location).body(Bytes::new()).unwrap();
        async move { Ok(response) }
    };
    let authorized = Authorize::new(answers, ApiUrl::github(), Some(Token::new("ghp_canary").unwrap()));
    let answer = Retry::new(authorized, RetryPolicy::default()).send(request(Method::PUT, HOME)).await;
    let seen = seen.lock().unwrap().clone();
    (answer.map(|response| response.status().as_u16()), seen)
}

#[tokio::test]
async fn a_redirect_on_the_same_server_keeps_method_body_and_credential() {
    let there = "https://api.github.com/repositories/1";
    for status in [301, 302, 307, 308] {
        for location in [there, "/repositories/1", "https://API.github.com:443/repositories/1"] {
            let (answer, seen) = redirected(status, location, 1).await;
            assert_eq!(answer.unwrap(), 204);
            let first = format!("PUT {HOME} Bearer ghp_canary 30");
            assert_eq!(seen[0], first);
            assert!(seen[1].ends_with("/repositories/1 Bearer ghp_canary 30"), "{}", seen[1]);
            assert_eq!(seen.len(), 2);
        }
    }
}

#[tokio::test]
async fn only_path_and_query_of_a_redirect_count() {
    for location in [
        "https://internal.example:8443/repositories/1?a=b",
        "http://internal.example/repositories/1?a=b",
        "//internal.example/repositories/1?a=b#c",
        "/repos/new/name?a=b",
    ] {
        let (answer, seen) = redirected(307, location, 1).await;
        assert_eq!(answer.unwrap(), 204);
        assert!(seen[1].starts_with("PUT https://api.github.com/repo"), "{}", seen[1]);
        assert!(seen[1].ends_with("?a=b Bearer ghp_canary 30"), "{}", seen[1]);
    }
}

#[tokio::test]
async fn a_redirect_to_another_resource_is_refused_before_a_second_request() {
    for (location, shown) in [
        ("https://evil.example:8443/a?canary", "https://evil.example:8443"),
        ("https://internal.example/repos/a/b", "https://internal.example"),
        ("http://internal.example/canary", "an address that requests may not go to"),
        ("http://127.0.0.1/canary", "http://127.0.0.1"),
        ("//evil.example/canary", "https://evil.example"),
        ("/login?return_to=canary", "/login"),
        ("https://api.github.com/orgs/a?canary", "/orgs"),
        ("/repos/a/b/actions/secrets", "/repos"),
        ("/repositories/canary", "/repositories"),
        ("/repos/a/../b", "/repos"),
        ("/a%2Fcanary", "another address"),
        ("https://canary:canary@api.github.com/a", "an address that requests may not go to"),
        ("not an address canary", "an address that cannot be read"),
        ("", "an address that cannot be read"),
    ] {
        let (answer, seen) = redirected(307, location, 1).await;
        let error = answer.unwrap_err();
        assert!(error.is_redirect() && !error.is_unknown_outcome());
        let text = error.to_string();
        let start = format!("https://api.github.com answered 307 and points to {shown},");
        assert!(text.starts_with(&start) && !text.contains("canary"), "{location}: {text}");
        assert_eq!(seen.len(), 1);
    }
}

#[tokio::test]
async fn an_answer_after_a_redirect_names_the_new_owner() {
    let moved = |request: Request<Bytes>| async move {
        let is_new = request.uri().path().starts_with("/repositories/");
        let answer = Response::builder().status(if is_new { 201 } else { 307 });
        Ok(answer.header("location", "/repositories/7/actions/secrets/A").body(Bytes::new()).unwrap())
    };
    let authorized = Authorize::new(moved, ApiUrl::github(), None::<Token>);
    let uri = "https://api.github.com/repos/a/b/actions/secrets/A";
    let answer =
        Retry::new(authorized, RetryPolicy::default()).send(request(Method::PUT, uri)).await.unwrap();
    let landed = answer.extensions().get::<Redirected>().unwrap();
    assert_eq!((answer.status().as_u16(), landed.0.as_str()), (201, "repositories/7"));
}

#[tokio::test]
async fn a_loop_ends_after_three_steps() {
    let (answer, seen) = redirected(301, HOME, usize::MAX).await;
    let error = answer.unwrap_err();
    assert_eq!((error.is_redirect(), error.phase(), seen.len()), (true, Phase::NotSent, 4));
    assert_eq!(
        error.to_string(),
        "https://api.github.com answered 301 again after 3 redirects: use the repository's new name"
    );
    assert_eq!(redirected(301, HOME, 3).await.0.unwrap(), 204);
}

#[tokio::test]
async fn a_redirect_that_changes_the_request_is_returned_as_an_answer() {
    for status in [300, 303, 304] {
        let (answer, seen) = redirected(status, "/elsewhere", 1).await;
        assert_eq!((answer.unwrap(), seen.len()), (status, 1));
    }
}
