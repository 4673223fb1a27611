//! Heads of answers that are too long, have too many headers, or never end.

use crate::server::{NO_CONTENT, Server, Step};
use crate::{client, request};
use http::Method;
use octoseal_transport::{Phase, Transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{Duration, Instant, sleep};

fn with_headers(count: usize, length: usize) -> &'static str {
    let headers: String =
        (0..count).map(|number| format!("x-{number}: {}\r\n", "x".repeat(length))).collect();
    format!("HTTP/1.1 204 No Content\r\n{headers}\r\n").leak()
}

#[tokio::test(start_paused = true)]
async fn the_head_of_an_answer_has_limits() {
    for (answer, fits) in [
        (with_headers(128, 10), true),
        (with_headers(129, 10), false),
        (with_headers(60, 1000), true),
        (with_headers(120, 2000), false),
    ] {
        let server = Server::start([Step::AnswerThenHang(answer)]).await;
        let started = Instant::now();
        let result = client().send(request(Method::PUT, &server.url)).await;
        assert_eq!(result.is_ok(), fits, "a head of {} bytes", answer.len());
        assert!(result.err().is_none_or(|error| error.phase() == Phase::MaybeSent));
        assert_eq!(started.elapsed().as_secs(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn endless_early_hints_are_ended_by_the_attempts_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/user", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _request = stream.read(&mut [0; 4096]).await.unwrap();
        // 1,000 would exceed the timeout. The client disconnects before.
        for _ in 0..1000 {
            if stream.write_all(b"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n").await.is_err() {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
    });
    let started = Instant::now();
    let error = client().send(request(Method::PUT, &url)).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 30);
    assert!(error.is_timeout() && error.phase() == Phase::MaybeSent, "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_unexpected_answer_is_discarded() {
    let two =
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 418 Smuggled\r\ncontent-length: 0\r\n\r\n";
    let too_long = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more";
    for answer in [two, too_long] {
        let server = Server::start([Step::AnswerThenClose(answer), Step::Answer(NO_CONTENT)]).await;
        let client = client();
        let first = client.send(request(Method::GET, &server.url)).await.unwrap();
        assert_eq!((first.status().as_u16(), &first.body()[..]), (200, &b"ok"[..]));
        assert_eq!(client.send(request(Method::GET, &server.url)).await.unwrap().status(), 204);
    }
}
