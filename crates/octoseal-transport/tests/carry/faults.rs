//! Every way in which an exchange can break, and the phase that the client reports.

mod cancelled;
mod edges;
mod fuzzed;
mod pacer;
mod race;
mod survivors;
mod table;
mod whole;

use crate::server::{Server, Step};
use crate::{client, request};
use http::{Method, Response};
use octoseal_transport::{Client, Config, Error, Phase, Transport};
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Instant, timeout};

const CUT: &str = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this";

/// Sends one PUT to a server that performs this one step.
async fn put(step: Step) -> Result<Response<bytes::Bytes>, Error> {
    let server = Server::start([step]).await;
    client().send(request(Method::PUT, &server.url)).await
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_means_not_sent() {
    // The port is bound but not listening, so it stays reserved and refuses connections.
    let unused = TcpSocket::new_v4().unwrap();
    unused.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let url = format!("http://{}/user", unused.local_addr().unwrap());
    let error = client().send(request(Method::PUT, &url)).await.unwrap_err();
    assert_eq!(error.phase(), Phase::NotSent);
    assert!(error.is_connect() && !error.is_timeout() && !error.is_unknown_outcome());
    let origin = url.strip_suffix("/user").unwrap();
    assert_eq!(error.to_string(), format!("no connection to {origin}: check the address and the network"));
}

#[tokio::test(start_paused = true)]
async fn a_reset_after_the_request_leaves_the_outcome_of_a_write_unknown() {
    let error = put(Step::ResetAfterRequest).await.unwrap_err();
    assert_eq!(error.phase(), Phase::MaybeSent);
    assert!(error.is_unknown_outcome());
    assert!(error.to_string().ends_with("; whether the request took effect is unknown"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_stalled_head_ends_with_the_attempts_timeout() {
    let started = Instant::now();
    let error = put(Step::AnswerThenHang("HTTP/1.1 20")).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 30);
    assert!(error.is_timeout() && !error.is_connect());
    assert_eq!(error.phase(), Phase::MaybeSent);
}

#[tokio::test(start_paused = true)]
async fn a_stalled_body_ends_with_the_attempts_timeout() {
    let started = Instant::now();
    let error = put(Step::AnswerThenHang(CUT)).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 30);
    assert!(error.is_timeout());
    assert_eq!(error.phase(), Phase::AnswerLost);
}

#[tokio::test(start_paused = true)]
async fn a_truncated_body_means_that_the_answer_is_lost() {
    let error = put(Step::AnswerThenClose(CUT)).await.unwrap_err();
    assert_eq!(error.phase(), Phase::AnswerLost);
    assert!(error.is_unknown_outcome() && !error.is_body_too_large());
}

#[tokio::test(start_paused = true)]
async fn a_write_whose_body_is_lost_is_done_if_its_status_proves_it() {
    let cut = "HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\nonly this";
    for step in [Step::AnswerThenClose(cut), Step::AnswerThenHang(cut)] {
        let response = put(step).await.unwrap();
        assert_eq!((response.status().as_u16(), response.body().len()), (201, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_over_the_limit_is_refused_and_one_at_the_limit_is_not() {
    for (limit, fits) in [(9, true), (8, false)] {
        let server =
            Server::start([Step::Answer("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nonly this")]).await;
        let mut config = Config::default();
        config.max_body = limit;
        let result = Client::new(config).unwrap().send(request(Method::GET, &server.url)).await;
        assert_eq!(result.is_err_and(|error| error.is_body_too_large()), !fits);
    }
}

#[tokio::test(start_paused = true)]
async fn a_host_that_drops_packets_ends_with_the_connect_timeout() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    // Linux drops packets when the queue of connections is full.
    let mut queue = Vec::new();
    while let Ok(connection) = timeout(Duration::from_secs(1), TcpStream::connect(address)).await {
        queue.push(connection.unwrap());
    }
    let started = Instant::now();
    let error = client().send(request(Method::PUT, &format!("http://{address}/user"))).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 10);
    assert!(error.is_timeout() && error.is_connect());
    assert_eq!(error.phase(), Phase::NotSent);
}

#[tokio::test(start_paused = true)]
async fn a_tls_server_that_never_answers_ends_with_the_connect_timeout() {
    let server = Server::start([Step::HangBeforeRequest]).await;
    let started = Instant::now();
    let error =
        client().send(request(Method::PUT, &server.url.replace("http:", "https:"))).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 10);
    assert!(error.is_timeout() && error.is_connect());
    assert_eq!(error.phase(), Phase::NotSent);
}

#[tokio::test(start_paused = true)]
async fn an_attempts_timeout_while_connecting_means_not_sent() {
    let server = Server::start([Step::HangBeforeRequest]).await;
    let mut config = Config::default();
    config.attempt_timeout = Duration::from_secs(5);
    let https = server.url.replace("http:", "https:");
    let error = Client::new(config).unwrap().send(request(Method::PUT, &https)).await.unwrap_err();
    assert_eq!((error.is_timeout(), error.phase()), (true, Phase::NotSent));
}
