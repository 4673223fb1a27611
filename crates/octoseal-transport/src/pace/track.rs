//! One credential's lane with its storage and its queues.

use super::clock::{Clock, Moment, moment_of};
use super::lane::{Lane, UnderWay};
use super::profile::{Pacing, Profile};
use super::rules::Rules;
use super::shared::SharedPace;
use super::state::PaceState;
use crate::trace;
use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use tokio::sync::Notify;

/// One credential's lane, and the requests that wait for it.
pub(super) struct Track {
    kept: Mutex<Kept>,
    /// The shared storage of the lane, and its account there.
    shared: Option<(Arc<dyn SharedPace>, Option<String>)>,
    /// Requests that ended since the last update of the shared lane.
    ended: Mutex<Vec<UnderWay>>,
    reads: Queue,
    writes: Queue,
    pub(super) answers: Notify,
}

/// The lane, or the last known copy of the shared one.
struct Kept {
    lane: Lane,
    rules: Rules,
    clock: Clock,
    /// Whether the shared one is unusable. From then on this copy counts.
    is_alone: bool,
}

/// A fair queue: the task that holds it waits for the lane. A write that waits for an hour must not block
/// reads, so each kind has its own queue.
pub(super) type Queue = tokio::sync::Mutex<()>;

impl Track {
    pub(super) fn new(pacing: Pacing, shared: Option<(Arc<dyn SharedPace>, Option<String>)>) -> Self {
        let rules = if shared.is_some() { Rules::shared(pacing) } else { Rules::of_one_process(pacing) };
        let (clock, is_alone) = (Clock::start(), shared.is_none());
        Self {
            kept: Mutex::new(Kept { lane: Lane::default(), rules, clock, is_alone }),
            shared,
            ended: Mutex::default(),
            reads: Queue::default(),
            writes: Queue::default(),
            answers: Notify::new(),
        }
    }

    pub(super) fn queue(&self, is_write: bool) -> &Queue {
        if is_write { &self.writes } else { &self.reads }
    }

    /// Returns whether the lane is local, so that no other process needs to be waited for.
    pub(super) fn is_alone(&self) -> bool {
        self.kept().is_alone
    }

    /// Uses the local lane, or the last known copy of the shared one.
    pub(super) fn here<R>(&self, change: impl FnOnce(&mut Lane, &Rules, Moment) -> R) -> R {
        let Kept { lane, rules, clock, .. } = &mut *self.kept();
        change(lane, rules, clock.now())
    }

    /// Uses the lane, wherever it is stored. `change` may be called again if the shared lane was updated in
    /// the meantime.
    pub(super) async fn with<R: Send>(
        &self,
        mut change: impl FnMut(&mut Lane, &Rules, Moment) -> R + Send,
    ) -> R {
        let shared = self.shared.as_ref().filter(|_| !self.is_alone());
        if let Some((shared, account)) = shared {
            let ended = take(&mut *self.ended());
            let rules = self.kept().rules;
            let mut newest = None;
            let mut in_shared = |state: &mut PaceState, now: SystemTime| {
                let (lane, now) = (&mut state.0, moment_of(now));
                lane.settle(&rules, now);
                ended.iter().for_each(|request| lane.end(*request));
                let result = change(lane, &rules, now);
                newest = Some((result, lane.clone(), Clock::at(now)));
            };
            let updated = shared.update(account.as_deref(), &mut in_shared).await;
            match (updated, newest) {
                (Ok(()), Some((result, lane, clock))) => {
                    let mut kept = self.kept();
                    (kept.lane, kept.clock) = (lane, clock);
                    return result;
                }
                (Ok(()), None) => self.go_alone(&"it was not changed"),
                (Err(cause), _) => self.go_alone(&cause),
            }
        }
        self.here(change)
    }

    /// The other processes are unknown, so this one is slow.
    fn go_alone(&self, cause: &dyn std::fmt::Display) {
        trace::alone(cause);
        let mut kept = self.kept();
        kept.is_alone = true;
        kept.rules.pacing.profile = Profile::SLOWEST;
    }

    /// Records the end of a request whose future was dropped.
    pub(super) fn ended_unseen(&self, request: UnderWay) {
        if !self.is_alone() {
            self.ended().push(request);
        }
        self.here(|lane, _, _| lane.end(request));
    }

    /// Returns whether requests ended since the last update of the shared lane.
    pub(super) fn has_ended(&self) -> bool {
        !self.ended().is_empty()
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ended(&self) -> MutexGuard<'_, Vec<UnderWay>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The write at the head of its queue, until it is dropped. Reads reserve its points.
pub(super) struct WaitingWrite<'a>(Option<&'a Track>);

impl<'a> WaitingWrite<'a> {
    pub(super) fn new(track: &'a Track, is_write: bool) -> Self {
        let track = is_write.then_some(track);
        track.iter().for_each(|track| track.kept().rules.a_write_waits = true);
        Self(track)
    }
}

impl Drop for WaitingWrite<'_> {
    fn drop(&mut self) {
        self.0.iter().for_each(|track| track.kept().rules.a_write_waits = false);
    }
}
