//! HTTPS with the emulator's own authority.

#![cfg(feature = "tls")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use native_tls::{Certificate, TlsConnector};
use octoseal_emulator::{Emulator, Fault, Script, World};
use std::io::ErrorKind;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_native_tls::TlsStream;

async fn connect(emulator: &Emulator, name: &str) -> Result<TlsStream<TcpStream>, native_tls::Error> {
    let authority = Certificate::from_pem(emulator.ca_pem().unwrap().as_bytes()).unwrap();
    let connector =
        TlsConnector::builder().disable_built_in_roots(true).add_root_certificate(authority).build().unwrap();
    let stream = TcpStream::connect(emulator.address()).await.unwrap();
    tokio_native_tls::TlsConnector::from(connector).connect(name, stream).await
}

const REQUEST: &[u8] = b"GET /repos/octo/hello HTTP/1.1\r\nHost: localhost:1\r\nUser-Agent: t\r\n\
    Authorization: Bearer ghp_x\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn a_client_that_trusts_the_authority_may_use_every_name_of_this_machine() {
    let emulator = Emulator::builder().tls().start().await.unwrap();
    assert!(emulator.url().starts_with("https://127.0.0.1:"));
    for name in ["127.0.0.1", "localhost", "api.github.localhost"] {
        let mut stream = connect(&emulator, name).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.contains("\"url\":\"https://localhost:1/repos/octo/hello\""), "{answer}");
    }
    assert_eq!(emulator.requests().len(), 3);
}

#[tokio::test]
async fn another_name_or_another_authority_is_not_trusted() {
    let emulator = Emulator::builder().tls().start().await.unwrap();
    assert!(connect(&emulator, "github.com").await.is_err());
    let stream = TcpStream::connect(emulator.address()).await.unwrap();
    let connector = tokio_native_tls::TlsConnector::from(TlsConnector::new().unwrap());
    assert!(connector.connect("localhost", stream).await.is_err());
    assert!(emulator.requests().is_empty());
}

#[tokio::test]
async fn plain_http_is_not_answered_and_faults_of_a_world_file_apply() {
    let world = World::from_toml("[[fault]]\npath = \"/repos/\"\nreset = true").unwrap();
    let emulator = Emulator::builder().tls().world(world).start().await.unwrap();
    let mut plain = TcpStream::connect(emulator.address()).await.unwrap();
    plain.write_all(REQUEST).await.unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    emulator.script(Script::new(Fault::Close).path("/user"));
    let mut stream = connect(&emulator, "localhost").await.unwrap();
    stream.write_all(REQUEST).await.unwrap();
    let error = stream.read_to_end(&mut answer).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
}
