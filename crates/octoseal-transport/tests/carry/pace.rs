//! The pacer: no burst that GitHub would refuse, one gate for all requests, and learning.

use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{Error, Pacer, Pacing, Profile, Retry, RetryPolicy, Transport, WaitReason};
use proptest::prelude::*;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

/// The arrival times of requests, from the start of the test, and whether they were writes.
type Arrivals = Arc<Mutex<Vec<(Duration, bool)>>>;

/// Answers after `latency`. The number of a request, from 0, selects the answer.
fn recorder<A>(latency: Duration, answer: A) -> (impl Transport + Clone + 'static, Arrivals)
where
    A: Fn(usize) -> http::response::Builder + Clone + Send + Sync + 'static,
{
    let arrivals = Arrivals::default();
    let kept = Arc::clone(&arrivals);
    let start = Instant::now();
    let transport = move |request: Request<Bytes>| {
        let mut arrivals = kept.lock().unwrap();
        let response = answer(arrivals.len()).body(Bytes::new()).unwrap();
        arrivals.push((start.elapsed(), !request.method().is_safe()));
        async move {
            sleep(latency).await;
            Ok::<_, Error>(response)
        }
    };
    (transport, arrivals)
}

fn created(_: usize) -> http::response::Builder {
    Response::builder().status(201)
}

fn request(is_write: bool) -> Request<Bytes> {
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = if is_write { Method::PUT } else { Method::GET };
    request
}

fn paced(transport: impl Transport + 'static, profile: Profile) -> (Arc<dyn Transport>, Pacer) {
    let pacer = Pacer::new(Pacing::from(profile));
    (Arc::new(Retry::new(transport, RetryPolicy::default()).paced(pacer.clone())), pacer)
}

/// Sends this number of writes at once and waits for all.
async fn write_all(transport: &Arc<dyn Transport>, count: usize) -> Vec<Result<u16, Error>> {
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let transport = Arc::clone(transport);
        tasks.spawn(async move { Ok(transport.send(request(true)).await?.status().as_u16()) });
    }
    tasks.join_all().await
}

fn most_within(arrivals: &[(Duration, bool)], span: Duration, weight: impl Fn(bool) -> u64) -> u64 {
    let within = |from: Duration| arrivals.iter().filter(move |(at, _)| *at >= from && *at < from + span);
    arrivals
        .iter()
        .map(|(from, _)| within(*from).map(|(_, is_write)| weight(*is_write)).sum())
        .max()
        .unwrap_or(0)
}

