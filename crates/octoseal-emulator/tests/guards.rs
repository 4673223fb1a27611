//! Access by host, and timeouts in paused time, on real sockets.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod recording;

use octoseal_emulator::{Fault, Script};
use std::thread;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

/// Sends one request and reads once, which returns a whole answer of this size.
async fn ask(stream: &mut TcpStream, target: &str, host: &str) -> String {
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: test\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut buffer = [0; 4096];
    let read = stream.read(&mut buffer).await.unwrap();
    String::from_utf8(buffer[..read].to_vec()).unwrap()
}

#[tokio::test]
async fn a_web_page_that_rebinds_its_name_is_answered_421_without_access() {
    let emulator = recording::start().await;
    let port = emulator.address().port();
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    for (target, host) in [
        ("/rate_limit", format!("evil.example:{port}")),
        ("http://evil.example/rate_limit", format!("127.0.0.1:{port}")),
    ] {
        let answer = ask(&mut stream, target, &host).await;
        assert!(answer.starts_with("HTTP/1.1 421 Misdirected Request\r\n"), "{answer}");
        let body: serde_json::Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        assert_eq!(body["status"], "421");
        assert!(body["message"].as_str().unwrap().contains("Use the URL that it was started with"), "{body}");
    }
    assert!(emulator.requests().is_empty());
}

#[tokio::test]
async fn names_of_localhost_are_accepted() {
    let emulator = recording::start().await;
    let port = emulator.address().port();
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    for host in ["localhost", "127.0.0.1", "[::1]", "github.localhost", "api.github.localhost"] {
        let answer = ask(&mut stream, "/rate_limit", &format!("{host}:{port}")).await;
        assert!(!answer.starts_with("HTTP/1.1 421 "), "{answer}");
    }
    assert_eq!(emulator.requests().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn one_connection_survives_minutes_of_paused_time_and_no_time_is_added() {
    let emulator = recording::start().await;
    emulator.script(Script::new(Fault::Delay(Duration::from_secs(600))));
    let start = Instant::now();
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    for pause in [30, 60, 600] {
        assert!(!ask(&mut stream, "/user", "localhost").await.is_empty());
        sleep(Duration::from_secs(pause)).await;
    }
    assert!(!ask(&mut stream, "/user", "localhost").await.is_empty());
    assert_eq!(start.elapsed().as_secs(), 600 + 30 + 60 + 600);
    assert_eq!(emulator.requests().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn paused_time_disconnects_no_client_outside_the_runtime() {
    let emulator = recording::start().await;
    let address = emulator.address();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    thread::spawn(move || sender.send(ask_slowly(address)));
    let answer = receiver.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
    assert!(answer.contains("\r\n\r\n{"), "{answer}");
}

/// Sends a request in three parts, with real time between them.
fn ask_slowly(address: std::net::SocketAddr) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let parts = ["PUT /user HTTP/1.1\r\nHost: localhost\r\n", "Content-Length: 4\r\n\r\n{", "  }"];
    for part in parts {
        thread::sleep(Duration::from_millis(50));
        stream.write_all(part.as_bytes()).unwrap();
    }
    let mut buffer = [0; 4096];
    let read = stream.read(&mut buffer).unwrap();
    String::from_utf8(buffer[..read].to_vec()).unwrap()
}
