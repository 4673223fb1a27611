//! Many processes with one budget: together they respect the profile, even if one of them fails.

use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{
    BoxFuture, Error, MemoryPace, Notice, NoticeKind, PaceState, Pacer, Pacing, Profile, Retry, RetryPolicy,
    SharedPace, Transport, Wait, WaitReason,
};
use proptest::prelude::*;
use std::error;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

const NOW: u64 = 1_800_000_000_000;

/// A state as text, like in a file, and a clock that can be moved.
struct Text {
    text: Mutex<String>,
    started: Instant,
    /// The duration of an update.
    slow: Duration,
}

impl Text {
    fn new(text: &str) -> Arc<Self> {
        Self::slow(text, Duration::ZERO)
    }

    fn slow(text: &str, slow: Duration) -> Arc<Self> {
        Arc::new(Self { text: Mutex::new(text.to_owned()), started: Instant::now(), slow })
    }

    fn count(&self, word: &str) -> usize {
        self.text.lock().unwrap().lines().filter(|line| line.starts_with(word)).count()
    }
}

impl SharedPace for Text {
    fn update<'a>(
        &'a self,
        _: Option<&'a str>,
        change: &'a mut (dyn FnMut(&mut PaceState, SystemTime) + Send),
    ) -> BoxFuture<'a, Result<(), Box<dyn error::Error + Send + Sync>>> {
        Box::pin(async move {
            sleep(self.slow).await;
            let mut text = self.text.lock().unwrap();
            let mut state: PaceState = text.parse()?;
            let now = SystemTime::UNIX_EPOCH + Duration::from_millis(NOW) + self.started.elapsed();
            // A store may have to repeat the change with a newer state.
            change(&mut state.clone(), now);
            change(&mut state, now);
            *text = state.to_string();
            Ok(())
        })
    }
}

fn put() -> Request<Bytes> {
    let mut put = Request::new(Bytes::new());
    *put.method_mut() = Method::PUT;
    put
}

#[derive(Clone, Default)]
struct Server {
    arrivals: Arc<Mutex<Vec<Instant>>>,
    in_flight: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    /// The number of the answer that is a refusal.
    refuses: Option<usize>,
}

impl Transport for Server {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        let mut arrivals = self.arrivals.lock().unwrap();
        let is_refused = self.refuses == Some(arrivals.len());
        arrivals.push(Instant::now());
        self.most.fetch_max(self.in_flight.fetch_add(1, Relaxed) + 1, Relaxed);
        Box::pin(async move {
            sleep(Duration::from_millis(150)).await;
            self.in_flight.fetch_sub(1, Relaxed);
            let answer = Response::builder().status(if is_refused { 429 } else { 201 });
            Ok(answer.header("retry-after", "30").body(Bytes::new()).unwrap())
        })
    }
}

/// Creates one process: it has its own pacer, and only the state is shared.
fn process(server: &Server, shared: Arc<dyn SharedPace>, profile: Profile) -> Arc<dyn Transport> {
    let pacer = Pacer::new(Pacing::from(profile)).shared(shared);
    Arc::new(Retry::new(server.clone(), RetryPolicy::default()).paced(pacer))
}

