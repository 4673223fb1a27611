//! Scripted SOCKS 5 proxies on this machine (RFC 1928, RFC 1929).

use crate::https::{Authority, Https};
use crate::proxies::relay;
use crate::request;
use http::Method;
use octoseal_transport::{Client, Error, Phase, Proxies, Transport};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const NO_PASSWORD: &[u8] = &[5, 0];
const PASSWORD: &[u8] = &[5, 2];
const WELCOME: &[u8] = &[1, 0];
const OPEN: &[u8] = &[5, 0, 0, 1, 127, 0, 0, 1, 0, 9];

type Script = &'static [&'static [u8]];

const WRONG_PASSWORD: Script = &[PASSWORD, &[1, 1]];
const NO_METHOD: Script = &[&[5, 0xff]];
const OTHER_METHOD: Script = &[NO_PASSWORD];
const HTTP: Script = &[b"HTTP/1.1 400 Bad Request\r\n\r\n"];
const SOCKS4: Script = &[&[4, 0]];
const GARBAGE: Script = &[NO_PASSWORD, b"garbage, and more"];

/// Starts a proxy that answers each message with the next of these bytes and, after the last, opens a tunnel
/// to `target` if there is one. It records the messages.
pub(crate) async fn proxy(answers: Script, target: Option<String>) -> (String, Arc<Mutex<Vec<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let writer = Arc::clone(&seen);
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            client.set_nodelay(true).unwrap();
            for answer in answers {
                let mut message = vec![0; 600];
                let length = client.read(&mut message).await.unwrap();
                message.truncate(length);
                writer.lock().unwrap().push(message);
                client.write_all(answer).await.unwrap();
            }
            match &target {
                Some(target) => {
                    relay(&mut client, target).await;
                }
                None => std::future::pending().await,
            }
        }
    });
    (address, seen)
}

/// Sends one PUT through a SOCKS proxy to `https://localhost`. Also returns the messages to the proxy.
async fn through(scheme: &str, user_info: &str, answers: Script) -> (Result<u16, Error>, Vec<Vec<u8>>, u16) {
    let authority = Authority::new();
    let server = Https::start(authority.server("localhost")).await;
    let target = server.url.trim_start_matches("https://").trim_end_matches("/user").to_owned();
    let port = target.rsplit_once(':').unwrap().1.parse().unwrap();
    let (address, seen) = proxy(answers, Some(target)).await;
    let mut config = authority.config();
    config.proxies = Proxies::default().all(&format!("{scheme}://{user_info}{address}")).unwrap();
    let url = server.url.replace("127.0.0.1", "localhost");
    let answer = Client::new(config).unwrap().send(request(Method::PUT, &url)).await;
    if let Err(error) = &answer {
        assert!(error.to_string().contains(&format!("the proxy {scheme}://{address}")), "{error}");
        assert_eq!(error.phase(), Phase::NotSent);
        assert!(error.is_connect() && !format!("{error:?}").contains("canary"), "{error:?}");
    }
    let seen = seen.lock().unwrap().clone();
    (answer.map(|answer| answer.status().as_u16()), seen, port)
}

#[tokio::test(start_paused = true)]
async fn socks5h_sends_the_proxy_a_name() {
    let (answer, seen, port) = through("socks5h", "", &[NO_PASSWORD, OPEN]).await;
    assert_eq!(answer.unwrap(), 204);
    assert_eq!(seen[0], [5, 1, 0]);
    let asked = [&[5, 1, 0, 3, 9][..], b"localhost", &port.to_be_bytes()].concat();
    assert_eq!(seen[1], asked);
}

#[tokio::test(start_paused = true)]
async fn socks5_sends_the_proxy_an_address() {
    let (answer, seen, port) = through("socks5", "", &[NO_PASSWORD, OPEN]).await;
    assert_eq!(answer.unwrap(), 204);
    // localhost is 127.0.0.1 or ::1, whichever this machine resolves first.
    let v4 = [&[5, 1, 0, 1, 127, 0, 0, 1][..], &port.to_be_bytes()].concat();
    let v6 = [&[5, 1, 0, 4][..], &[0; 15], &[1], &port.to_be_bytes()].concat();
    assert!(seen[1] == v4 || seen[1] == v6, "{:?}", seen[1]);
}

#[tokio::test(start_paused = true)]
async fn user_name_and_password_are_decoded_and_sent() {
    let (answer, seen, _) = through("socks5h", "octo:s3%40t@", &[PASSWORD, WELCOME, OPEN]).await;
    assert_eq!(answer.unwrap(), 204);
    assert_eq!(seen[0], [5, 1, 2]);
    assert_eq!(seen[1], b"\x01\x04octo\x04s3@t");
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_refuses_the_credentials_is_reported() {
    for (user_info, answers) in [
        ("octo:canary@", WRONG_PASSWORD),
        ("octo:canary@", NO_METHOD),
        ("octo:canary@", OTHER_METHOD),
        ("", NO_METHOD),
        ("", &[PASSWORD] as Script),
    ] {
        let (answer, ..) = through("socks5h", user_info, answers).await;
        let error = answer.unwrap_err();
        assert!(error.to_string().ends_with("check its user name and password"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_does_not_connect_is_reported_with_its_reason() {
    for (code, reason) in [(2, "connection not allowed"), (4, "host unreachable"), (5, "connection refused")]
    {
        let answers: Script = vec![NO_PASSWORD, vec![5, code, 0, 1, 0, 0, 0, 0, 0, 0].leak()].leak();
        let (answer, ..) = through("socks5h", "", answers).await;
        let error = answer.unwrap_err();
        assert!(error.to_string().contains("does not connect to https://localhost:"), "{error}");
        assert!(format!("{error:?}").to_lowercase().contains(reason), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_no_socks_proxy_is_reported() {
    for answers in [HTTP, SOCKS4, GARBAGE] {
        let (answer, ..) = through("socks5h", "", answers).await;
        let error = answer.unwrap_err();
        assert!(error.to_string().contains("does not answer like a proxy"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_proxy_ends_with_the_connect_timeout() {
    let (address, _) = proxy(&[NO_PASSWORD], None).await;
    let mut config = octoseal_transport::Config::default();
    config.proxies = Proxies::default().all(&format!("socks5h://{address}")).unwrap();
    let started = tokio::time::Instant::now();
    let url = "https://api.github.com/user";
    let error = Client::new(config).unwrap().send(request(Method::PUT, url)).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 10);
    assert!(
        error.is_timeout() && error.to_string().contains(&format!("the proxy socks5h://{address}")),
        "{error}"
    );
}