const MINUTE: Duration = Duration::from_secs(60);

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn no_minute_has_more_points_or_writes_than_the_profile(
        jobs in proptest::collection::vec((0_u64..40_000, any::<bool>(), 1_usize..40), 1..40),
        profile in 0_usize..3,
        latency in 0_u64..900,
    ) {
        let profile = Profile::ALL[profile];
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let (count, arrivals) = runtime.block_on(async {
            let (transport, arrivals) = recorder(Duration::from_millis(latency), created);
            let (transport, _) = paced(transport, profile);
            let mut tasks = JoinSet::new();
            let mut count = 0;
            for (pause, is_write, burst) in jobs {
                sleep(Duration::from_millis(pause)).await;
                for _ in 0..burst {
                    let transport = Arc::clone(&transport);
                    tasks.spawn(async move { transport.send(request(is_write)).await.unwrap() });
                    count += 1;
                }
            }
            tasks.join_all().await;
            (count, arrivals.lock().unwrap().clone())
        });
        prop_assert_eq!(arrivals.len(), count);
        let points = most_within(&arrivals, MINUTE, |is_write| if is_write { 5 } else { 1 });
        prop_assert!(points <= 900);
        let writes = most_within(&arrivals, MINUTE, u64::from);
        match profile {
            Profile::Normal => prop_assert!(writes <= 75),
            Profile::Slow => prop_assert!(writes <= 60),
            _ => {}
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_profile_sends_a_small_job_at_full_speed_and_limits_larger_ones() {
    for (profile, seconds) in
        [(Profile::Normal, 61 * 2), (Profile::Fast, 61), (Profile::Slow, 224), (Profile::Unlimited, 0)]
    {
        let (transport, arrivals) = recorder(Duration::ZERO, created);
        let (transport, _) = paced(transport, profile);
        assert!(write_all(&transport, 225).await.into_iter().all(|status| status.unwrap() == 201));
        let last = arrivals.lock().unwrap().last().unwrap().0;
        // The timer counts in milliseconds.
        assert!((seconds..=seconds + 1).contains(&last.as_secs()), "{profile}: {last:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_requests_in_flight_respect_the_setting_and_never_exceed_a_hundred() {
    for (allowed, expected) in [(0, 1), (1, 1), (8, 8), (1_000, 100)] {
        let (transport, arrivals) = recorder(Duration::from_secs(1), created);
        let mut pacing = Pacing::from(Profile::Unlimited);
        pacing.in_flight = allowed;
        let pacer = Pacer::new(pacing);
        let transport: Arc<dyn Transport> =
            Arc::new(Retry::new(transport, RetryPolicy::default()).paced(pacer.clone()));
        write_all(&transport, 120).await;
        let at_first = arrivals.lock().unwrap().iter().filter(|(at, _)| at.is_zero()).count();
        assert_eq!(at_first, expected);
        assert_eq!((pacer.snapshot().in_flight, pacer.snapshot().requests), (0, 120));
    }
}

#[tokio::test(start_paused = true)]
async fn a_stop_holds_for_all_requests_and_one_goes_first_after_it() {
    let limited = |number| match number {
        0..4 => Response::builder().status(403).header("retry-after", "30"),
        _ => Response::builder().status(204),
    };
    let (transport, arrivals) = recorder(Duration::from_millis(100), limited);
    let (transport, pacer) = paced(transport, Profile::Fast);
    assert!(write_all(&transport, 40).await.into_iter().all(|status| status.unwrap() == 204));
    let arrivals = arrivals.lock().unwrap().clone();
    let at: Vec<_> = arrivals.iter().map(|(at, _)| at.as_millis()).collect();
    assert_eq!(at[..4], [0; 4], "four at first");
    assert!((30_100..30_110).contains(&at[4]), "{at:?}");
    assert!(at[5] >= at[4] + 100, "the second waits for the first one's answer: {at:?}");
    assert_eq!(pacer.snapshot().limited, 4);
}

#[tokio::test(start_paused = true)]
async fn reads_are_concurrent_again_once_one_has_passed_after_a_refused_write() {
    let limited = |number| match number {
        0 => Response::builder().status(403).header("retry-after", "30"),
        _ => Response::builder().status(204),
    };
    let (transport, arrivals) = recorder(Duration::from_secs(1), limited);
    let mut pacing = Pacing::from(Profile::Fast);
    pacing.max_wait = Duration::ZERO;
    let pacer = Pacer::new(pacing);
    let transport = Arc::new(Retry::new(transport, RetryPolicy::default()).paced(pacer));
    assert_eq!(transport.send(request(true)).await.unwrap().status(), 403);
    sleep(Duration::from_secs(31)).await;
    transport.send(request(false)).await.unwrap();
    let mut reads = JoinSet::new();
    for _ in 0..4 {
        let transport = Arc::clone(&transport);
        reads.spawn(
            async move { transport.send(request(false)).await.map(|answer| answer.status().as_u16()) },
        );
    }
    assert!(reads.join_all().await.into_iter().all(|status| status.unwrap() == 204));
    let at: Vec<_> = arrivals.lock().unwrap().iter().map(|(at, _)| at.as_millis()).collect();
    assert_eq!(at[2..], [at[2]; 4], "all at the same moment: {at:?}");
}

#[tokio::test(start_paused = true)]
async fn stops_without_a_time_double_from_a_minute_and_a_late_answer_is_no_new_stop() {
    let limited = |number| Response::builder().status(if number < 8 { 429 } else { 204 });
    let (transport, arrivals) = recorder(Duration::from_millis(10), limited);
    let (transport, _) = paced(transport, Profile::Fast);
    assert!(write_all(&transport, 8).await.into_iter().all(|status| status.unwrap() == 204));
    let at: Vec<_> = arrivals.lock().unwrap().iter().map(|(at, _)| at.as_secs()).collect();
    // Four at once are one episode. Then one at a time, after 60, 120, 240 and 480 seconds, and finally 960.
    assert_eq!(at[4..9], [60, 180, 420, 900, 1_860]);
}

#[tokio::test(start_paused = true)]
async fn the_caps_for_content_apply_once_github_names_them() {
    let start = Instant::now();
    let arrivals = Arrivals::default();
    let kept = Arc::clone(&arrivals);
    let transport = move |_: Request<Bytes>| {
        let mut arrivals = kept.lock().unwrap();
        arrivals.push((start.elapsed(), true));
        let is_limited = arrivals.len() == 90;
        async move {
            let words = "secondary rate limit and have been temporarily blocked from content creation";
            Ok(match is_limited {
                true => {
                    Response::builder().status(403).header("retry-after", "60").body(words.into()).unwrap()
                }
                false => Response::builder().status(201).body(Bytes::new()).unwrap(),
            })
        }
    };
    let (transport, _) = paced(transport, Profile::Fast);
    assert!(write_all(&transport, 700).await.into_iter().all(|status| status.unwrap() == 201));
    let mut arrivals = arrivals.lock().unwrap().clone();
    arrivals.remove(89); // the refused write created nothing
    assert_eq!(most_within(&arrivals[89..], MINUTE, u64::from), 80);
    assert_eq!(most_within(&arrivals, Duration::from_secs(3_600), u64::from), 500);
}

#[tokio::test(start_paused = true)]
async fn after_an_unknown_limit_writes_slow_to_half_the_rate_and_recover() {
    let limited = |number| match number {
        100 => Response::builder().status(403).header("retry-after", "60"),
        _ => Response::builder().status(201),
    };
    let (transport, arrivals) = recorder(Duration::from_millis(10), limited);
    let (transport, _) = paced(transport, Profile::Fast);
    write_all(&transport, 1_000).await;
    let arrivals = arrivals.lock().unwrap().clone();
    let from = |seconds: u64| {
        let minute = Duration::from_secs(seconds)..Duration::from_secs(seconds + 60);
        arrivals.iter().filter(|(at, _)| minute.contains(at)).count()
    };
    // A hundred in a minute were too many. The ones in flight with it passed.
    assert!((55..=70).contains(&from(61)), "{}", from(61));
    assert!((95..=105).contains(&from(420)), "{}", from(420));
}

#[tokio::test(start_paused = true)]
async fn the_hour_is_used_down_to_the_reserve_and_then_waited_for() {
    let hour = |number: usize| {
        let (used, reset) = if number < 45 { (number + 1, 3_600) } else { (1, 7_200) };
        let builder = Response::builder().status(201).header("x-ratelimit-limit", "50");
        let builder = builder.header("x-ratelimit-remaining", (50 - used).to_string());
        let builder = builder.header("x-ratelimit-reset", reset.to_string());
        builder.header(
            "date",
            if number < 45 { "Thu, 01 Jan 1970 00:10:00 GMT" } else { "Thu, 01 Jan 1970 01:00:01 GMT" },
        )
    };
    let (transport, arrivals) = recorder(Duration::ZERO, hour);
    let mut pacing = Pacing::from(Profile::Fast);
    (pacing.reserve, pacing.in_flight) = (5, 1);
    let pacer = Pacer::new(pacing);
    let transport: Arc<dyn Transport> =
        Arc::new(Retry::new(transport, RetryPolicy::default()).paced(pacer.clone()));
    let mut watch = pacer.watch();
    let waits = tokio::spawn(async move {
        let mut waits = Vec::new();
        while let Some(snapshot) = watch.changed().await {
            waits.extend(snapshot.wait);
        }
        waits
    });
    assert!(write_all(&transport, 46).await.into_iter().all(|status| status.unwrap() == 201));
    let at: Vec<_> = arrivals.lock().unwrap().iter().map(|(at, _)| at.as_secs()).collect();
    assert_eq!((at[44], at[45]), (0, 3_001));
    drop((transport, pacer));
    let wait = waits.await.unwrap()[0];
    assert_eq!((wait.reason, wait.length.as_secs()), (WaitReason::HourSpent, 3_001));
}

#[tokio::test(start_paused = true)]
async fn a_short_max_wait_fails_at_once_with_githubs_own_message_first() {
    let limited = |_| Response::builder().status(429).header("retry-after", "600");
    let (transport, arrivals) = recorder(Duration::ZERO, limited);
    let mut pacing = Pacing::default();
    pacing.max_wait = Duration::from_secs(10);
    let transport = Retry::new(transport, RetryPolicy::default()).paced(Pacer::new(pacing));
    assert_eq!(transport.send(request(true)).await.unwrap().status(), 429);
    let error = transport.send(request(true)).await.unwrap_err();
    assert!(error.is_rate_limited() && !error.is_unknown_outcome());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(600)));
    assert_eq!(
        error.to_string(),
        "GitHub asked to wait: the next request to the server may go in 600 s, more than the longest wait of 10 s"
    );
    assert_eq!(arrivals.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_max_wait_limits_each_wait_and_not_their_sum() {
    let limited = |_| Response::builder().status(429).header("retry-after", "100");
    let (transport, arrivals) = recorder(Duration::ZERO, limited);
    let mut pacing = Pacing::default();
    pacing.max_wait = Duration::from_secs(101);
    let transport = Retry::new(transport, RetryPolicy::default()).paced(Pacer::new(pacing));
    let started = Instant::now();
    assert_eq!(transport.send(request(true)).await.unwrap().status(), 429);
    assert_eq!((arrivals.lock().unwrap().len(), started.elapsed().as_secs()), (7, 600));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_request_releases_its_place_at_any_point() {
    let (transport, _) = recorder(Duration::from_secs(2), created);
    let mut pacing = Pacing::from(Profile::Slow);
    pacing.in_flight = 2;
    let pacer = Pacer::new(pacing);
    let transport = Arc::new(Retry::new(transport, RetryPolicy::default()).paced(pacer.clone()));
    for dropped_after in [0, 1, 500, 999, 1_000, 1_001, 1_500, 2_500, 3_500] {
        let mut tasks = JoinSet::new();
        for _ in 0..6 {
            let transport = Arc::clone(&transport);
            tasks.spawn(async move { transport.send(request(true)).await });
        }
        sleep(Duration::from_millis(dropped_after)).await;
        tasks.shutdown().await;
        let snapshot = pacer.snapshot();
        assert_eq!((snapshot.in_flight, snapshot.waiting, snapshot.wait), (0, 0, None), "{dropped_after}");
    }
    assert_eq!(transport.send(request(true)).await.unwrap().status(), 201);
}
