//! Waiting requests: their limit and their number.

use super::Pacer;
use crate::error::{Error, Kind, Phase};
use crate::network::deadline::from_now;
use crate::wait::Wait;
use std::time::Duration;
use tokio::time::Instant;

/// The max wait of a request, and the callback for waits.
#[derive(Clone, Copy)]
pub(super) struct Bounds<'a> {
    pub(super) started: Instant,
    pub(super) last: Instant,
    max_wait: Duration,
    pub(super) tell: &'a (dyn Fn(Wait) + Sync),
}

impl<'a> Bounds<'a> {
    pub(super) fn new(max_wait: Duration, tell: &'a (dyn Fn(Wait) + Sync)) -> Self {
        Self { started: Instant::now(), last: from_now(max_wait), max_wait, tell }
    }

    /// Returns the error of a request whose turn does not come in time.
    pub(super) fn too_long(&self, wait: Option<Wait>) -> Error {
        Error::new(Kind::WaitTooLong { wait, max_wait: self.max_wait, is_of_run: false }, Phase::NotSent)
    }
}

/// A waiting request, until it is dropped.
pub(super) struct Counted(Pacer);

impl Counted {
    pub(super) fn new(pacer: Pacer) -> Self {
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
