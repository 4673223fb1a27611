//! The pacer: who may send when, so that GitHub never has to say stop, and everybody stops when it does.

mod gate;
mod lane;
mod log;
mod permit;
mod profile;
pub(crate) mod rate_limit_headers;
mod saved;
mod slowdown;
mod snapshot;
mod track;

pub(crate) use permit::Permit;
pub use profile::{Pacing, Profile, UnknownProfile};
pub use saved::{InvalidPaceLog, PaceLog};
pub use snapshot::{Snapshot, Watch};

use crate::error::{Error, Kind, Phase};
use crate::network::deadline::from_now;
use crate::trace;
use crate::wait::Wait;
use http::Method;
use lane::Turn;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep_until, timeout_at};
use track::{Track, WaitingWrite};

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
    /// The one budget, unless each account has its own.
    common: Arc<Track>,
    /// Requests of all accounts under way.
    all: Arc<Semaphore>,
    lanes: Mutex<Lanes>,
    snapshot: watch::Sender<Snapshot>,
}

/// The budgets of accounts that have each their own.
#[derive(Default)]
struct Lanes {
    tracks: HashMap<String, Arc<Track>>,
    /// When it was last looked for what can be forgotten.
    swept: Option<Instant>,
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

    fn with(mut pacing: Pacing, is_per_account: bool) -> Self {
        pacing.in_flight = pacing.in_flight.clamp(1, MOST_IN_FLIGHT);
        pacing.total_in_flight = pacing.total_in_flight.clamp(1, MOST_LANES);
        let all = Arc::new(Semaphore::new(pacing.total_in_flight));
        let (snapshot, _) = watch::channel(Snapshot::default());
        let common = Arc::new(Track::new(pacing));
        Self(Arc::new(Inner { pacing, is_per_account, common, all, lanes: Mutex::default(), snapshot }))
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
        // Counted on a copy, so that nobody waits for it.
        let lane = self.track(account).lane().clone();
        lane.estimate(Instant::now(), reads, writes)
    }

    /// Waits for the turn of a request and pays for it.
    ///
    /// # Errors
    ///
    /// An [`Error`] that says [`is_rate_limited`](Error::is_rate_limited) if the wait is, or becomes, longer than the
    /// patience; nothing was sent.
    pub(crate) async fn acquire(
        &self,
        account: Option<&str>,
        method: &Method,
        patience: Duration,
    ) -> Result<Permit, Error> {
        let track = self.track(account);
        let is_write = is_write(method);
        if let Some(permit) = self.take_at_once(&track, is_write) {
            return Ok(permit);
        }
        let last = from_now(patience);
        let _waiting = Counted::new(self.clone());
        let too_late = |_| self.impatient(None);
        let _turn = timeout_at(last, track.queue(is_write).lock()).await.map_err(too_late)?;
        let _waiting_write = WaitingWrite::new(&track, is_write);
        self.wait(&track, is_write, last).await
    }

    /// The turn of a request that need not wait.
    fn take_at_once(&self, track: &Arc<Track>, is_write: bool) -> Option<Permit> {
        let slot = Arc::clone(&self.0.all).try_acquire_owned().ok()?;
        let turn = track.queue(is_write).try_lock().ok()?;
        let now = Instant::now();
        let is_paid = track.lane().pay(now, is_write) == Turn::Now;
        drop(turn);
        is_paid.then(|| Permit::new(self, Arc::clone(track), is_write, now, slot))
    }

    /// Waits until the lane is free, and pays.
    async fn wait(&self, track: &Arc<Track>, is_write: bool, last: Instant) -> Result<Permit, Error> {
        let started = Instant::now();
        loop {
            let answers = track.answers.notified();
            let now = Instant::now();
            let turn = track.lane().turn(now, is_write);
            match turn {
                Turn::Now => {
                    let slot = timeout_at(last, Arc::clone(&self.0.all).acquire_owned());
                    let slot = slot.await.map_err(|_| self.impatient(None))?;
                    let slot = slot.expect("the semaphore is never closed");
                    let now = Instant::now();
                    if track.lane().pay(now, is_write) == Turn::Now {
                        self.waited(now - started);
                        return Ok(Permit::new(self, Arc::clone(track), is_write, now, slot));
                    }
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
        // Nobody is told where nobody listens: that costs more than the counting.
        let is_watched = self.0.snapshot.receiver_count() > 0;
        self.0.snapshot.send_if_modified(|snapshot| {
            change(snapshot);
            is_watched
        });
    }

    fn track(&self, account: Option<&str>) -> Arc<Track> {
        let Some(account) = account.filter(|_| self.0.is_per_account) else {
            return Arc::clone(&self.0.common);
        };
        let account = account.to_ascii_lowercase();
        let mut lanes = self.0.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(track) = lanes.tracks.get(&account) {
            return Arc::clone(track);
        }
        // Those for whom there is no room share one budget: slower, and never too fast.
        if !lanes.has_room() {
            return Arc::clone(&self.0.common);
        }
        Arc::clone(lanes.tracks.entry(account).or_insert_with(|| Arc::new(Track::new(self.0.pacing))))
    }
}

impl Lanes {
    /// Forgets, once a minute at most, the accounts of which nothing is known any more.
    fn has_room(&mut self) -> bool {
        let now = Instant::now();
        if self.tracks.len() >= MOST_LANES && self.swept.is_none_or(|swept| swept + A_MINUTE <= now) {
            self.swept = Some(now);
            self.tracks.retain(|_, track| Arc::strong_count(track) > 1 || !track.lane().is_blank(now));
        }
        self.tracks.len() < MOST_LANES
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

/// How often it is looked for accounts that can be forgotten.
const A_MINUTE: Duration = Duration::from_secs(60);

/// With so many, those that know nothing any more are forgotten.
const MOST_LANES: usize = 10_000;
