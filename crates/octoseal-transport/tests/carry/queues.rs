//! Queues: reads do not wait for a waiting write, and all accounts share one limit.

use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{Account, Error, Pacer, Pacing, Profile, Retry, RetryPolicy, Transport};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

fn request(method: Method, account: &str) -> Request<Bytes> {
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = method;
    request.extensions_mut().insert(Account(account.to_owned()));
    request
}

async fn answer(_: Request<Bytes>) -> Result<Response<Bytes>, Error> {
    sleep(Duration::from_millis(100)).await;
    Ok(Response::new(Bytes::new()))
}

fn paced(profile: Profile) -> Arc<dyn Transport> {
    Arc::new(Retry::new(answer, RetryPolicy::default()).paced(Pacer::new(profile.into())))
}

#[tokio::test(start_paused = true)]
async fn waiting_writes_block_no_read() {
    let transport = paced(Profile::Normal);
    let mut writes = JoinSet::new();
    for _ in 0..200 {
        let transport = Arc::clone(&transport);
        writes.spawn(async move { transport.send(request(Method::PUT, "a")).await.unwrap() });
    }
    sleep(Duration::from_secs(10)).await;
    for _ in 0..20 {
        let read = transport.send(request(Method::GET, "a"));
        timeout(Duration::from_secs(1), read).await.expect("a read waits for a write").unwrap();
    }
    assert!(writes.try_join_next().is_some());
    writes.join_all().await;
}

#[tokio::test(start_paused = true)]
async fn endless_reads_reserve_the_points_of_a_waiting_write() {
    let transport = paced(Profile::Fast);
    let mut reads = JoinSet::new();
    for _ in 0..50 {
        let transport = Arc::clone(&transport);
        reads.spawn(async move {
            loop {
                transport.send(request(Method::GET, "a")).await.unwrap();
            }
        });
    }
    sleep(Duration::from_secs(100)).await;
    let started = Instant::now();
    for _ in 0..3 {
        transport.send(request(Method::PUT, "a")).await.unwrap();
    }
    assert!(started.elapsed() < Duration::from_secs(3 * 61), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn all_accounts_share_one_limit_of_requests_in_flight() {
    for (cap, expected) in [(None, 100), (Some(10), 10), (Some(0), 1)] {
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (counted, highest) = (Arc::clone(&now), Arc::clone(&most));
        let server = move |_: Request<Bytes>| {
            let (now, most) = (Arc::clone(&counted), Arc::clone(&highest));
            async move {
                most.fetch_max(now.fetch_add(1, Relaxed) + 1, Relaxed);
                sleep(Duration::from_millis(100)).await;
                now.fetch_sub(1, Relaxed);
                Ok(Response::new(Bytes::new()))
            }
        };
        let mut pacing = Pacing::from(Profile::Fast);
        pacing.total_in_flight = cap.unwrap_or(pacing.total_in_flight);
        let pacer = Pacer::per_account(pacing);
        let transport = Arc::new(Retry::new(server, RetryPolicy::default()).paced(pacer));
        let mut tasks = JoinSet::new();
        for number in 0..400 {
            let (transport, account) = (Arc::clone(&transport), format!("a{}", number % 200));
            tasks.spawn(async move { transport.send(request(Method::PUT, &account)).await.unwrap() });
        }
        tasks.join_all().await;
        assert_eq!((most.load(Relaxed), now.load(Relaxed)), (expected, 0));
    }
}
