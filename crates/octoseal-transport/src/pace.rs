//! The pacer: who may send when, so that GitHub never has to say stop, and everybody stops when it does.

mod gate;
mod lane;
mod log;
mod profile;
mod saved;
mod slowdown;
mod snapshot;

pub use profile::{Pacing, Profile, UnknownProfile};
pub use saved::{InvalidPaceLog, PaceLog};
pub use snapshot::{Snapshot, Wait, WaitReason, Watch};

use crate::error::{Error, Kind, Phase};
use crate::rate_limit::{RateLimit, Window};
use crate::trace;
use bytes::Bytes;
use http::{Method, Response};
use lane::{Answer, Lane, Turn};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, sleep_until, timeout_at};

/// Keeps to GitHub's budget of one server and its credentials; clones share it.
///
/// It counts what is sent in a sliding log of 61 seconds, follows the hourly window that GitHub's answers tell, and
/// shuts one gate for everybody when an answer says that a limit is reached. What a limit tells is kept: the caps for
/// content, or a lower rate of writes that recovers with time.
///
/// A [`Retry`](crate::Retry) that is [`paced`](crate::Retry::paced) asks it before every attempt.
///
/// # Examples
///
/// ```
/// use octoseal_transport::{Pacer, Pacing, Profile};
///
/// let pacer = Pacer::new(Pacing::from(Profile::Documented));
/// // A thousand secrets of a hundred repositories: 5,100 points, 900 at once and 900 more every 61 seconds.
/// assert_eq!(pacer.estimate(None, 100, 1_000).as_secs(), 5 * 61);
/// ```
#[derive(Clone)]
pub struct Pacer(Arc<Inner>);

struct Inner {
    pacing: Pacing,
    is_per_account: bool,
    lanes: Mutex<HashMap<String, Arc<Track>>>,
    snapshot: watch::Sender<Snapshot>,
}

/// One credential's lane, and those who wait for it.
struct Track {
    lane: Mutex<Lane>,
    permits: Arc<Semaphore>,
    /// First come, first served: whoever holds it waits for the lane.
    turn: tokio::sync::Mutex<()>,
    answers: Notify,
}

impl Pacer {
    /// Makes a pacer that has sent nothing yet.
    pub fn new(pacing: Pacing) -> Self {
        Self::with(pacing, false)
    }

    /// Makes a pacer for a provider that has a token for each account, such as a GitHub App: each has a budget of its own.
    pub fn per_account(pacing: Pacing) -> Self {
        Self::with(pacing, true)
    }

    fn with(pacing: Pacing, is_per_account: bool) -> Self {
        let (snapshot, _) = watch::channel(Snapshot::default());
        Self(Arc::new(Inner { pacing, is_per_account, lanes: Mutex::default(), snapshot }))
    }

    /// What it keeps to.
    pub fn pacing(&self) -> Pacing {
        self.0.pacing
    }

    /// The counters at this moment.
    pub fn snapshot(&self) -> Snapshot {
        self.0.snapshot.borrow().clone()
    }

    /// Watches the counters and the waits.
    pub fn watch(&self) -> Watch {
        Watch(self.0.snapshot.subscribe())
    }

    /// How long so many requests would take from now on, by what is known: what was sent, GitHub's hourly window, what
    /// its limits have taught. `account` is the credential's, where each account has one of its own.
    ///
    /// It is the least there can be: answers are taken to come at once, and nobody else to spend the budget.
    pub fn estimate(&self, account: Option<&str>, reads: u64, writes: u64) -> Duration {
        self.track(account).lane().estimate(Instant::now(), reads, writes)
    }

    /// Waits for the turn of a request and pays for it.
    ///
    /// # Errors
    ///
    /// An [`Error`] that says [`is_rate_limited`](Error::is_rate_limited) if the wait is, or becomes, longer than the
    /// patience; nothing was sent.
    pub(crate) async fn acquire(&self, account: Option<&str>, method: &Method) -> Result<Permit, Error> {
        let track = self.track(account);
        let is_write = is_write(method);
        let last = Instant::now() + self.0.pacing.patience.min(LONGEST_PATIENCE);
        let waiting = Counted::new(self.clone());
        let too_late = |_| self.impatient(None);
        let permit = timeout_at(last, Arc::clone(&track.permits).acquire_owned()).await.map_err(too_late)?;
        let permit = permit.expect("the semaphore is never closed");
        let turn = timeout_at(last, track.turn.lock()).await.map_err(too_late)?;
        let sent_at = self.wait(&track, is_write, last).await?;
        drop((turn, waiting));
        let remaining = track.lane().remaining();
        self.count(|snapshot| {
            snapshot.requests += 1;
            snapshot.writes += u64::from(is_write);
            snapshot.in_flight += 1;
            snapshot.remaining = remaining;
        });
        Ok(Permit { pacer: self.clone(), track, is_write, sent_at, _permit: permit })
    }

