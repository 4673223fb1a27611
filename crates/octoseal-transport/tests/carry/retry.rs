//! Retries: their cases, number and speed. No write is lost.

use crate::server::{NO_CONTENT, Server, Step, UNAVAILABLE};
use crate::{client, request};
use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{Client, Error, Idempotent, Phase, Retried, Retry, RetryPolicy, Transport};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::net::TcpSocket;
use tokio::time::{Instant, sleep};

fn retrying() -> Retry<Client> {
    Retry::new(client(), RetryPolicy::default())
}

/// Creates a transport that fails or answers by the number of the attempt, from 1, after a second.
fn scripted(script: impl Fn(u32) -> Result<u16, Error> + Send + Sync) -> (impl Transport, Arc<AtomicU32>) {
    let attempts = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&attempts);
    let transport = move |_: Request<Bytes>| {
        let result = script(count.fetch_add(1, Ordering::Relaxed) + 1);
        async move {
            sleep(Duration::from_secs(1)).await;
            result.map(|status| Response::builder().status(status).body(Bytes::new()).unwrap())
        }
    };
    (transport, attempts)
}

#[tokio::test(start_paused = true)]
async fn a_put_is_retried_after_a_reset() {
    for fault in [Step::ResetBeforeRequest, Step::ResetAfterRequest, Step::CloseAfterRequest] {
        let server = Server::start([fault, Step::Answer(NO_CONTENT)]).await;
        let response = retrying().send(request(Method::PUT, &server.url)).await.unwrap();
        assert_eq!(response.status(), 204);
    }
}

#[tokio::test(start_paused = true)]
async fn a_put_is_retried_after_a_server_error() {
    let server = Server::start([Step::Answer(UNAVAILABLE), Step::Answer(NO_CONTENT)]).await;
    let started = Instant::now();
    let response = retrying().send(request(Method::PUT, &server.url)).await.unwrap();
    assert_eq!(response.status(), 204);
    assert!(response.extensions().get::<Retried>().is_some());
    assert!((250..=501).contains(&started.elapsed().as_millis()));
}

#[tokio::test(start_paused = true)]
async fn a_patch_is_retried_only_if_marked_as_idempotent() {
    for (fault, lost) in [(Step::Answer(UNAVAILABLE), false), (Step::ResetAfterRequest, true)] {
        let server = Server::start([fault, Step::Answer(NO_CONTENT)]).await;
        let result = retrying().send(request(Method::PATCH, &server.url)).await;
        assert_eq!(result.map(|response| response.status().as_u16()).ok(), (!lost).then_some(503));

        let server = Server::start([fault, Step::Answer(NO_CONTENT)]).await;
        let mut marked = request(Method::PATCH, &server.url);
        marked.extensions_mut().insert(Idempotent);
        let response = retrying().send(marked).await.unwrap();
        assert_eq!(response.status(), 204);
        assert!(response.extensions().get::<Retried>().is_some());
    }
}

