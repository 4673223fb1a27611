//! The contract of every transport.

use crate::server::{NO_CONTENT, Server, Step};
use crate::{client, request};
use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::Transport;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::time::timeout;

const MEBIBYTE: usize = 1024 * 1024;

/// Checks a transport with the default limits against the contract of the trait.
pub(crate) async fn suite(transport: impl Transport) {
    a_request_arrives_and_its_answer_comes_back(&transport).await;
    bodies_may_be_empty(&transport).await;
    a_status_is_no_error(&transport).await;
    a_body_of_one_mebibyte_is_accepted_and_a_longer_one_is_not(&transport).await;
    no_answer_is_an_error_of_unknown_outcome(&transport).await;
    cleartext_goes_nowhere_else(&transport).await;
    a_dropped_future_ends_the_exchange(&transport).await;
}

async fn put(transport: &impl Transport, step: Step) -> (Response<Bytes>, String) {
    let server = Server::start([step]).await;
    let mut put = request(Method::PUT, &format!("{}/secrets?page=2", server.url));
    put.headers_mut().insert("x-mine", "kept".parse().unwrap());
    let response = transport.send(put).await.unwrap();
    (response, server.requests().remove(0))
}

async fn a_request_arrives_and_its_answer_comes_back(transport: &impl Transport) {
    let answer = "HTTP/1.1 201 Created\r\nx-theirs: kept\r\ncontent-length: 2\r\n\r\n{}";
    let (response, sent) = put(transport, Step::AnswerThenClose(answer)).await;
    assert!(sent.starts_with("PUT /user/secrets?page=2 HTTP/1.1\r\n"), "{sent}");
    assert!(sent.contains("\r\nx-mine: kept\r\n"), "{sent}");
    assert!(sent.ends_with("\r\n\r\n{\"encrypted_value\":\"c2VhbGVk\"}"), "{sent}");
    assert_eq!((response.status().as_u16(), &response.body()[..]), (201, &b"{}"[..]));
    assert_eq!(response.headers()["x-theirs"], "kept");
}

async fn bodies_may_be_empty(transport: &impl Transport) {
    let server = Server::start([Step::AnswerThenClose(NO_CONTENT)]).await;
    let mut get = request(Method::GET, &server.url);
    *get.body_mut() = Bytes::new();
    let response = transport.send(get).await.unwrap();
    assert_eq!((response.status().as_u16(), response.body().len()), (204, 0));
    assert!(server.requests()[0].ends_with("\r\n\r\n"), "{:?}", server.requests());
}

async fn a_status_is_no_error(transport: &impl Transport) {
    for (answer, status) in [
        ("HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\nno", 404),
        ("HTTP/1.1 500 Broken\r\ncontent-length: 2\r\n\r\nno", 500),
        ("HTTP/1.1 307 Elsewhere\r\nlocation: /\r\ncontent-length: 2\r\n\r\nno", 307),
    ] {
        let (response, _) = put(transport, Step::AnswerThenClose(answer)).await;
        assert_eq!((response.status().as_u16(), &response.body()[..]), (status, &b"no"[..]));
    }
}

async fn a_body_of_one_mebibyte_is_accepted_and_a_longer_one_is_not(transport: &impl Transport) {
    for (length, fits) in [(MEBIBYTE, true), (MEBIBYTE + 1, false)] {
        let answer = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(length)).leak();
        let server = Server::start([Step::AnswerThenClose(answer)]).await;
        match transport.send(request(Method::GET, &server.url)).await {
            Ok(response) => assert_eq!((response.body().len(), fits), (length, true)),
            Err(error) => assert!(error.is_body_too_large() && !fits, "{error}"),
        }
    }
}

async fn no_answer_is_an_error_of_unknown_outcome(transport: &impl Transport) {
    for step in
        [Step::CloseAfterRequest, Step::AnswerThenClose("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncut")]
    {
        let server = Server::start([step]).await;
        let error = transport.send(request(Method::PUT, &server.url)).await.unwrap_err();
        assert!(error.is_unknown_outcome(), "{error:?}");
        assert!(error.to_string().contains(server.url.trim_end_matches("/user")), "{error}");
    }
}

async fn cleartext_goes_nowhere_else(transport: &impl Transport) {
    let error = transport.send(request(Method::PUT, "http://192.0.2.1/user")).await.unwrap_err();
    assert!(!error.is_unknown_outcome() && error.to_string().starts_with("cleartext goes only"), "{error}");
}

async fn a_dropped_future_ends_the_exchange(transport: &impl Transport) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/user", listener.local_addr().unwrap());
    let ended = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut all = Vec::new();
        // This ends only when the other side closes.
        stream.read_to_end(&mut all).await
    });
    timeout(Duration::from_secs(1), transport.send(request(Method::PUT, &url))).await.unwrap_err();
    let ended = timeout(Duration::from_secs(1), ended).await.expect("the connection is still there");
    assert!(ended.unwrap().unwrap() > 0, "the request was sent");
}

#[tokio::test(start_paused = true)]
async fn the_client_satisfies_the_contract_of_a_transport() {
    suite(client()).await;
}

#[tokio::test(start_paused = true)]
async fn a_shared_client_and_a_boxed_one_satisfy_it_too() {
    suite(Arc::new(client())).await;
    let shared: Arc<dyn Transport> = Arc::new(client());
    suite(shared).await;
}

#[tokio::test(start_paused = true)]
async fn a_closure_satisfies_it_too() {
    let client = client();
    suite(move |request: Request<Bytes>| {
        let client = client.clone();
        async move { client.send(request).await }
    })
    .await;
}
