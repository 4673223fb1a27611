//! The deadline of an attempt. It travels with the request, so that the layer that then holds the request can
//! report how far it got.

use crate::error::{Error, Kind, Limit, Phase};
use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// A deadline and its origin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    at: Instant,
    limit: Limit,
    /// The whole length of the timeout.
    length: Duration,
}

impl Deadline {
    /// Creates the deadline of an attempt that begins now.
    pub(crate) fn of_attempt(length: Duration) -> Self {
        Self { at: from_now(length), limit: Limit::Attempt, length }
    }

    /// Creates the deadline of an operation with `left` of its total time left.
    pub(crate) fn of_operation(total: Duration, left: Duration) -> Self {
        Self { at: from_now(left), limit: Limit::Total, length: total }
    }

    /// Creates the deadline of the whole run of a client.
    pub(crate) fn of_run(at: Instant, length: Duration) -> Self {
        Self { at, limit: Limit::Run, length }
    }

    pub(crate) fn or_nearer(self, other: Option<&Self>) -> Self {
        other.filter(|other| other.at < self.at).copied().unwrap_or(self)
    }

    /// Returns the future's output, or a timeout error in the phase at that moment.
    pub(crate) async fn bound<T>(
        self,
        future: impl Future<Output = Result<T, Error>>,
        phase: impl FnOnce() -> Phase,
    ) -> Result<T, Error> {
        let late = |_| Err(Error::new(Kind::Timeout(self.limit, self.length), phase()));
        timeout_at(self.at, future).await.unwrap_or_else(late)
    }
}

/// Returns the end of a time that begins now.
pub(crate) fn from_now(length: Duration) -> Instant {
    Instant::now() + length.min(LONGEST)
}

/// A year. A longer time is practically without end, and adding it to the current time could overflow.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);
