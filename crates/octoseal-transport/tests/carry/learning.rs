//! Learning from a refusal that does not name its limit.

use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{Error, Pacer, Pacing, Profile, RateLimit, Retry, RetryPolicy, Transport};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const GENERIC: &str =
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

/// A GitHub that refuses more than a number of writes in a minute, or of concurrent requests, with one text.
struct Server {
    a_minute: usize,
    in_flight: u64,
    text: &'static str,
    now: AtomicU64,
    most: AtomicU64,
    writes: Mutex<VecDeque<Instant>>,
    refused: AtomicU64,
}

impl Server {
    fn new(a_minute: usize, in_flight: u64, text: &'static str) -> Arc<Self> {
        let (now, most, refused) = <(AtomicU64, AtomicU64, AtomicU64)>::default();
        Arc::new(Self { a_minute, in_flight, text, now, most, writes: Mutex::default(), refused })
    }

    async fn answer(self: Arc<Self>) -> Result<Response<Bytes>, Error> {
        let now = self.now.fetch_add(1, Relaxed) + 1;
        self.most.fetch_max(now, Relaxed);
        sleep(Duration::from_millis(50)).await;
        let is_refused = {
            let mut writes = self.writes.lock().unwrap();
            writes.retain(|at| at.elapsed() < Duration::from_secs(60));
            let is_refused = writes.len() >= self.a_minute || self.now.load(Relaxed) > self.in_flight;
            writes.extend((!is_refused).then(Instant::now));
            is_refused
        };
        sleep(Duration::from_millis(50)).await;
        self.now.fetch_sub(1, Relaxed);
        if !is_refused {
            return Ok(Response::builder().status(201).body(Bytes::new()).unwrap());
        }
        self.refused.fetch_add(1, Relaxed);
        let body = format!(r#"{{"message":"{}"}}"#, self.text);
        let refusal = Response::builder().status(403).header("retry-after", "60");
        Ok(refusal.body(body.into()).unwrap())
    }
}

/// Sends this number of writes at once, and returns the duration.
async fn write(server: &Arc<Server>, count: usize) -> Duration {
    let served = Arc::clone(server);
    let pacer = Pacer::new(Pacing::from(Profile::Fast));
    let transport = Retry::new(move |_: Request<Bytes>| Arc::clone(&served).answer(), RetryPolicy::default());
    let transport = Arc::new(transport.paced(pacer));
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let transport = Arc::clone(&transport);
        let mut put = Request::new(Bytes::new());
        *put.method_mut() = Method::PUT;
        tasks.spawn(async move { transport.send(put).await.unwrap().status().as_u16() });
    }
    assert!(tasks.join_all().await.into_iter().all(|status| status == 201));
    started.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_refusal_of_the_first_write_above_a_possible_cap_proves_that_cap() {
    let server = Server::new(80, u64::MAX, GENERIC);
    let took = write(&server, 400).await;
    assert_eq!(server.refused.load(Relaxed), 1);
    // Five minutes of 80 writes. A halved rate would take longer.
    assert!((244..=250).contains(&took.as_secs()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_with_several_in_flight_halves_the_concurrency_and_not_the_rate() {
    let server = Server::new(usize::MAX, 4, GENERIC);
    let took = write(&server, 180).await;
    assert!(server.refused.load(Relaxed) <= 5, "{:?}", server.refused);
    assert!(took < Duration::from_secs(61 + 30), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn if_the_same_concurrency_has_passed_a_refusal_is_due_to_the_rate() {
    let server = Server::new(60, u64::MAX, GENERIC);
    write(&server, 400).await;
    assert!(server.refused.load(Relaxed) <= 20, "{:?}", server.refused);
    assert_eq!(server.most.load(Relaxed), 8);
}

#[test]
fn every_known_text_of_github_is_a_limit() {
    for text in [
        GENERIC,
        "You have exceeded a secondary rate limit and have been temporarily blocked from content creation.",
        "You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.",
        "https://developer.github.com/v3/#abuse-rate-limits",
        "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
        "was submitted too quickly",
    ] {
        let refusal = Response::builder().status(403).body(Bytes::from_static(text.as_bytes())).unwrap();
        assert!(RateLimit::of(&refusal).is_some(), "{text}");
    }
    let refusal =
        Response::builder().status(403).body(Bytes::from_static(b"Must have admin rights")).unwrap();
    assert_eq!(RateLimit::of(&refusal), None);
}
