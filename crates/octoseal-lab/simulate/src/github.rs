//! The simulated GitHubs: the emulator's world with limits, behind a network with latency.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response};
use octoseal::BoxFuture;
use octoseal_emulator::Limits;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, sleep};

/// A GitHub with limits, and the numbers for computing the bound.
#[derive(Clone, Copy)]
pub(crate) struct World {
    pub(crate) name: &'static str,
    pub(crate) primary: f64,
    pub(crate) points: f64,
    pub(crate) content: bool,
    /// Whether only the largest job is simulated in it.
    pub(crate) is_extra: bool,
    limits: fn() -> Limits,
}

pub(crate) const WORLDS: [World; 9] = [
    World { name: "5,000/h", limits: Limits::github, ..BASE },
    World { name: "15,000/h", primary: 15_000.0, limits: || Limits::github().primary(15_000), ..BASE },
    World { name: "content-limited", content: true, limits: Limits::github_with_content, ..BASE },
    World { name: "block-extending", limits: || Limits::github().extending_block(MINUTE), ..BASE },
    World { name: "hidden lower limit", points: 400.0, limits: || Limits::github().points(400), ..BASE },
    World {
        name: "content caps without a message",
        content: true,
        limits: || Limits::github_with_content().content_text(TEXTS[0]),
        ..BASE
    },
    World { name: "4 in flight", limits: || Limits::github().concurrent(4), ..BASE },
    World {
        name: "two regions",
        primary: 10_000.0,
        is_extra: true,
        limits: || Limits::github().two_regions(HALF_AN_HOUR),
        ..BASE
    },
    World {
        name: "foreign traffic",
        primary: 4_400.0,
        is_extra: true,
        limits: || Limits::github().foreign(10),
        ..BASE
    },
];

/// All known messages of GitHub's secondary limits.
pub(crate) const TEXTS: [&str; 6] = [
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
    "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your \
     request again later.",
    "You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.",
    "You have triggered an abuse detection mechanism and have been temporarily blocked from content creation. Please retry \
     your request again later.",
    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. For more on scraping GitHub \
     and how it may affect your rights, please review our Terms of Service.",
    "was submitted too quickly",
];

/// Lists a world with all secondary limits for each text. Only octoseal's policies are simulated in them.
pub(crate) fn texts() -> impl Iterator<Item = World> {
    const LIMITS: [fn() -> Limits; TEXTS.len()] = [
        || with_text(0),
        || with_text(1),
        || with_text(2),
        || with_text(3),
        || with_text(4),
        || with_text(5),
    ];
    const NAMES: [&str; TEXTS.len()] = ["text 1", "text 2", "text 3", "text 4", "text 5", "text 6"];
    let world = |(name, limits)| World { name, content: true, is_extra: true, limits, ..BASE };
    NAMES.into_iter().zip(LIMITS).map(world)
}

fn with_text(text: usize) -> Limits {
    Limits::github_with_content().content_text(TEXTS[text]).secondary_text(TEXTS[text])
}

const BASE: World = World {
    name: "",
    primary: 5_000.0,
    points: 900.0,
    content: false,
    is_extra: false,
    limits: Limits::github,
};

/// The GitHub of one running simulation.
#[derive(Clone)]
pub(crate) struct GitHub(Arc<Mutex<Inner>>);

struct Inner {
    world: octoseal_emulator::World,
    start: Instant,
    in_flight: u64,
    requests: u64,
    rejected: u64,
}

impl GitHub {
    pub(crate) fn new(world: World) -> Self {
        let limits = (world.limits)();
        let mut world = octoseal_emulator::World::new();
        world.limits(limits);
        Self(Arc::new(Mutex::new(Inner {
            world,
            start: Instant::now(),
            in_flight: 0,
            requests: 0,
            rejected: 0,
        })))
    }

    pub(crate) fn rejected(&self) -> u64 {
        self.inner().rejected
    }

    /// Delays the request by a quarter of the latency, and the answer by the rest.
    pub(crate) fn answer(&self, request: Request<Bytes>) -> BoxFuture<'static, Response<Bytes>> {
        let github = self.clone();
        Box::pin(async move {
            let latency = github.begin(&request);
            sleep(latency / 4).await;
            let response = github.handle(&request);
            sleep(if is_limit(&response) { REFUSAL } else { latency - latency / 4 }).await;
            github.inner().in_flight -= 1;
            response
        })
    }

    /// Returns the latency: 60 to 160 ms for reads, 120 to 280 ms for writes, evenly spread, and the same in
    /// each run.
    fn begin(&self, request: &Request<Bytes>) -> Duration {
        let mut inner = self.inner();
        inner.in_flight += 1;
        inner.requests += 1;
        let spread = inner.requests.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let (least, range) = if request.method() == Method::GET { (60, 101) } else { (120, 161) };
        Duration::from_millis(least + spread % range)
    }

    fn handle(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let mut inner = self.inner();
        let now = SystemTime::UNIX_EPOCH + BEGINNING + inner.start.elapsed();
        let in_flight = inner.in_flight;
        let mut response = inner.world.handle_among(in_flight, now, request);
        inner.rejected += u64::from(is_limit(&response));
        let date = HeaderValue::from_str(&httpdate::fmt_http_date(now)).expect("a date is visible ASCII");
        response.headers_mut().insert("date", date);
        response
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().expect("no thread panics while it holds the lock")
    }
}

fn is_limit(response: &Response<Bytes>) -> bool {
    response.status() == 403
}

/// The latency of a refusal, which costs the server little.
const REFUSAL: Duration = Duration::from_millis(40);
const MINUTE: Duration = Duration::from_secs(60);
const HALF_AN_HOUR: Duration = Duration::from_secs(1_800);
/// The start of the simulations, in November 2026.
const BEGINNING: Duration = Duration::from_secs(1_795_417_200);
