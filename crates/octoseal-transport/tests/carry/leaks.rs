//! No trace of any crate, at any level, has the token, the body or the path.

use crate::https::{Authority, Https};
use crate::logged::{Log, printed};
use crate::proxies::{ESTABLISHED, HttpProxy};
use crate::server::{NO_CONTENT, Server, Step, UNAVAILABLE};
use crate::{client, request, socks};
use bytes::Bytes;
use http::Method;
use octoseal_transport::{Authorize, Client, PathTemplate, Proxies, Retry, RetryPolicy, Token, Transport};

/// Sends one PUT with canaries in token, body and path. Returns all traces and the printed error, if there is
/// one.
async fn traces_of(script: &[Step]) -> (String, String) {
    let server = Server::start(script.iter().copied()).await;
    let output = traces_of_a_put(client(), &server.url).await;
    assert!(server.requests()[0].contains("authorization: Bearer ghp_canary_token\r\n"));
    output
}

async fn traces_of_a_put(client: Client, url: &str) -> (String, String) {
    let log = Log::default();
    let _guard = log.everything();
    let token = Token::new("ghp_canary_token").unwrap();
    let home = url.parse().unwrap();
    let transport = Retry::new(Authorize::new(client, home, Some(token)), RetryPolicy::default());
    let mut put = request(Method::PUT, &format!("{url}/canary_path?canary_query"));
    *put.body_mut() = Bytes::from_static(b"canary_body");
    put.extensions_mut().insert(PathTemplate("/user/codespaces/secrets/{secret_name}".to_owned()));
    let error = transport.send(put).await.err();

    (log.text(), error.map(|error| printed(&error)).unwrap_or_default())
}

#[tokio::test(start_paused = true)]
async fn the_traces_of_a_success_have_their_fields_and_no_canary() {
    let (traces, _) = traces_of(&[Step::Answer(UNAVAILABLE), Step::Answer(NO_CONTENT)]).await;
    assert!(!traces.contains("canary"), "{traces}");
    for wanted in [
        "method=\"PUT\" template=\"/user/codespaces/secrets/{secret_name}\" attempt=1 status=503",
        "attempt=2 status=204 request_id=\"C0FE:1234\"",
        "octoseal_transport: sends the request again reason=\"server error\" attempt=1 delay=",
        "hyper_util::",
    ] {
        assert!(traces.contains(wanted), "{wanted} is not in\n{traces}");
    }
}

#[tokio::test(start_paused = true)]
async fn traces_and_errors_of_a_failure_have_no_canary() {
    for fault in [
        Step::ResetAfterRequest,
        Step::CloseAfterRequest,
        Step::HangAfterRequest,
        Step::AnswerThenClose("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncanary"),
        Step::AnswerThenClose("HTTP/1.1 301 Moved\r\nlocation: /?canary\r\ncontent-length: 0\r\n\r\n"),
        Step::Answer("HTTP/1.1 canary\r\n\r\n"),
    ] {
        let (traces, errors) = traces_of(&[fault; 3]).await;
        assert!(traces.contains("method=\"PUT\""), "{traces}");
        assert!(!errors.is_empty());
        assert!(!format!("{traces}{errors}").contains("canary"), "{traces}{errors}");
    }
}

/// Sends one PUT to an https server through this proxy, with a client certificate, and checks that the output
/// has no canary and no key.
async fn secure_traces(proxy: &str, server: &Https, authority: &Authority) -> String {
    let (identity, key) = authority.identity();
    let mut config = authority.config();
    config.proxies = Proxies::default().https(proxy).unwrap();
    config.client_identity = Some(identity);
    #[cfg(feature = "http2")]
    {
        config.http2 = true;
    }
    let mut output = format!("{config:?}");
    let client = Client::new(config).unwrap();
    output += &format!("{client:?}");
    let (traces, errors) = traces_of_a_put(client, &server.url).await;
    assert!(traces.contains("method=\"PUT\""), "{traces}");
    output += &format!("{traces}{errors}");
    // The text, and the base64 of `octo:canary`.
    for secret in ["canary", "b2N0bzpjYW5hcnk", key.lines().nth(1).unwrap()] {
        assert!(!output.contains(secret), "{secret} is in {output}");
    }
    output
}

#[tokio::test(start_paused = true)]
async fn traces_of_proxied_requests_have_no_password_token_or_key() {
    let authority = Authority::new();
    let mut settings = authority.demanding_server("127.0.0.1");
    settings.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let server = Https::start(settings).await;
    let target = server.url.trim_start_matches("https://").trim_end_matches("/user");
    let http = HttpProxy::start(ESTABLISHED).await;
    let (socks, seen) =
        socks::proxy(&[&[5, 2], &[1, 0], &[5, 0, 0, 1, 127, 0, 0, 1, 0, 9]], Some(target.into())).await;
    for proxy in [format!("http://octo:canary@{}", http.address), format!("socks5h://octo:canary@{socks}")] {
        let output = secure_traces(&proxy, &server, &authority).await;
        assert!(output.contains("status=204"), "{output}");
        assert_eq!(output.contains("h2::"), cfg!(feature = "http2"));
    }
    assert!(http.asked()[0].contains("Basic b2N0bzpjYW5hcnk"));
    assert!(seen.lock().unwrap()[1].ends_with(b"canary"));
}

#[tokio::test(start_paused = true)]
async fn failures_of_proxies_and_of_tls_leak_nothing() {
    let authority = Authority::new();
    let server = Https::start(authority.server("127.0.0.2")).await;
    for answer in [
        ESTABLISHED,
        &["HTTP/1.1 407 canary\r\nproxy-authenticate: canary\r\n\r\n"],
        &["canary\r\n\r\n"],
        &[],
    ] {
        let proxy = HttpProxy::start(answer).await;
        secure_traces(&format!("octo:canary@{}", proxy.address), &server, &authority).await;
    }
    let (socks, _) = socks::proxy(&[&[5, 2], &[1, 1]], None).await;
    let output = secure_traces(&format!("socks5://octo:canary@{socks}"), &server, &authority).await;
    assert!(output.contains("check its user name and password"), "{output}");
}
