//! No trace of any crate, at any level, holds the token, the body or the path.

use crate::logged::{Log, printed};
use crate::server::{NO_CONTENT, Server, Step, UNAVAILABLE};
use crate::{client, request};
use bytes::Bytes;
use http::Method;
use octoseal_transport::{Authorize, PathTemplate, Retry, RetryPolicy, Token, Transport};
/// Sends one PUT with canaries in token, body and path; gives all traces and the printed error, if there is one.
async fn traces_of(script: &[Step]) -> (String, String) {
    let log = Log::default();
    let _guard = log.everything();
    let server = Server::start(script.iter().copied()).await;
    let token = Token::new("ghp_canary_token").unwrap();
    let home = server.url.parse().unwrap();
    let transport = Retry::new(Authorize::new(client(), home, Some(token)), RetryPolicy::default());
    let mut put = request(Method::PUT, &format!("{}/canary_path?canary_query", server.url));
    *put.body_mut() = Bytes::from_static(b"canary_body");
    put.extensions_mut().insert(PathTemplate("/user/codespaces/secrets/{secret_name}".to_owned()));
    let error = transport.send(put).await.err();
    assert!(server.requests()[0].contains("authorization: Bearer ghp_canary_token\r\n"));

    (log.text(), error.map(|error| printed(&error)).unwrap_or_default())
}

#[tokio::test(start_paused = true)]
async fn the_traces_of_a_success_hold_what_they_may_and_no_canary() {
    let (traces, _) = traces_of(&[Step::Answer(UNAVAILABLE), Step::Answer(NO_CONTENT)]).await;
    assert!(!traces.contains("canary"), "{traces}");
    for wanted in [
        "method=\"PUT\" template=\"/user/codespaces/secrets/{secret_name}\" attempt=1 status=503",
        "attempt=2 status=204 request_id=\"C0FE:1234\"",
        "octoseal_transport: sends the request again reason=\"server error\" attempt=1 delay=1",
        "hyper_util::",
    ] {
        assert!(traces.contains(wanted), "{wanted} is not in\n{traces}");
    }
}

#[tokio::test(start_paused = true)]
async fn neither_traces_nor_errors_of_a_failure_hold_a_canary() {
    for fault in [
        Step::ResetAfterRequest,
        Step::CloseAfterRequest,
        Step::HangAfterRequest,
        Step::AnswerThenClose("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncanary"),
        Step::AnswerThenClose("HTTP/1.1 301 Moved\r\nlocation: /?canary\r\ncontent-length: 0\r\n\r\n"),
        Step::Answer("HTTP/1.1 canary\r\n\r\n"),
    ] {
        let (traces, errors) = traces_of(&[fault; 3]).await;
        assert!(traces.contains("method=\"PUT\""), "{traces}");
        assert!(!errors.is_empty());
        assert!(!format!("{traces}{errors}").contains("canary"), "{traces}{errors}");
    }
}
