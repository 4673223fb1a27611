//! Many requests under limits, faults and slow answers. Some of them are dropped, and all others end.

use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{Error, Pacer, Pacing, Profile, Retry, RetryPolicy, Transport};
use proptest::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

/// The server's reaction to one request.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Done,
    Limited(Option<u64>),
    Busy,
    Broken,
    Silent,
}

fn answers() -> impl Strategy<Value = Vec<(Answer, u64)>> {
    let answer = prop_oneof![
        4 => Just(Answer::Done),
        1 => Just(Answer::Limited(None)),
        1 => (1_u64..90).prop_map(|seconds| Answer::Limited(Some(seconds))),
        1 => Just(Answer::Busy),
        1 => Just(Answer::Broken),
        1 => Just(Answer::Silent),
    ];
    proptest::collection::vec((answer, 0_u64..3_000), 0..40)
}

/// Plays the script, and then answers everything.
fn server(script: Vec<(Answer, u64)>) -> impl Transport + 'static {
    let count = AtomicUsize::new(0);
    move |_: Request<Bytes>| {
        let (answer, delay) =
            script.get(count.fetch_add(1, Ordering::Relaxed)).copied().unwrap_or((Answer::Done, 5));
        async move {
            sleep(Duration::from_millis(delay)).await;
            let response = match answer {
                Answer::Done => Response::builder().status(204),
                Answer::Limited(None) => Response::builder().status(429),
                Answer::Limited(Some(wait)) => Response::builder().status(403).header("retry-after", wait),
                Answer::Busy => Response::builder().status(503),
                Answer::Broken => return Err(Error::maybe_sent("reset")),
                Answer::Silent => {
                    sleep(Duration::from_secs(30)).await;
                    return Err(Error::maybe_sent("silence"));
                }
            };
            Ok(response.body(Bytes::new()).unwrap())
        }
    }
}

/// The time of a request, whether it is a write, and the time after which it is dropped, in milliseconds.
type Job = (u64, bool, Option<u64>);

async fn run(script: Vec<(Answer, u64)>, jobs: Vec<Job>, pacing: Pacing) {
    let pacer = Pacer::new(pacing);
    let stack = Arc::new(Retry::new(server(script), RetryPolicy::default()).paced(pacer.clone()));
    let mut tasks = JoinSet::new();
    for (comes, is_write, dropped) in jobs {
        let stack = Arc::clone(&stack);
        tasks.spawn(async move {
            sleep(Duration::from_millis(comes)).await;
            let mut request = Request::new(Bytes::new());
            *request.method_mut() = if is_write { Method::PUT } else { Method::GET };
            let max_time = Duration::from_millis(dropped.unwrap_or(u64::MAX));
            let ended = timeout(max_time, stack.send(request)).await;
            assert!(ended.is_ok() || dropped.is_some());
        });
    }
    let all = timeout(Duration::from_secs(24 * 3_600), tasks.join_all());
    all.await.expect("a task is blocked");
    let snapshot = pacer.snapshot();
    assert_eq!((snapshot.in_flight, snapshot.waiting, snapshot.wait), (0, 0, None));
    let next = stack.send(Request::new(Bytes::new()));
    // The rest of the script may still apply to it.
    drop(timeout(Duration::from_secs(8 * 3_600), next).await.expect("the next request is blocked"));
}

/// After a stop one request goes first, alone. Whatever happens to it, the next one is sent then, and not
/// later.
#[tokio::test(start_paused = true)]
async fn after_a_stop_the_next_request_follows_the_first_in_every_case() {
    for (befalls, is_dropped, goes_at) in [
        (Answer::Done, false, 40),
        (Answer::Done, true, 35),
        (Answer::Busy, false, 40),
        (Answer::Broken, false, 40),
        (Answer::Silent, false, 70),
        (Answer::Limited(Some(50)), false, 90),
    ] {
        let started = Instant::now();
        let script = vec![(Answer::Limited(Some(30)), 0), (befalls, 10_000), (Answer::Done, 100)];
        let pacer = Pacer::new(Profile::Fast.into());
        let mut policy = RetryPolicy::default();
        policy.attempts = 1;
        policy.limits = 1;
        let stack = Arc::new(Retry::new(server(script), policy).paced(pacer.clone()));
        let send = || {
            let (stack, mut put) = (Arc::clone(&stack), Request::new(Bytes::new()));
            *put.method_mut() = Method::PUT;
            tokio::spawn(async move { stack.send(put).await.map(|answer| answer.status().as_u16()) })
        };
        let first = send();
        sleep(Duration::from_secs(1)).await;
        let next = send();
        sleep(Duration::from_secs(34)).await;
        assert_eq!((pacer.snapshot().in_flight, pacer.snapshot().waiting), (1, 1), "{befalls:?}");
        if is_dropped {
            first.abort();
        }
        assert_eq!(next.await.unwrap().unwrap(), 204);
        assert_eq!(started.elapsed().as_secs(), goes_at, "{befalls:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]
    #[test]
    fn dropped_requests_do_not_block_the_others(
        script in answers(),
        jobs in proptest::collection::vec(
            (0_u64..20_000, any::<bool>(), proptest::option::of(0_u64..200_000)), 1..30),
        profile in 0_usize..4,
        in_flight in 1_usize..9,
    ) {
        let mut pacing = Pacing::from(Profile::ALL[profile]);
        pacing.in_flight = in_flight;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(run(script, jobs, pacing));
    }
}
