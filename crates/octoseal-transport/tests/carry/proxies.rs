//! Scripted proxies on this machine: their requests, answers and errors.

use crate::https::{Authority, Https};
use crate::request;
use crate::server::{NO_CONTENT, Server, Step};
use http::Method;
use octoseal_transport::{Client, Config, Error, Phase, Proxies, Retry, RetryPolicy, Transport};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

pub(crate) const ESTABLISHED: &[&str] = &["HTTP/1.1 200 Connection established\r\n\r\n"];

/// An HTTP proxy that answers each CONNECT with these pieces, a second apart, and opens the tunnel if the
/// status is 2xx.
pub(crate) struct HttpProxy {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl HttpProxy {
    pub(crate) async fn start(answer: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // The kernel does not know paused time, so it must not delay bytes.
                stream.set_nodelay(true).unwrap();
                tokio::spawn(serve(stream, answer, Arc::clone(&seen)));
            }
        });
        Self { address, asked }
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(mut client: TcpStream, answer: &'static [&'static str], asked: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match client.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let target = head.split(' ').nth(1).unwrap().to_owned();
    asked.lock().unwrap().push(head);
    for (number, piece) in answer.iter().enumerate() {
        if number > 0 {
            sleep(Duration::from_secs(1)).await;
        }
        client.write_all(piece.as_bytes()).await.unwrap();
    }
    if !answer.concat().contains('\n') {
        std::future::pending::<()>().await;
    } else if answer.concat().contains(" 20") {
        relay(&mut client, &target).await;
    }
}

/// Copies bytes both ways, until one side disconnects.
pub(crate) async fn relay(client: &mut TcpStream, target: &str) {
    let mut server = TcpStream::connect(target).await.unwrap();
    server.set_nodelay(true).unwrap();
    copy_bidirectional(client, &mut server).await.ok();
}

/// Sends one PUT to an https server through this proxy, and returns the result and the server.
async fn through(proxy: &str) -> (Result<u16, Error>, Https) {
    let authority = Authority::new();
    let server = Https::start(authority.server("127.0.0.1")).await;
    let mut config = authority.config();
    config.proxies = Proxies::default().https(proxy).unwrap();
    let client = Retry::new(Client::new(config).unwrap(), RetryPolicy::default());
    let answer = client.send(request(Method::PUT, &server.url)).await;
    (answer.map(|answer| answer.status().as_u16()), server)
}

/// Returns the error of a request through a proxy with this answer.
async fn refusal(answer: &'static [&'static str]) -> (Error, HttpProxy, Https) {
    let proxy = HttpProxy::start(answer).await;
    let (result, server) = through(&proxy.address).await;
    let error = result.unwrap_err();
    assert_eq!(error.phase(), Phase::NotSent);
    assert!(error.is_connect() && !error.is_unknown_outcome());
    assert!(error.to_string().contains(&format!("the proxy http://{}", proxy.address)), "{error}");
    (error, proxy, server)
}

