//! Trust of the client and the server, and the errors without it.

use crate::https::{Authority, Https};
use crate::request;
use crate::server::{Server, Step};
use http::Method;
use octoseal_transport::{Client, ClientIdentity, Error, Phase, Retry, RetryPolicy, Transport};
use std::error::Error as _;
use tokio_rustls::rustls::ServerConfig;

/// Returns the error of a client that trusts `authority`, after one attempt: a certificate is not retried.
async fn refusal(authority: &Authority, server: ServerConfig) -> Error {
    let server = Https::start(server).await;
    let transport = Retry::new(authority.client(), RetryPolicy::default());
    let started = tokio::time::Instant::now();
    let error = transport.send(request(Method::POST, &server.url)).await.unwrap_err();
    assert!(started.elapsed().as_millis() < 200, "it was tried again");
    assert_eq!(error.phase(), Phase::NotSent);
    assert!(error.is_connect() && !error.is_timeout() && error.source().is_some());
    error
}

#[tokio::test(start_paused = true)]
async fn a_server_of_a_trusted_authority_is_trusted_and_its_connection_kept() {
    let authority = Authority::new();
    let server = Https::start(authority.server("127.0.0.1")).await;
    let client = authority.client();
    for _ in 0..2 {
        assert_eq!(client.send(request(Method::PUT, &server.url)).await.unwrap().status(), 204);
    }
    assert_eq!(server.connections().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_server_of_another_authority_is_not_trusted() {
    let error = refusal(&Authority::new(), Authority::new().server("127.0.0.1")).await;
    assert!(error.to_string().contains("its certificate is not signed by a trusted authority"), "{error}");

    let server = Https::start(Authority::new().server("127.0.0.1")).await;
    let error = crate::client().send(request(Method::PUT, &server.url)).await.unwrap_err();
    assert!(error.to_string().contains("add that authority to the root certificates"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_certificate_for_another_name_or_address_is_not_trusted() {
    let authority = Authority::new();
    for host in ["127.0.0.2", "github.example", "::1"] {
        let error = refusal(&authority, authority.server(host)).await;
        assert!(error.to_string().contains("its certificate is for another host"), "{host}: {error}");
    }
    let server = Https::start(authority.server("github.example")).await;
    let url = server.url.replace("127.0.0.1", "localhost");
    let error = authority.client().send(request(Method::PUT, &url)).await.unwrap_err();
    assert!(error.to_string().contains("its certificate is for another host"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_expired_or_future_certificate_is_not_trusted() {
    let authority = Authority::new();
    for years in [(2019, 2020), (4000, 4001)] {
        let server = authority.server_of("127.0.0.1", years);
        let error = refusal(&authority, server).await;
        assert!(error.to_string().contains("not valid at this time; check the clock"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_without_tls_gets_nothing() {
    let server = Server::start([Step::Greet("HTTP/1.1 400 Bad Request\r\n\r\n")]).await;
    let url = server.url.replace("http:", "https:");
    let error = crate::client().send(request(Method::PUT, &url)).await.unwrap_err();
    let expected = "it does not use TLS at this port; check scheme and port";
    assert!(error.is_connect() && error.to_string().ends_with(expected), "{error}");
    assert_eq!(error.phase(), Phase::NotSent);
    assert!(server.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn tls_before_1_2_is_not_offered() {
    let server = Server::start([Step::HangBeforeRequest]).await;
    let (sender, hello) = tokio::sync::oneshot::channel();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}/user", listener.local_addr().unwrap());
    drop(server);
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = vec![0; 4096];
        let length = stream.read(&mut hello).await.unwrap();
        hello.truncate(length);
        sender.send(hello).unwrap();
        // A fatal alert: protocol_version.
        stream.write_all(&[0x15, 3, 3, 0, 2, 2, 70]).await.unwrap();
    });
    let error = crate::client().send(request(Method::PUT, &url)).await.unwrap_err();
    assert!(error.to_string().contains("does not support TLS 1.2 or newer"), "{error}");
    let hello = hello.await.unwrap();
    // The extension supported_versions (43) lists TLS 1.3 and 1.2, and nothing older.
    let supported: &[u8] = &[0, 43, 0, 5, 4, 3, 4, 3, 3];
    assert!(hello.windows(supported.len()).any(|window| window == supported), "{hello:x?}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_requires_a_client_certificate_gets_it() {
    let authority = Authority::new();
    let server = Https::start(authority.demanding_server("127.0.0.1")).await;
    let mut config = authority.config();
    config.client_identity = Some(authority.identity().0);
    let client = Client::new(config).unwrap();
    assert_eq!(client.send(request(Method::PUT, &server.url)).await.unwrap().status(), 204);
    assert!(server.connections()[0].has_client_certificate);
}

#[tokio::test(start_paused = true)]
async fn a_server_without_a_trusted_client_certificate_refuses_with_a_clear_error() {
    let authority = Authority::new();
    let server = Https::start(authority.demanding_server("127.0.0.1")).await;
    for identity in [None, Some(Authority::new().identity().0)] {
        let mut config = authority.config();
        config.client_identity = identity;
        let client = Client::new(config).unwrap();
        let error = client.send(request(Method::PUT, &server.url)).await.unwrap_err();
        assert!(error.to_string().contains("it requires a client certificate"), "{error} {error:?}");
        assert!(server.connections().is_empty());
    }
}

#[test]
fn a_client_identity_that_cannot_be_read_is_refused_and_never_printed() {
    let authority = Authority::new();
    let (identity, key) = authority.identity();
    assert_eq!(format!("{identity:?}"), "ClientIdentity(..)");
    let certificate = authority.config().root_certificates_pem.remove(0);
    for (certificate, key) in [
        (&certificate[..], "no key"),
        (b"no certificate", key.as_str()),
        (&certificate[..], ""),
        (&certificate[..], &key.replace("PRIVATE KEY", "RSA PRIVATE KEY")),
    ] {
        let error = ClientIdentity::from_pem(certificate, key.as_bytes()).unwrap_err();
        let output = format!("{error} {error:?}");
        assert!(output.contains("BEGIN PRIVATE KEY, not encrypted"), "{output}");
        assert!(!output.contains(&key.lines().nth(1).unwrap_or("no key")[..5]), "{output}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_of_another_certificate_is_reported_before_anything_is_sent() {
    let authority = Authority::new();
    let server = Https::start(authority.demanding_server("127.0.0.1")).await;
    let certificate = authority.config().root_certificates_pem.remove(0);
    let (_, key) = authority.identity();
    let mut config = authority.config();
    config.client_identity = Some(ClientIdentity::from_pem(&certificate, key.as_bytes()).unwrap());
    let client = Retry::new(Client::new(config).unwrap(), RetryPolicy::default());
    let error = client.send(request(Method::PUT, &server.url)).await.unwrap_err();
    assert!(
        error.to_string().ends_with("check whether the client's key belongs to its certificate"),
        "{error}"
    );
    assert_eq!(error.phase(), Phase::NotSent);
}
