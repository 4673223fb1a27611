//! One credential's lane, and the queues before it.

use super::lane::Lane;
use super::profile::Pacing;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// One credential's lane, and those who wait for it.
pub(super) struct Track {
    lane: Mutex<Lane>,
    reads: Queue,
    writes: Queue,
    pub(super) answers: Notify,
}

/// First come, first served: whoever holds it waits for the lane. A write that waits for an hour must not stop reads, so
/// each kind has a queue.
pub(super) type Queue = tokio::sync::Mutex<()>;

impl Track {
    pub(super) fn new(pacing: Pacing) -> Self {
        Self {
            lane: Mutex::new(Lane::new(pacing)),
            reads: Queue::default(),
            writes: Queue::default(),
            answers: Notify::new(),
        }
    }

    pub(super) fn queue(&self, is_write: bool) -> &Queue {
        if is_write { &self.writes } else { &self.reads }
    }

    pub(super) fn lane(&self) -> MutexGuard<'_, Lane> {
        self.lane.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The write at the head of its queue, until it is dropped: reads leave it its points.
pub(super) struct WaitingWrite<'a>(Option<&'a Track>);

impl<'a> WaitingWrite<'a> {
    pub(super) fn new(track: &'a Track, is_write: bool) -> Self {
        let track = is_write.then_some(track);
        track.iter().for_each(|track| track.lane().a_write_waits = true);
        Self(track)
    }
}

impl Drop for WaitingWrite<'_> {
    fn drop(&mut self) {
        self.0.iter().for_each(|track| track.lane().a_write_waits = false);
    }
}