#[tokio::test(start_paused = true)]
async fn a_post_is_not_retried_after_a_server_error_or_a_reset() {
    let server = Server::start([Step::Answer(UNAVAILABLE), Step::Answer(NO_CONTENT)]).await;
    let response = retrying().send(request(Method::POST, &server.url)).await.unwrap();
    assert_eq!((response.status().as_u16(), response.body().as_ref()), (503, &b"busy"[..]));

    let server = Server::start([Step::ResetAfterRequest, Step::Answer(NO_CONTENT)]).await;
    let error = retrying().send(request(Method::POST, &server.url)).await.unwrap_err();
    assert!(error.is_unknown_outcome());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_was_not_sent_is_retried_whatever_its_method() {
    for method in [Method::POST, Method::PATCH, Method::PUT, Method::GET, Method::DELETE] {
        let (transport, attempts) =
            scripted(|attempt| if attempt < 3 { Err(Error::not_sent("refused")) } else { Ok(204) });
        let response =
            Retry::new(transport, RetryPolicy::default()).send(request(method, "/")).await.unwrap();
        assert_eq!(attempts.load(Ordering::Relaxed), 3);
        assert!(response.extensions().get::<Retried>().is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_is_retried_for_seconds_and_not_endlessly() {
    // The port is bound but not listening, so it stays reserved and refuses connections.
    let unused = TcpSocket::new_v4().unwrap();
    unused.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let url = format!("http://{}/user", unused.local_addr().unwrap());
    let started = Instant::now();
    let error = retrying().send(request(Method::POST, &url)).await.unwrap_err();
    assert_eq!(error.phase(), Phase::NotSent);
    assert!((3_750..=7_504).contains(&started.elapsed().as_millis()));
}

#[tokio::test(start_paused = true)]
async fn other_statuses_are_answers() {
    for status in [200, 303, 304, 401, 403, 404, 409, 422, 501] {
        let (transport, attempts) = scripted(move |_| Ok(status));
        let response =
            Retry::new(transport, RetryPolicy::default()).send(request(Method::PUT, "/")).await.unwrap();
        assert_eq!((response.status().as_u16(), attempts.load(Ordering::Relaxed)), (status, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_answer_is_returned_when_the_attempts_are_used_up() {
    let (transport, attempts) = scripted(|attempt| Ok(if attempt < 5 { 502 } else { 503 }));
    let response =
        Retry::new(transport, RetryPolicy::default()).send(request(Method::PUT, "/")).await.unwrap();
    assert_eq!((response.status().as_u16(), attempts.load(Ordering::Relaxed)), (503, 5));
}

#[tokio::test(start_paused = true)]
async fn an_outcome_stays_unknown_if_only_the_last_attempt_was_not_sent() {
    let (transport, _) = scripted(|attempt| {
        Err(if attempt == 1 { Error::maybe_sent("reset") } else { Error::not_sent("refused") })
    });
    let error =
        Retry::new(transport, RetryPolicy::default()).send(request(Method::PUT, "/")).await.unwrap_err();
    assert_eq!(error.phase(), Phase::MaybeSent);
    assert!(error.is_unknown_outcome());
}

#[tokio::test(start_paused = true)]
async fn waits_double_up_to_the_longest() {
    let (transport, attempts) = scripted(|_| Ok(503));
    let mut policy = RetryPolicy::default();
    policy.attempts = 8;
    policy.first_delay = Duration::from_millis(200);
    policy.max_delay = Duration::from_secs(5);
    let started = Instant::now();
    Retry::new(transport, policy).send(request(Method::GET, "/")).await.unwrap();
    assert_eq!(attempts.load(Ordering::Relaxed), 8);
    let waited = started.elapsed().as_millis() - 8 * 1_000;
    let most = 200 + 400 + 800 + 1_600 + 3_200 + 5_000 + 5_000;
    assert!((most / 2..=most + 8).contains(&waited), "{waited}");
}

#[tokio::test(start_paused = true)]
async fn the_total_timeout_ends_an_attempt() {
    let server = Server::start([Step::HangAfterRequest]).await;
    let mut policy = RetryPolicy::default();
    policy.total = Duration::from_secs(7);
    let started = Instant::now();
    let error = Retry::new(client(), policy).send(request(Method::PUT, &server.url)).await.unwrap_err();
    assert_eq!(started.elapsed().as_secs(), 7);
    assert!(error.is_timeout() && error.is_unknown_outcome());
    let origin = server.url.strip_suffix("/user").unwrap();
    assert!(error.to_string().contains(origin), "{error}");
}

#[tokio::test(start_paused = true)]
async fn no_wait_begins_that_would_exceed_the_total_timeout() {
    let (transport, attempts) = scripted(|_| Ok(503));
    let mut policy = RetryPolicy::default();
    policy.total = Duration::from_millis(1_050);
    let started = Instant::now();
    let response = Retry::new(transport, policy).send(request(Method::PUT, "/")).await.unwrap();
    assert_eq!((started.elapsed().as_millis(), attempts.load(Ordering::Relaxed)), (1_000, 1));
    assert_eq!(response.status(), 503);
}

#[tokio::test(start_paused = true)]
async fn a_policy_without_attempts_or_with_endless_time_still_sends_once() {
    let (transport, attempts) = scripted(|_| Err(Error::not_sent("refused")));
    let mut policy = RetryPolicy::default();
    policy.attempts = 0;
    policy.limits = 0;
    policy.first_delay = Duration::MAX;
    policy.max_delay = Duration::MAX;
    policy.total = Duration::MAX;
    Retry::new(transport, policy).send(request(Method::PUT, "/")).await.unwrap_err();
    assert_eq!(attempts.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn no_put_is_lost_when_the_server_closes_right_after_answering() {
    let server = Server::start([Step::AnswerThenClose(NO_CONTENT); 200]).await;
    let transport = retrying();
    for _ in 0..200 {
        assert_eq!(transport.send(request(Method::PUT, &server.url)).await.unwrap().status(), 204);
    }
}

/// The worst case of the race: every kept connection is closed just when the next request arrives on it.
#[tokio::test(start_paused = true)]
async fn no_put_is_lost_when_every_idle_connection_dies_under_the_next_request() {
    let script = || (0..2_000).flat_map(|_| [Step::Answer(NO_CONTENT), Step::CloseAfterRequest]);
    let server = Server::start(script()).await;
    let transport = retrying();
    let started = Instant::now();
    for _ in 0..2_000 {
        assert_eq!(transport.send(request(Method::PUT, &server.url)).await.unwrap().status(), 204);
    }
    // A thousand waits would take a hundred seconds at least.
    assert!(started.elapsed().as_secs() < 60, "a retry after a broken connection does not wait");

    let server = Server::start(script()).await;
    let unguarded = client();
    let mut lost = 0;
    for _ in 0..2_000 {
        lost += u32::from(unguarded.send(request(Method::PUT, &server.url)).await.is_err());
    }
    assert_eq!(lost, 1_000);
}

#[tokio::test(start_paused = true)]
async fn a_limit_is_waited_for_as_long_as_github_requires_whatever_the_method() {
    let calls = AtomicU32::new(0);
    let limited = |_: Request<Bytes>| {
        let first = calls.fetch_add(1, Ordering::Relaxed) == 0;
        async move {
            let answer = Response::builder().status(if first { 403 } else { 201 });
            Ok(answer.header("retry-after", "37").body(Bytes::new()).unwrap())
        }
    };
    let started = Instant::now();
    let response =
        Retry::new(limited, RetryPolicy::default()).send(request(Method::POST, "/")).await.unwrap();
    assert_eq!((response.status().as_u16(), started.elapsed().as_secs()), (201, 37));
    assert!(response.extensions().get::<Retried>().is_none(), "a limit means that nothing was done");
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_outlasts_the_deadline_is_the_answer() {
    for (status, retry_after) in [(429, "1000000000"), (503, "1000000000"), (429, "121")] {
        let limited = move |_: Request<Bytes>| async move {
            Ok(Response::builder()
                .status(status)
                .header("retry-after", retry_after)
                .body(Bytes::new())
                .unwrap())
        };
        let started = Instant::now();
        let answer =
            Retry::new(limited, RetryPolicy::default()).send(request(Method::PUT, "/")).await.unwrap();
        assert_eq!((answer.status().as_u16(), started.elapsed().as_secs()), (status, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_timed_out_request_and_a_busy_server_are_retried() {
    for status in [408, 500, 502, 503, 504] {
        let (transport, attempts) = scripted(move |attempt| Ok(if attempt == 1 { status } else { 204 }));
        let response =
            Retry::new(transport, RetryPolicy::default()).send(request(Method::PUT, "/")).await.unwrap();
        assert_eq!((response.status().as_u16(), attempts.load(Ordering::Relaxed)), (204, 2));
    }
}