fn most_within_a_minute(arrivals: &[Instant]) -> usize {
    let within = |from: Instant| {
        arrivals.iter().filter(move |at| **at >= from && **at < from + Duration::from_secs(60))
    };
    arrivals.iter().map(|from| within(*from).count()).max().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn a_hundred_and_fifty_processes_respect_the_profile_together() {
    let stores: [Arc<dyn SharedPace>; 2] = [Arc::new(MemoryPace::new(SystemTime::UNIX_EPOCH)), Text::new("")];
    for shared in stores {
        for (profile, most) in [(Profile::Normal, 75), (Profile::Fast, 180)] {
            let server = Server::default();
            let started = Instant::now();
            let mut tasks = JoinSet::new();
            for _ in 0..150 {
                let process = process(&server, Arc::clone(&shared), profile);
                tasks.spawn(async move {
                    for _ in 0..2 {
                        assert_eq!(process.send(put()).await.unwrap().status(), 201);
                    }
                });
            }
            tasks.join_all().await;
            let arrivals = server.arrivals.lock().unwrap().clone();
            assert_eq!(arrivals.len(), 300);
            assert!(most_within_a_minute(&arrivals) <= most, "{}", most_within_a_minute(&arrivals));
            assert!(server.most.load(Relaxed) <= 8, "{:?}", server.most);
            // Not much slower than one process would be.
            assert!(started.elapsed() < Duration::from_secs(64 * 5), "{:?}", started.elapsed());
            sleep(Duration::from_secs(3_700)).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn consecutive_short_runs_cause_no_burst() {
    let (shared, server) = (Text::new(""), Server::default());
    for _ in 0..400 {
        let run = process(&server, Arc::clone(&shared) as Arc<dyn SharedPace>, Profile::Normal);
        run.send(put()).await.unwrap();
    }
    let arrivals = server.arrivals.lock().unwrap();
    assert_eq!((arrivals.len(), most_within_a_minute(&arrivals)), (400, 75));
}

#[tokio::test(start_paused = true)]
async fn a_turn_is_stored_before_it_is_used_and_a_stop_before_any_next_request() {
    let shared = Text::new("");
    let watched = Arc::clone(&shared);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&seen);
    let server = move |_: Request<Bytes>| {
        noted.lock().unwrap().push((watched.count("write"), watched.count("under-way"), Instant::now()));
        let is_first = noted.lock().unwrap().len() == 1;
        let answer = Response::builder().status(if is_first { 429 } else { 201 }).header("retry-after", "30");
        async move { Ok(answer.body(Bytes::new()).unwrap()) }
    };
    let mut policy = RetryPolicy::default();
    policy.limits = 0;
    let process = || {
        let pacer = Pacer::new(Pacing::default()).shared(Arc::clone(&shared) as Arc<dyn SharedPace>);
        Retry::new(server.clone(), policy).paced(pacer)
    };
    let (first, second) = (process(), process());
    assert_eq!(first.send(put()).await.unwrap().status(), 429);
    assert_eq!(second.send(put()).await.unwrap().status(), 201);
    let seen = seen.lock().unwrap();
    assert_eq!((seen[0].0, seen[0].1, seen[1].0, seen[1].1), (1, 1, 1, 1));
    assert!(seen[1].2 - seen[0].2 >= Duration::from_secs(30));
    assert_eq!(shared.count("under-way"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_killed_process_costs_one_turn_and_holds_its_slots_for_a_minute() {
    let shared = Text::new("");
    let silent = |_: Request<Bytes>| std::future::pending();
    for _ in 0..4 {
        let pacer = Pacer::new(Pacing::default()).shared(Arc::clone(&shared) as Arc<dyn SharedPace>);
        let killed = Retry::new(silent, RetryPolicy::default()).paced(pacer);
        assert!(timeout(Duration::from_millis(10), killed.send(put())).await.is_err());
    }
    assert_eq!((shared.count("under-way"), shared.count("write")), (4, 4));
    let started = Instant::now();
    let process = process(&Server::default(), Arc::clone(&shared) as Arc<dyn SharedPace>, Profile::Normal);
    process.send(put()).await.unwrap();
    assert!((59..=61).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
    assert_eq!(shared.count("under-way"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_set_back_loses_nothing_and_extends_no_stop() {
    let future = NOW + 20 * 3_600_000;
    let mut text = format!("octoseal-pace 1\nstop {future} 5000 1 1 0\nhour {future} 5000 0 1\n");
    for _ in 0..75 {
        text.push_str(&format!("write {future}\n"));
    }
    for (text, seconds) in [(format!("octoseal-pace 1\nstop {future} 5000 1 1 0\n"), 5), (text, 3_601)] {
        let started = Instant::now();
        let shared = Text::new(&text);
        process(&Server::default(), shared, Profile::Normal).send(put()).await.unwrap();
        let took = started.elapsed();
        assert!((seconds..=seconds + 1).contains(&took.as_secs()), "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn with_an_unusable_store_a_process_continues_alone_and_slowly() {
    let server = Server::default();
    let process = process(&server, Text::new("not a state"), Profile::Unlimited);
    let started = Instant::now();
    for _ in 0..5 {
        process.send(put()).await.unwrap();
    }
    assert!(started.elapsed() >= Duration::from_secs(4), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_comes_too_late_is_returned() {
    let server = Server::default();
    let shared = Text::slow("", Duration::from_secs(3));
    let mut pacing = Pacing::default();
    pacing.max_wait = Duration::from_secs(20);
    let pacer = Pacer::new(pacing).shared(Arc::clone(&shared) as Arc<dyn SharedPace>);
    let process = Retry::new(server.clone(), RetryPolicy::default()).paced(pacer);
    assert!(process.send(put()).await.unwrap_err().is_rate_limited());
    assert_eq!((server.arrivals.lock().unwrap().len(), shared.count("write")), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn the_limits_learned_by_one_process_survive_as_text() {
    let shared = Text::new("");
    let server = Server { refuses: Some(10), ..Server::default() };
    let first = process(&server, Arc::clone(&shared) as Arc<dyn SharedPace>, Profile::Fast);
    for _ in 0..12 {
        first.send(put()).await.unwrap();
    }
    let text = shared.text.lock().unwrap().clone();
    let state: PaceState = text.parse().unwrap();
    assert_eq!(state.to_string(), text);
    assert!(text.contains("\nslow ") && text.contains("\nwrite "), "{text}");
}

proptest! {
    #[test]
    fn no_text_causes_a_panic_and_a_valid_text_round_trips(
        lines in proptest::collection::vec("(read|write|under-way|stop|cap|narrow|passed|slow|limits|hour|x)( [0-9]{1,17}| write| minute| -1){0,6}", 0..20),
    ) {
        let text = format!("octoseal-pace 1\n{}", lines.join("\n"));
        if let Ok(state) = text.parse::<PaceState>() {
            let again = state.to_string().parse::<PaceState>().unwrap();
            prop_assert_eq!(again.to_string().lines().count(), state.to_string().lines().count());
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
            let took = runtime.unwrap().block_on(async {
                let started = Instant::now();
                let _ = process(&Server::default(), Text::new(&text), Profile::Fast).send(put()).await;
                started.elapsed()
            });
            prop_assert!(took <= Duration::from_secs(65 * 60 + 1));
        }
    }
}

/// A killed process leaves requests in flight in the state. They count for a minute, and the next process reports that.
#[tokio::test(start_paused = true)]
async fn requests_of_a_killed_process_are_reported_as_the_reason_of_a_wait() {
    let left: String = (0..4).map(|number| format!("under-way {} write\n", NOW + number * 1_000)).collect();
    let server = Server::default();
    let pacer =
        Pacer::new(Pacing::from(Profile::Fast)).shared(Text::new(&format!("octoseal-pace 1\n{left}")));
    let waits = Arc::<Mutex<Vec<Wait>>>::default();
    let seen = Arc::clone(&waits);
    let observer = move |notice: &Notice<'_>| match notice.kind {
        NoticeKind::Waits(wait) => seen.lock().unwrap().push(wait),
        _ => panic!("{notice:?}"),
    };
    let transport = Retry::new(server, RetryPolicy::default()).paced(pacer).observed(Arc::new(observer));
    let started = Instant::now();
    assert_eq!(transport.send(put()).await.unwrap().status(), 201);
    assert_eq!(started.elapsed().as_secs(), 60);
    let waits = waits.lock().unwrap();
    let [Wait { reason: WaitReason::InFlight, length, .. }] = waits[..] else { panic!("{waits:?}") };
    assert!((54..=55).contains(&length.as_secs()), "{length:?}");
}
