//! The pacer: it schedules requests so that GitHub rarely refuses one, and stops all of them when it does.

mod clock;
mod concurrency;
mod gate;
mod lane;
mod lanes;
mod learning;
mod log;
mod narrowing;
mod permit;
mod profile;
pub(crate) mod rate_limit_headers;
mod rules;
mod shared;
mod slowdown;
mod snapshot;
mod state;
mod track;
mod waiting;

pub(crate) use permit::Permit;
pub use profile::{Pacing, Profile, UnknownProfile};
pub use shared::{MemoryPace, SharedPace};
pub use snapshot::{Snapshot, Watch};
pub use state::{InvalidPaceState, PaceState};

use crate::error::Error;
use crate::observer::SILENCE;
use crate::trace;
use crate::wait::{Wait, WaitReason};
use http::Method;
use lane::{Turn, UnderWay};
use lanes::{Lanes, MOST_LANES};
use rules::VALIDITY;
use std::fmt;
use std::mem::replace;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::time::{Instant, sleep_until, timeout_at};
use track::{Track, WaitingWrite};
use waiting::{Bounds, Counted};

/// Respects the rate limits of one server and its credentials. Clones share their state.
///
/// It counts requests in a sliding log of 61 seconds, follows the hourly window in GitHub's answers, and
/// closes one gate for all requests when an answer reports a limit. It adapts to each limit: with the caps
/// for content, or with a lower rate of writes that recovers with time.
///
/// A [`Retry`](crate::Retry) that is [`paced`](crate::Retry::paced) asks it before every attempt.
///
/// # Examples
///
/// ```
/// use octoseal_transport::{Pacer, Pacing, Profile};
///
/// let pacer = Pacer::new(Pacing::from(Profile::Fast));
/// // A thousand secrets of a hundred repositories: 5,100 points, 900 at once and 900 more every 61 seconds.
/// assert_eq!(pacer.estimate(None, 100, 1_000).as_secs(), 5 * 61);
/// ```
#[derive(Clone)]
pub struct Pacer(Arc<Inner>);

struct Inner {
    pacing: Pacing,
    is_per_account: bool,
    shared: Option<Arc<dyn SharedPace>>,
    /// The one budget, unless each account has its own.
    common: Arc<Track>,
    /// The requests in flight of all accounts.
    all: Arc<Semaphore>,
    lanes: Mutex<Lanes>,
    snapshot: watch::Sender<Snapshot>,
}

impl Pacer {
    /// Creates a pacer that has not sent anything.
    pub fn new(pacing: Pacing) -> Self {
        Self::with(pacing, false, None)
    }

    /// Creates a pacer for a provider with a token for each account, such as a GitHub App. Each account has
    /// its own budget.
    pub fn per_account(pacing: Pacing) -> Self {
        Self::with(pacing, true, None)
    }

    /// Creates a pacer with the same settings that shares its state with other processes.
    #[must_use]
    pub fn shared(self, shared: Arc<dyn SharedPace>) -> Self {
        Self::with(self.0.pacing, self.0.is_per_account, Some(shared))
    }

    fn with(mut pacing: Pacing, is_per_account: bool, shared: Option<Arc<dyn SharedPace>>) -> Self {
        pacing.in_flight = pacing.in_flight.clamp(1, MOST_IN_FLIGHT);
        pacing.total_in_flight = pacing.total_in_flight.clamp(1, MOST_LANES);
        let common = Arc::new(Track::new(pacing, shared.clone().map(|shared| (shared, None))));
        let all = Arc::new(Semaphore::new(pacing.total_in_flight));
        let (snapshot, _) = watch::channel(Snapshot::default());
        Self(Arc::new(Inner {
            pacing,
            is_per_account,
            shared,
            common,
            all,
            lanes: Mutex::default(),
            snapshot,
        }))
    }

    /// Returns its settings.
    pub fn pacing(&self) -> Pacing {
        self.0.pacing
    }

    /// Returns the current counters.
    pub fn snapshot(&self) -> Snapshot {
        self.0.snapshot.borrow().clone()
    }

    /// Watches the counters and the waits.
    pub fn watch(&self) -> Watch {
        Watch(self.0.snapshot.subscribe())
    }

    /// Estimates the time for these requests from now on, based on the requests sent, GitHub's hourly window,
    /// and the limits learned. `account` selects the budget if each account has its own.
    ///
    /// It is a lower bound: it assumes that answers take no time, and that no other client uses the budget.
    pub fn estimate(&self, account: Option<&str>, reads: u64, writes: u64) -> Duration {
        // The estimate uses a copy, so that no request waits for it.
        let (lane, rules, now) = self.track(account).here(|lane, rules, now| (lane.clone(), *rules, now));
        lane.estimate(&rules, now, reads, writes)
    }

