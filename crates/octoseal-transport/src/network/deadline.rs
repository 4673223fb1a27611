//! The moment at which an attempt is given up. It travels with the request, so that whoever carries it then can say how
//! far it got.

use crate::error::{Error, Kind, Limit, Phase};
use std::future::Future;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// A deadline, and whose it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    at: Instant,
    limit: Limit,
    /// The whole time that there was.
    length: Duration,
}

impl Deadline {
    /// For an attempt that begins now.
    pub(crate) fn of_attempt(length: Duration) -> Self {
        Self { at: from_now(length), limit: Limit::Attempt, length }
    }

    /// For an operation that has so much of its total time left.
    pub(crate) fn of_operation(total: Duration, left: Duration) -> Self {
        Self { at: from_now(left), limit: Limit::Total, length: total }
    }

    /// For all that a client does, until this moment.
    pub(crate) fn of_run(at: Instant, length: Duration) -> Self {
        Self { at, limit: Limit::Run, length }
    }

    pub(crate) fn or_nearer(self, other: Option<&Self>) -> Self {
        other.filter(|other| other.at < self.at).copied().unwrap_or(self)
    }

    /// What the future gives, or that it was too late, in the phase that is true then.
    pub(crate) async fn bound<T>(
        self,
        future: impl Future<Output = Result<T, Error>>,
        phase: impl FnOnce() -> Phase,
    ) -> Result<T, Error> {
        let late = |_| Err(Error::new(Kind::Timeout(self.limit, self.length), phase()));
        timeout_at(self.at, future).await.unwrap_or_else(late)
    }
}

/// The end of a time that begins now.
pub(crate) fn from_now(length: Duration) -> Instant {
    Instant::now() + length.min(LONGEST)
}

/// A year: what is longer has no end, and adding that to the time of now would overflow.
const LONGEST: Duration = Duration::from_secs(365 * 86_400);