#[tokio::test(start_paused = true)]
async fn an_https_request_goes_through_the_tunnel() {
    for answer in [
        ESTABLISHED,
        &["HTTP/1.0 200 OK\r\nproxy-agent: old\r\n\r\n"],
        &["HT", "TP/1.1 20", "0 Conn\r", "\n\r\n"],
        &["HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n"],
    ] {
        let proxy = HttpProxy::start(answer).await;
        let (result, server) = through(&format!("http://{}/", proxy.address)).await;
        assert_eq!(result.unwrap(), 204);
        let target = server.url.trim_start_matches("https://").trim_end_matches("/user");
        let asked = proxy.asked();
        assert_eq!(asked, [format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n\r\n")]);
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_are_decoded_once_and_sent_as_basic() {
    let proxy = HttpProxy::start(ESTABLISHED).await;
    let (result, _) = through(&format!("Aladdin:open%20sesame%25@x@{}", proxy.address)).await;
    assert_eq!(result.unwrap(), 204);
    // printf 'Aladdin:open sesame%%@x' | base64
    let expected = "proxy-authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZSVAeA==\r\n";
    assert!(proxy.asked()[0].contains(expected), "{:?}", proxy.asked());
}

#[tokio::test(start_paused = true)]
async fn a_proxy_that_requires_other_credentials_is_asked_once() {
    let (error, proxy, _) =
        refusal(&["HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"]).await;
    assert!(
        error.to_string().ends_with("requires authentication: check its user name and password"),
        "{error}"
    );
    assert_eq!(proxy.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refusing_proxy_is_reported_with_its_status_and_the_target() {
    let (error, proxy, server) = refusal(&["HTTP/1.1 403 Forbidden\r\n\r\nfiltered"]).await;
    let origin = server.url.trim_end_matches("/user");
    assert!(error.to_string().contains(&format!("refuses to connect to {origin} (status 403)")), "{error}");
    assert_eq!(proxy.asked().len(), 1);

    let (error, proxy, _) = refusal(&["HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"]).await;
    assert!(error.to_string().contains("(status 502)"), "{error}");
    assert!(proxy.asked().len() > 1, "a bad gateway may get better");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_no_proxy_is_reported() {
    let too_long: &'static str = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(20_000)).leak();
    let too_long: &'static [&'static str] = vec![too_long].leak();
    for answer in [
        &["220 mail ready\r\n"][..],
        &["HTTP/1.1 2000 OK\r\n\r\n"],
        &["HTTP/1.1 200 OK\r\n\r\nI speak first"],
        too_long,
    ] {
        let (error, ..) = refusal(answer).await;
        assert!(error.to_string().contains("does not answer like a proxy"), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_proxy_ends_with_the_connect_timeout() {
    for answer in [&[][..], &["HTTP/1.1 4", "0"]] {
        let proxy = HttpProxy::start(answer).await;
        let mut config = Config::default();
        config.proxies = Proxies::default().all(&proxy.address).unwrap();
        let started = Instant::now();
        let error = Client::new(config)
            .unwrap()
            .send(request(Method::PUT, "https://api.github.com/user"))
            .await
            .unwrap_err();
        assert_eq!(started.elapsed().as_secs(), 10);
        assert!(error.is_timeout() && error.is_connect());
        let expected = format!(
            "no connection to https://api.github.com within 10s, since the proxy http://{} does not answer: check its \
             address, and whether it runs",
            proxy.address
        );
        assert_eq!(error.to_string(), expected);
        assert!(proxy.asked()[0].starts_with("CONNECT api.github.com:443 HTTP/1.1\r\n"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_server_behind_a_proxy_is_not_the_proxys_fault() {
    let proxy = HttpProxy::start(&["HTTP/1.1 200 OK\r\n", "\r\n"]).await;
    let server = Server::start([Step::HangBeforeRequest]).await;
    let mut config = Config::default();
    config.proxies = Proxies::default().https(&proxy.address).unwrap();
    let url = server.url.replace("http:", "https:");
    let started = Instant::now();
    let error = Client::new(config).unwrap().send(request(Method::PUT, &url)).await.unwrap_err();
    // The second that the proxy took counts, too.
    assert_eq!(started.elapsed().as_secs(), 10);
    assert!(error.is_timeout() && !error.to_string().contains("proxy"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_missing_proxy_is_reported() {
    // The port is bound but not listening, so it stays reserved and refuses connections.
    let unused = tokio::net::TcpSocket::new_v4().unwrap();
    unused.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let address = unused.local_addr().unwrap();
    let (result, _) = through(&format!("octo:canary@{address}")).await;
    let error = result.unwrap_err();
    let expected = format!("no connection to the proxy http://{address}: check its address and the network");
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.phase(), Phase::NotSent);
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn cleartext_goes_through_its_own_proxy_on_this_machine_only() {
    let proxy = HttpProxy::start(ESTABLISHED).await;
    let here = Proxies::default().http(&proxy.address).unwrap();
    // The proxy on another machine need not exist, since it is never asked.
    let elsewhere = Proxies::default().http("proxy.invalid:3128").unwrap();
    let not_its_own = Proxies::default().all(&proxy.address).unwrap().https(&proxy.address).unwrap();
    for proxies in [here, elsewhere, not_its_own] {
        let server = Server::start([Step::Answer(NO_CONTENT)]).await;
        let mut config = Config::default();
        config.proxies = proxies;
        let client = Client::new(config).unwrap();
        assert_eq!(client.send(request(Method::PUT, &server.url)).await.unwrap().status(), 204);
        assert!(server.requests()[0].starts_with("PUT /user HTTP/1.1\r\n"));
    }
    assert_eq!(proxy.asked().len(), 1);
    assert!(proxy.asked()[0].starts_with("CONNECT 127.0.0.1:"));
}

#[test]
fn an_invalid_address_is_refused_and_never_repeated() {
    for (address, why) in [
        ("https://octo:canary@proxy:1", "TLS to a proxy"),
        ("socks4://canary", "SOCKS 4 is not supported"),
        ("socks4a://canary", "SOCKS 4 is not supported"),
        ("ftp://canary", "starts with http://"),
        ("", "is a host"),
        ("http://", "is a host"),
        ("http://canary:0", "is a host"),
        ("http://canary:65536", "is a host"),
        ("http://canary:", "is a host"),
        ("http://canary/path", "is a host"),
        ("http://canary?query", "is a host"),
        ("http://::1:80", "is a host"),
        ("can ary", "is a host"),
        ("http://octo:canary%0d%0a@proxy", "are text"),
        ("http://octo:canary%ff@proxy", "are text"),
        ("http://oc%3ato:canary@proxy", "has no colon"),
    ] {
        let error = Proxies::default().all(address).unwrap_err();
        let output = format!("{error} {error:?}");
        assert!(output.contains(why) && !output.contains("canary"), "{address}: {output}");
    }
    let long = format!("socks5://{}@proxy", "canary".repeat(50));
    assert!(Proxies::default().all(&long).unwrap_err().to_string().contains("255 bytes"));
}

#[test]
fn proxies_print_without_user_names_and_passwords() {
    let proxies = Proxies::default().https("octo:canary@Proxy").unwrap();
    let proxies = proxies.http("socks5://canary@[::1]").unwrap().all("socks5h://a:canary@b:7").unwrap();
    let printed = format!("{proxies:?}");
    for address in ["http://proxy:80", "socks5://[::1]:1080", "socks5h://b:7"] {
        assert!(printed.contains(address), "{printed}");
    }
    assert!(!printed.contains("canary") && !printed.contains("octo"), "{printed}");
}
