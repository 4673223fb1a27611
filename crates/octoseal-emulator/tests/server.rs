//! The server on real sockets, with hand-written HTTP/1.1.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod recording;

use http::{Method, Response};
use octoseal_crypto::PublicKey;
use octoseal_emulator::{Emulator, Fault, Script};
use serde_json::{Value, json};
use std::io::{self, ErrorKind};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

const STORE: &str = "user/codespaces";
const VALUE_BASE64: &str = "aHVudGVyMg==";

/// Sends one request on its own connection and returns the status and the whole answer.
async fn exchange(emulator: &Emulator, method: &str, path: &str, body: &str) -> io::Result<(u16, String)> {
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {}\r\nUser-Agent: test\r\nAuthorization: Bearer ghp_hidden\r\n\
         Connection: close\r\nContent-Length: {length}\r\n\r\n{body}",
        emulator.address()
    );
    let mut stream = TcpStream::connect(emulator.address()).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    let reading = timeout(Duration::from_secs(3_600), stream.read_to_string(&mut answer));
    reading.await.expect("the answer comes")?;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.ok_or(ErrorKind::UnexpectedEof)?, answer))
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// Puts the value `hunter2`.
async fn put(emulator: &Emulator, name: &str) -> io::Result<(u16, String)> {
    let (_, answer) = exchange(emulator, "GET", &format!("/{STORE}/secrets/public-key"), "").await?;
    let key = body(&answer);
    let public_key: PublicKey = key["key"].as_str().unwrap().parse().unwrap();
    let sealed = public_key.seal_base64(b"hunter2").unwrap();
    let body = json!({ "key_id": key["key_id"], "encrypted_value": sealed }).to_string();
    exchange(emulator, "PUT", &format!("/{STORE}/secrets/{name}"), &body).await
}

fn is_stored(emulator: &Emulator, name: &str) -> bool {
    emulator.opened_value(STORE, name).is_some_and(|value| value.expose() == b"hunter2")
}

#[tokio::test]
async fn a_value_is_written_through_a_socket() {
    let emulator = recording::start().await;
    let (status, answer) = put(&emulator, "NAME").await.unwrap();
    assert_eq!(status, 201);
    assert!(answer.ends_with("\r\n\r\n{}"), "{answer}");
    assert!(answer.to_lowercase().contains("x-github-request-id: "), "{answer}");
    assert!(is_stored(&emulator, "NAME"));
    assert_eq!(emulator.secrets(STORE).len(), 1);
}

#[tokio::test]
async fn a_204_has_neither_body_nor_length() {
    let emulator = recording::start().await;
    put(&emulator, "NAME").await.unwrap();
    let (status, answer) = put(&emulator, "NAME").await.unwrap();
    assert_eq!(status, 204);
    assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    assert!(!answer.to_lowercase().contains("content-"), "{answer}");
}