    /// Waits for the turn of a request and charges it.
    ///
    /// # Errors
    ///
    /// An [`Error`] with [`is_rate_limited`](Error::is_rate_limited) if the wait is, or becomes, longer than
    /// the max wait. Nothing was sent.
    pub(crate) async fn acquire(
        &self,
        account: Option<&str>,
        method: &Method,
        max_wait: Duration,
        tell: &(dyn Fn(Wait) + Sync),
    ) -> Result<Permit, Error> {
        let track = self.track(account);
        let is_write = is_write(method);
        if let Some(permit) = self.take_at_once(&track, is_write) {
            return Ok(permit);
        }
        let bounds = Bounds::new(max_wait, tell);
        let _waiting = Counted::new(self.clone());
        let too_late = |_| bounds.too_long(None);
        let _turn = timeout_at(bounds.last, track.queue(is_write).lock()).await.map_err(too_late)?;
        let _waiting_write = WaitingWrite::new(&track, is_write);
        self.wait(&track, is_write, bounds).await
    }

    /// Returns the turn of a request that need not wait.
    fn take_at_once(&self, track: &Arc<Track>, is_write: bool) -> Option<Permit> {
        if !track.is_alone() {
            return None;
        }
        let slot = Arc::clone(&self.0.all).try_acquire_owned().ok()?;
        let turn = track.queue(is_write).try_lock().ok()?;
        let (paid, at, among) = track.here(|lane, rules, now| lane.reserve(rules, now, is_write));
        drop(turn);
        let is_paid = paid == Turn::Now;
        is_paid.then(|| Permit::new(self, Arc::clone(track), UnderWay { at, is_write }, among, slot))
    }

    /// Waits until the lane is free, and charges the request.
    async fn wait(&self, track: &Arc<Track>, is_write: bool, bounds: Bounds<'_>) -> Result<Permit, Error> {
        let last = bounds.last;
        let mut is_reported = false;
        loop {
            let slot = timeout_at(last, Arc::clone(&self.0.all).acquire_owned()).await;
            let slot = slot.map_err(|_| bounds.too_long(None))?.expect("the semaphore is never closed");
            let answers = track.answers.notified();
            let asked = Instant::now();
            let reserved = track.with(|lane, rules, now| lane.reserve(rules, now, is_write));
            let (turn, at, among) = reserved.await;
            let request = UnderWay { at, is_write };
            match turn {
                // Storing took so long that the turn has expired, so it must be reserved again.
                Turn::Now if asked.elapsed() > VALIDITY => {
                    track.with(|lane, _, _| lane.give_back(request)).await;
                    if Instant::now() > last {
                        return Err(bounds.too_long(None));
                    }
                }
                Turn::Now => {
                    self.waited(asked - bounds.started);
                    return Ok(Permit::new(self, Arc::clone(track), request, among, slot));
                }
                Turn::At(later, reason) => {
                    drop(slot);
                    let wait = Wait { reason, length: later - at };
                    self.wait_until(wait, bounds).await?;
                }
                Turn::AfterAnswers => {
                    drop(slot);
                    let is_due = !track.is_alone() && bounds.started.elapsed() >= SILENCE;
                    if is_due && !replace(&mut is_reported, true) {
                        let length = track.here(|lane, rules, now| lane.slot_expires(rules, now));
                        let wait = Wait { reason: WaitReason::InFlight, length };
                        trace::waits(wait);
                        (bounds.tell)(wait);
                    }
                    // Answers to other processes cause no wake-up here.
                    let poll = if track.is_alone() { last } else { last.min(Instant::now() + POLL) };
                    if timeout_at(poll, answers).await.is_err() && poll == last {
                        return Err(bounds.too_long(None));
                    }
                }
            }
        }
    }

    async fn wait_until(&self, wait: Wait, bounds: Bounds<'_>) -> Result<(), Error> {
        let now = Instant::now();
        let end = now + wait.length;
        if end > bounds.last {
            self.waited(now - bounds.started);
            return Err(bounds.too_long(Some(wait)));
        }
        trace::waits(wait);
        (bounds.tell)(wait);
        self.count(|snapshot| snapshot.wait = Some(wait));
        // tokio's timer counts in milliseconds, and must not wake too early.
        sleep_until(end + Duration::from_millis(1)).await;
        Ok(())
    }

    fn waited(&self, length: Duration) {
        if !length.is_zero() {
            self.count(|snapshot| {
                snapshot.waited += length;
                snapshot.wait = None;
            });
        }
    }

    /// Counts a retry.
    pub(crate) fn count_retry(&self) {
        self.count(|snapshot| snapshot.retries += 1);
    }

    fn count(&self, change: impl FnOnce(&mut Snapshot)) {
        // Without a watcher there is no notification: it costs more than the counting.
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
        // Accounts above the maximum share one budget, which is slower and never too fast.
        if !lanes.has_room() {
            return Arc::clone(&self.0.common);
        }
        let shared = self.0.shared.clone().map(|shared| (shared, Some(account.clone())));
        let track = || Arc::new(Track::new(self.0.pacing, shared));
        Arc::clone(lanes.tracks.entry(account).or_insert_with(track))
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

/// The interval for detecting that a request of another process has ended.
const POLL: Duration = Duration::from_millis(200);

/// GitHub: "No more than 100 concurrent requests are allowed."
const MOST_IN_FLIGHT: usize = 100;