    /// Waits until the lane is free, and pays; gives the moment that is written in the log.
    async fn wait(&self, track: &Track, is_write: bool, last: Instant) -> Result<Instant, Error> {
        let started = Instant::now();
        loop {
            let answers = track.answers.notified();
            let now = Instant::now();
            let turn = {
                let mut lane = track.lane();
                let turn = lane.turn(now, is_write);
                if turn == Turn::Now {
                    lane.charge(now, is_write);
                }
                turn
            };
            match turn {
                Turn::Now => {
                    self.waited(now - started);
                    return Ok(now);
                }
                Turn::At(at, reason) if at > last => {
                    self.waited(now - started);
                    return Err(self.impatient(Some(Wait { reason, length: at - now })));
                }
                Turn::At(at, reason) => {
                    let wait = Wait { reason, length: at - now };
                    trace::waits(wait);
                    self.count(|snapshot| snapshot.wait = Some(wait));
                    // tokio's timer counts in milliseconds, and must not wake us before the time.
                    sleep_until(at + Duration::from_millis(1)).await;
                }
                Turn::AfterAnswers => {
                    timeout_at(last, answers).await.map_err(|_| self.impatient(None))?;
                }
            }
        }
    }

    fn waited(&self, length: Duration) {
        if !length.is_zero() {
            self.count(|snapshot| {
                snapshot.waited += length;
                snapshot.wait = None;
            });
        }
    }

    fn impatient(&self, wait: Option<Wait>) -> Error {
        Error::new(Kind::Impatient { wait, patience: self.0.pacing.patience }, Phase::NotSent)
    }

    /// Says that a request is sent again.
    pub(crate) fn repeats(&self) {
        self.count(|snapshot| snapshot.repeats += 1);
    }

    fn count(&self, change: impl FnOnce(&mut Snapshot)) {
        self.0.snapshot.send_modify(change);
    }

    fn track(&self, account: Option<&str>) -> Arc<Track> {
        let mut lanes = self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        let account = account.filter(|_| self.0.is_per_account).unwrap_or_default().to_ascii_lowercase();
        if lanes.len() >= MOST_LANES && !lanes.contains_key(&account) {
            let now = Instant::now();
            lanes.retain(|_, track| Arc::strong_count(track) > 1 || !track.lane().is_blank(now));
        }
        Arc::clone(lanes.entry(account).or_insert_with(|| Arc::new(Track::new(self.0.pacing))))
    }
}

impl Track {
    fn new(pacing: Pacing) -> Self {
        Self {
            lane: Mutex::new(Lane::new(pacing)),
            permits: Arc::new(Semaphore::new(pacing.in_flight.clamp(1, MOST_IN_FLIGHT))),
            turn: tokio::sync::Mutex::default(),
            answers: Notify::new(),
        }
    }

    fn lane(&self) -> MutexGuard<'_, Lane> {
        self.lane.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to send one request, until it is dropped; the request is paid whether it is sent or not.
pub(crate) struct Permit {
    pacer: Pacer,
    track: Arc<Track>,
    is_write: bool,
    sent_at: Instant,
    _permit: OwnedSemaphorePermit,
}

impl Permit {
    /// Learns from the answer.
    pub(crate) fn answered(&self, response: &Response<Bytes>) {
        let limit = RateLimit::of(response);
        let answer = Answer {
            sent_at: self.sent_at,
            is_write: self.is_write,
            window: Window::of(response.headers()),
            limit,
            proves_passage: !response.status().is_server_error(),
        };
        let mut lane = self.track.lane();
        let is_new = lane.answered(answer, Instant::now());
        let remaining = lane.remaining();
        drop(lane);
        if let (true, Some(limit)) = (is_new, limit) {
            trace::stopped(limit);
        }
        self.pacer.count(|snapshot| {
            snapshot.limited += u64::from(limit.is_some());
            snapshot.remaining = remaining;
        });
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.track.lane().in_flight -= 1;
        self.track.answers.notify_waiters();
        self.pacer.count(|snapshot| snapshot.in_flight -= 1);
    }
}

/// One who waits, until it is dropped.
struct Counted(Pacer);

impl Counted {
    fn new(pacer: Pacer) -> Self {
        pacer.count(|snapshot| snapshot.waiting += 1);
        Self(pacer)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.count(|snapshot| {
            snapshot.waiting -= 1;
            if snapshot.waiting == 0 {
                snapshot.wait = None;
            }
        });
    }
}

impl fmt::Debug for Pacer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pacer").field("pacing", &self.0.pacing).finish_non_exhaustive()
    }
}

fn is_write(method: &Method) -> bool {
    !method.is_safe()
}

/// GitHub: "No more than 100 concurrent requests are allowed."
const MOST_IN_FLIGHT: usize = 100;

/// Thirty days: longer waits cannot be told from waits without an end.
const LONGEST_PATIENCE: Duration = Duration::from_secs(30 * 86_400);

/// With so many, those that know nothing any more are forgotten.
const MOST_LANES: usize = 10_000;