#[tokio::test]
async fn one_connection_carries_many_requests() {
    let emulator = recording::start().await;
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    for number in 1..=3 {
        stream.write_all(b"GET /rate_limit HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        let mut buffer = [0; 4096];
        let read = timeout(Duration::from_secs(10), stream.read(&mut buffer));
        assert!(read.await.unwrap().unwrap() > 0);
        assert_eq!(emulator.requests().len(), number);
    }
}

#[tokio::test]
async fn requests_are_recorded_without_the_token() {
    let emulator = recording::start().await;
    put(&emulator, "NAME").await.unwrap();
    let requests = emulator.requests();
    assert_eq!(requests.len(), 2);
    let put = &requests[1];
    assert_eq!(
        (put.number, put.method.as_str(), put.target.as_str()),
        (2, "PUT", "/user/codespaces/secrets/NAME")
    );
    assert_eq!(put.status.unwrap(), 201);
    assert_eq!(put.headers["authorization"], "redacted");
    assert!(put.body.as_ref().unwrap()["encrypted_value"].is_string());
    assert_eq!(format!("{put:?}"), "#2 PUT /user/codespaces/secrets/NAME -> Some(201)");
}

#[tokio::test]
async fn a_scripted_answer_is_sent_unchanged_and_nothing_is_stored() {
    let emulator = recording::start().await;
    let answer =
        Response::builder().status(403).header("retry-after", "60").body("{\"message\":\"slow\"}".into());
    emulator.script(Script::new(Fault::Answer(answer.unwrap())).method(Method::PUT));
    let (status, answer) = put(&emulator, "NAME").await.unwrap();
    assert_eq!(status, 403);
    assert!(answer.contains("retry-after: 60\r\n") && answer.ends_with("{\"message\":\"slow\"}"), "{answer}");
    assert!(!answer.contains("x-ratelimit"), "{answer}");
    assert!(!is_stored(&emulator, "NAME"));
    assert_eq!(put(&emulator, "NAME").await.unwrap().0, 201);
}

#[tokio::test]
async fn a_write_can_be_stored_and_look_like_a_failure() {
    let emulator = recording::start().await;
    let answer = Response::builder().status(502).body("<html>Bad Gateway</html>".into()).unwrap();
    emulator.script(Script::new(Fault::HandleThenAnswer(answer)).method(Method::PUT));
    assert_eq!(put(&emulator, "NAME").await.unwrap().0, 502);
    assert!(is_stored(&emulator, "NAME"));
    assert_eq!(emulator.requests()[1].status.unwrap(), 502);
    assert_eq!(put(&emulator, "NAME").await.unwrap().0, 204);
}

#[tokio::test]
async fn a_connection_can_be_reset_or_closed_before_or_after_handling() {
    for (fault, kind, stored) in [
        (Fault::Reset, ErrorKind::ConnectionReset, false),
        (Fault::HandleThenReset, ErrorKind::ConnectionReset, true),
        (Fault::Close, ErrorKind::UnexpectedEof, false),
        (Fault::HandleThenClose, ErrorKind::UnexpectedEof, true),
    ] {
        let emulator = recording::start().await;
        emulator.script(Script::new(fault.clone()).method(Method::PUT).path("/secrets/NAME"));
        assert_eq!(put(&emulator, "NAME").await.unwrap_err().kind(), kind, "{fault:?}");
        assert_eq!(is_stored(&emulator, "NAME"), stored, "{fault:?}");
        assert_eq!(emulator.requests()[1].status, None);
        assert_eq!(put(&emulator, "NAME").await.unwrap().0, if stored { 204 } else { 201 });
    }
}

#[tokio::test(start_paused = true)]
async fn delay_and_latency_pass_in_paused_time() {
    let emulator = recording::start().await;
    emulator.set_latency(Duration::from_secs(60));
    emulator.script(Script::new(Fault::Delay(Duration::from_secs(600))));
    let start = Instant::now();
    exchange(&emulator, "GET", "/user", "").await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 660);
    exchange(&emulator, "GET", "/user", "").await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 720);
}

#[tokio::test]
async fn a_body_of_more_than_a_mebibyte_is_refused() {
    let emulator = recording::start().await;
    let long = "x".repeat(1024 * 1024);
    let path = format!("/{STORE}/secrets/NAME");
    assert_eq!(exchange(&emulator, "PUT", &path, &long).await.unwrap().0, 400);
    let head = format!("PUT {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n");
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    timeout(Duration::from_secs(10), stream.read_exact(&mut answer)).await.unwrap().unwrap();
    assert_eq!(&answer, b"HTTP/1.1 413");
}

#[tokio::test]
async fn only_loopback_addresses_are_bound() {
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let error = Emulator::builder().start_on(address.parse().unwrap()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{address}");
        assert!(error.to_string().starts_with("the emulator binds to loopback addresses only"), "{error}");
    }
    let emulator = Emulator::builder().start_on("127.0.0.2:0".parse().unwrap()).await.unwrap();
    assert!(emulator.url().starts_with("http://127.0.0.2:"));
}

