//! The credential is sent only to the configured server.

use crate::request;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use octoseal_transport::{ApiUrl, Authorize, Phase, Retry, RetryPolicy, Token, Transport};
use std::sync::{Arc, Mutex};

type Seen = Arc<Mutex<Vec<HeaderMap>>>;

/// Creates a transport that answers with this status and location, and records the headers of requests.
fn recorder(status: u16, location: &'static str) -> (impl Transport, Seen) {
    let seen = Seen::default();
    let kept = Arc::clone(&seen);
    let transport = move |request: Request<Bytes>| {
        kept.lock().unwrap().push(request.headers().clone());
        let response = Response::builder().status(status).header("location", location);
        async move { Ok(response.body(Bytes::new()).unwrap()) }
    };
    (transport, seen)
}

fn token() -> Option<Token> {
    Some(Token::new("ghp_canary").unwrap())
}

#[tokio::test]
async fn the_credential_goes_to_the_configured_origin_marked_sensitive() {
    let (inner, seen) = recorder(200, "/");
    let transport = Authorize::new(inner, ApiUrl::github(), token());
    for url in ["https://api.github.com/user", "https://API.GitHub.com:443/user"] {
        transport.send(request(Method::GET, url)).await.unwrap();
    }
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 2);
    for headers in &*seen {
        assert_eq!(headers["authorization"], "Bearer ghp_canary");
        assert!(headers["authorization"].is_sensitive());
    }
}

#[tokio::test]
async fn nothing_is_sent_to_another_scheme_host_or_port() {
    let (inner, seen) = recorder(200, "/");
    let transport = Authorize::new(inner, "https://localhost".parse().unwrap(), token());
    for url in [
        "http://localhost/user",
        "https://localhost:8443/user",
        "https://localhost.example/user",
        "https://localhost@evil.example/user",
        "https://evil@localhost/user",
        "https://localhost:99999/user",
        "/user",
    ] {
        let error = transport.send(request(Method::GET, url)).await.unwrap_err();
        assert_eq!(error.phase(), Phase::NotSent, "{url}");
    }
    assert!(seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn without_a_token_there_is_no_header_and_the_same_origin_check() {
    let (inner, seen) = recorder(200, "/");
    let transport = Authorize::new(inner, ApiUrl::github(), None::<Token>);
    transport.send(request(Method::GET, "https://api.github.com/zen")).await.unwrap();
    transport.send(request(Method::GET, "https://github.com/zen")).await.unwrap_err();
    assert!(!seen.lock().unwrap()[0].contains_key("authorization"));
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_request_with_its_own_credential_is_refused_without_repeating_it() {
    let (inner, seen) = recorder(200, "/");
    let transport = Retry::new(Authorize::new(inner, ApiUrl::github(), token()), RetryPolicy::default());
    let mut own = request(Method::GET, "https://api.github.com/user");
    own.headers_mut().insert("authorization", "Bearer other_canary".parse().unwrap());
    let error = transport.send(own).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"));
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn the_layer_is_printed_without_its_credential() {
    let (inner, _) = recorder(200, "/");
    let printed = format!("{:?}", Authorize::new(inner, ApiUrl::github(), token()));
    assert!(printed.contains("api.github.com") && !printed.contains("canary"), "{printed}");
}

#[tokio::test]
async fn a_shared_transport_object_is_a_transport() {
    let (inner, seen) = recorder(200, "/");
    let shared: Arc<dyn Transport> = Arc::new(inner);
    let transport = Authorize::new(Arc::clone(&shared), ApiUrl::github(), None::<Token>);
    transport.send(request(Method::GET, "https://api.github.com/user")).await.unwrap();
    assert_eq!(seen.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn the_token_is_redacted_in_an_answer_that_repeats_it() {
    const CANARY: &str = "ghp_canary0123456789abcdef";
    let echo = |request: Request<Bytes>| async move {
        let credential = request.headers()["authorization"].clone();
        let body = [b"refused: ", credential.as_bytes(), b", ", credential.as_bytes(), b"!"].concat();
        let answer = Response::builder().status(401).header("x-github-request-id", credential);
        Ok(answer.body(Bytes::from(body)).unwrap())
    };
    let transport = Authorize::new(echo, ApiUrl::github(), Some(Token::new(CANARY).unwrap()));
    let mut request = Request::new(Bytes::new());
    *request.uri_mut() = ApiUrl::github().resolve("/user").unwrap();
    let response = transport.send(request).await.unwrap();
    assert_eq!(response.body(), "refused: Bearer (the token), Bearer (the token)!");
    assert_eq!(response.headers()["x-github-request-id"], "Bearer (the token)");
}
