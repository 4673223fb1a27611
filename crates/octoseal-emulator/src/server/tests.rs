//! Tests of the server's limits, with smaller values.

use super::*;
use crate::server::callbacks::Callbacks;
use crate::world::World;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::JoinHandle;

const REQUEST: &[u8] = b"GET /user HTTP/1.1\r\nHost: localhost\r\n\r\n";
const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(60);

async fn start(limits: Limits) -> (SocketAddr, JoinHandle<()>) {
    let desk = Desk::new(World::new(), Duration::ZERO, Callbacks::default(), None);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (address, tokio::spawn(accept(listener, Arc::new(desk), limits, Security::default())))
}

async fn send(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    stream
}

/// Reads until the server closes the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut rest = String::new();
    time::timeout(LONG, stream.read_to_string(&mut rest)).await.expect("the server closes").unwrap();
    rest
}

#[tokio::test]
async fn a_connection_with_no_request_or_half_a_request_is_closed() {
    let (address, _server) = start(Limits { timeout: SHORT, ..Limits::default() }).await;
    for bytes in [&b""[..], b"GET /user HTTP/1.1\r\nHost: local"] {
        assert_eq!(rest(send(address, bytes).await).await, "");
    }
    let answer = rest(send(address, REQUEST).await).await;
    assert!(answer.starts_with("HTTP/1.1 403 "), "answered, then closed: {answer}");
}

#[tokio::test]
async fn half_a_body_is_answered_408_and_the_connection_is_closed() {
    let (address, _server) = start(Limits { timeout: SHORT, ..Limits::default() }).await;
    let half = b"PUT /user HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n{}";
    let answer = rest(send(address, half).await).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"Request Timeout\""), "{answer}");
}

#[tokio::test]
async fn one_connection_too_many_waits_while_all_are_busy() {
    let (address, _server) = start(Limits { connections: 2, timeout: LONG }).await;
    let half = b"PUT /user HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\n{}";
    let mut busy = [send(address, half).await, send(address, half).await];
    let mut third = send(address, REQUEST).await;
    let mut byte = [0];
    assert!(time::timeout(SHORT, third.read(&mut byte)).await.is_err(), "it waits");
    busy[0].write_all(b"{}").await.unwrap();
    assert_eq!(time::timeout(LONG, busy[0].read(&mut byte)).await.unwrap().unwrap(), 1);
    assert_eq!(time::timeout(LONG, third.read(&mut byte)).await.unwrap().unwrap(), 1);
}

#[tokio::test]
async fn idle_connections_block_no_other_and_the_longest_idle_one_is_closed() {
    let (address, _server) = start(Limits { timeout: LONG, ..Limits::default() }).await;
    let mut idle = Vec::new();
    for _ in 0..260 {
        let mut stream = send(address, REQUEST).await;
        let mut bytes = [0; 4096];
        assert!(time::timeout(LONG, stream.read(&mut bytes)).await.unwrap().unwrap() > 0);
        idle.push(stream);
    }
    for (index, stream) in idle.iter_mut().enumerate() {
        let timeout = if index < 4 { LONG } else { Duration::from_millis(1) };
        assert_eq!(time::timeout(timeout, stream.read(&mut [0])).await.is_ok(), index < 4, "{index}");
    }
}

#[tokio::test]
async fn silent_connections_do_not_block_others() {
    let (address, _server) = start(Limits { connections: 2, timeout: SHORT }).await;
    let _silent = [send(address, b"").await, send(address, b"").await];
    assert!(rest(send(address, REQUEST).await).await.starts_with("HTTP/1.1 403 "));
}