#[tokio::test]
async fn a_dropped_emulator_stops_listening_and_closes_its_connections() {
    let emulator = recording::start().await;
    let address = emulator.address();
    let mut idle = TcpStream::connect(address).await.unwrap();
    exchange(&emulator, "GET", "/user", "").await.unwrap();
    drop(emulator);
    let ended = timeout(Duration::from_secs(10), idle.read(&mut [0])).await.unwrap();
    assert!(!matches!(ended, Ok(1..)));
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn the_log_has_everything_except_secrets() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let builder = Emulator::builder().log(move |line| sink.lock().unwrap().push(line.to_owned()));
    let emulator = builder.start().await.unwrap();
    put(&emulator, "name").await.unwrap();
    exchange(&emulator, "GET", "/nowhere?access_token=ghp_hidden", "").await.unwrap();
    let plain = json!({ "key_id": "hunter2", "encrypted_value": "hunter2" }).to_string();
    exchange(&emulator, "PUT", &format!("/{STORE}/secrets/NAME"), &plain).await.unwrap();
    emulator.script(Script::new(Fault::Close));
    exchange(&emulator, "GET", "/user", "").await.unwrap_err();
    let lines = lines.lock().unwrap();
    for line in lines.iter() {
        assert!(!line.contains("hunter2") && !line.contains("ghp_hidden") && !line.contains('\n'), "{line}");
    }
    let lines: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let put = &lines[1];
    assert_eq!((&put["method"], &put["status"]), (&json!("PUT"), &json!(201)));
    assert_eq!((&put["store"], &put["name"]), (&json!(STORE), &json!("NAME")));
    assert_eq!((&put["sealed_bytes"], &put["number"]), (&json!(55), &json!(2)));
    assert_eq!(put["key_id"], "012345678912345678");
    assert!(put["request_id"].as_str().unwrap().starts_with("0C70:"));
    assert_eq!((&lines[2]["path"], &lines[2]["store"]), (&json!("/nowhere"), &Value::Null));
    assert_eq!((&lines[1]["not_emulated"], &lines[2]["not_emulated"]), (&Value::Null, &json!(1)));
    assert_eq!((&lines[3]["status"], &lines[3]["key_id"]), (&json!(422), &Value::Null));
    assert_eq!(lines[4]["status"], Value::Null);
}

#[tokio::test]
async fn new_keys_are_reported_before_their_answer() {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&reported);
    let count = move |keys: &octoseal_crypto::SecretValue| {
        let keys: Value = serde_json::from_slice(keys.expose()).unwrap();
        sink.lock().unwrap().push(keys.as_object().unwrap().len());
    };
    let emulator = Emulator::builder().keys(count).start().await.unwrap();
    exchange(&emulator, "GET", "/user/codespaces/secrets", "").await.unwrap();
    assert!(reported.lock().unwrap().is_empty());
    for _ in 0..2 {
        exchange(&emulator, "GET", "/user/codespaces/secrets/public-key", "").await.unwrap();
        assert_eq!(*reported.lock().unwrap(), [1]);
    }
    emulator.rotate_key("user/codespaces").unwrap();
    emulator.rotate_key("orgs/acme/actions").unwrap();
    assert_eq!(*reported.lock().unwrap(), [1, 1, 2]);
}

#[tokio::test]
async fn opened_values_are_reported_when_one_is_stored_or_deleted() {
    let reported = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&reported);
    let keep = move |opened: &octoseal_crypto::SecretValue| {
        sink.lock().unwrap().push(serde_json::from_slice::<Value>(opened.expose()).unwrap());
    };
    let emulator = Emulator::builder().opened(keep).start().await.unwrap();
    put(&emulator, "one").await.unwrap();
    put(&emulator, "two").await.unwrap();
    exchange(&emulator, "GET", &format!("/{STORE}/secrets"), "").await.unwrap();
    for status in [204, 404] {
        let path = format!("/{STORE}/secrets/one");
        assert_eq!(exchange(&emulator, "DELETE", &path, "").await.unwrap().0, status);
    }
    let reported = reported.lock().unwrap();
    assert_eq!(reported.len(), 3, "{reported:?}");
    assert_eq!(reported[1], json!({ STORE: { "ONE": VALUE_BASE64, "TWO": VALUE_BASE64 } }));
    assert_eq!(reported[2], json!({ STORE: { "TWO": VALUE_BASE64 } }));
}

#[tokio::test]
async fn the_clock_can_be_set() {
    let builder = Emulator::builder().clock(|| UNIX_EPOCH + Duration::from_secs(1_700_756_615));
    let emulator = builder.start().await.unwrap();
    let (_, answer) = exchange(&emulator, "GET", "/user", "").await.unwrap();
    assert!(answer.contains("date: Thu, 23 Nov 2023 16:23:35 GMT\r\n"), "{answer}");
    assert!(answer.contains("x-ratelimit-reset: 1700760215\r\n"), "{answer}");
}

#[tokio::test]
async fn declarations_hold_from_the_next_request() {
    let emulator = recording::start().await;
    assert_eq!(exchange(&emulator, "GET", "/repos/octo/hello", "").await.unwrap().0, 200);
    emulator.with_world(|world| {
        world.missing("repos/octo/hello");
    });
    assert_eq!(exchange(&emulator, "GET", "/repos/octo/hello", "").await.unwrap().0, 404);
}
