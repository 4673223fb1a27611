//! Cases outside the table: no connection, overall timeouts, large bodies, and tokens that expire.

use super::fuzzed::panics;
use super::whole::{METHODS, outcome, send, token, whole};
use crate::request;
use crate::server::{NO_CONTENT, Server, Step};
use http::Method;
use octoseal_transport::{
    BoxFuture, Client, Config, Error, Pacer, Pacing, Phase, Profile, Retry, RetryPolicy, Token,
    TokenProvider, Transport,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::{sleep, timeout};

#[tokio::test(start_paused = true)]
async fn without_a_connection_nothing_was_sent() {
    let silent = Server::start([Step::HangBeforeRequest; 32]).await;
    let cleartext = Server::start([Step::Greet("HTTP/1.1 400 Bad Request\r\n\r\n"); 32]).await;
    let unused = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    // A label that is too long (RFC 1035, section 2.3.4) fails without any name server.
    let no_name = format!("https://{}.invalid/user", "x".repeat(64));
    let secured = |server: &Server| server.url.replace("http:", "https:");
    for (url, least) in [
        (secured(&silent), 30),
        (secured(&cleartext), 0),
        (format!("http://{unused}/user"), 0),
        (format!("https://{unused}/user"), 0),
        (no_name, 0),
    ] {
        for method in METHODS {
            let (result, took) = send(method.clone(), &url).await;
            let error = result.unwrap_err();
            assert!(error.is_connect() && error.phase() == Phase::NotSent, "{method} {url}: {error}");
            assert!((least..=125).contains(&took.as_secs()), "{method} {url}: {took:?}");
        }
    }
    assert!(silent.requests().is_empty() && cleartext.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_total_timeout_reports_how_far_the_request_got() {
    let mut policy = RetryPolicy::default();
    policy.total = Duration::from_secs(7);
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this";
    for (step, scheme, phase) in [
        (Step::HangBeforeRequest, "https:", Phase::NotSent),
        (Step::HangAfterRequest, "http:", Phase::MaybeSent),
        (Step::AnswerThenHang(cut), "http:", Phase::AnswerLost),
    ] {
        for method in METHODS {
            let server = Server::start([step]).await;
            let url = server.url.replace("http:", scheme);
            let (stack, _) = whole(&url, token(), policy, Profile::Fast.into());
            let error = stack.send(request(method, &url)).await.unwrap_err();
            assert!(error.is_timeout() && error.phase() == phase, "{error}");
            assert!(error.to_string().contains("within 7s, including retries and waits"), "{error}");
        }
    }
    let server = Server::start([]).await;
    let silent = |_: Option<&str>| std::future::pending::<Result<Option<Arc<Token>>, Error>>();
    let (stack, _) = whole(&server.url, silent, policy, Profile::Fast.into());
    let error = stack.send(request(Method::PUT, &server.url)).await.unwrap_err();
    assert!(error.is_timeout() && error.phase() == Phase::NotSent, "{error}");
}

#[tokio::test(start_paused = true)]
async fn endless_timeouts_are_valid() {
    let before = panics();
    let mut config = Config::default();
    for limit in [&mut config.connect_timeout, &mut config.attempt_timeout, &mut config.idle_timeout] {
        *limit = Duration::MAX;
    }
    let mut pacing = Pacing::from(Profile::Fast);
    pacing.max_wait = Duration::MAX;
    let mut policy = RetryPolicy::default();
    policy.total = Duration::MAX;
    let server =
        Server::start([Step::Answer(NO_CONTENT), Step::CloseAfterRequest, Step::Answer(NO_CONTENT)]).await;
    let stack = Retry::new(Client::new(config).unwrap(), policy).paced(Pacer::new(pacing));
    for _ in 0..2 {
        assert_eq!(stack.send(request(Method::PUT, &server.url)).await.unwrap().status(), 204);
        sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(panics(), before, "something in the background panicked");
}

/// The body does not fit into the kernel's buffers, so the client is still writing when it is refused.
#[tokio::test(start_paused = true)]
async fn an_early_refusal_of_a_body_is_read_or_leaves_the_outcome_unknown() {
    let refusal = "HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    for method in METHODS {
        let server = Server::start([Step::AnswerEarly(refusal); 32]).await;
        let (stack, _) = whole(&server.url, token(), RetryPolicy::default(), Profile::Fast.into());
        let mut request = request(method.clone(), &server.url);
        *request.body_mut() = vec![b'x'; 16 * 1024 * 1024].into();
        let result = timeout(Duration::from_secs(125), stack.send(request)).await.expect("it hangs");
        let outcome = outcome(&result);
        assert!(outcome == Ok(413) || outcome == Err(Phase::MaybeSent), "{method}: {result:?}");
    }
}

/// A provider with a new token after each refusal.
#[derive(Default)]
struct Renewing(AtomicU32);

impl TokenProvider for Renewing {
    fn token<'a>(&'a self, _: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>> {
        let token = Token::new(format!("ghp_canary_{}", self.0.load(Ordering::Relaxed)));
        Box::pin(async { Ok(Some(Arc::new(token?))) })
    }

    fn refused(&self, _: Option<&str>, _: &Arc<Token>) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed);
        true
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_expires_during_the_run_is_renewed_once_for_each_request() {
    let refused = Step::Answer("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
    let created = Step::Answer(NO_CONTENT);
    for method in METHODS {
        let server = Server::start([created, refused, created, refused, refused, created]).await;
        let provider = Renewing::default();
        let (stack, _) = whole(&server.url, provider, RetryPolicy::default(), Profile::Fast.into());
        for status in [204, 204, 401, 204] {
            let answer = stack.send(request(method.clone(), &server.url)).await.unwrap();
            assert_eq!(answer.status(), status);
        }
        let seen = server.requests();
        let tokens = seen.iter().map(|it| it.split_once("ghp_canary_").unwrap().1.as_bytes()[0] - b'0');
        assert_eq!(tokens.collect::<Vec<_>>(), [0, 0, 1, 1, 2, 3]);
    }
}
