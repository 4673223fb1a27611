//! The rules of a lane: the pacing, and the additions for sharing it with other processes.

use super::lane::cost;
use super::profile::{HOUR, MINUTE, Pacing};
use std::time::Duration;

#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) pacing: Pacing,
    /// The maximum delay of a turn's use. The spans for counting requests are longer by it.
    pub(super) late: Duration,
    /// The time after which a request in flight counts as ended, since its process may be gone.
    pub(super) lease: Duration,
    /// Whether a write waits for its turn.
    pub(super) a_write_waits: bool,
}

impl Rules {
    pub(super) fn of_one_process(pacing: Pacing) -> Self {
        Self { pacing, late: Duration::ZERO, lease: Duration::MAX / 2, a_write_waits: false }
    }

    pub(super) fn shared(pacing: Pacing) -> Self {
        Self { late: VALIDITY, lease: LEASE, ..Self::of_one_process(pacing) }
    }

    pub(super) fn minute(&self) -> Duration {
        MINUTE + self.late
    }

    pub(super) fn hour(&self) -> Duration {
        HOUR + self.late
    }

    /// Returns a span of the profile. A short span spreads requests and is no limit of GitHub, so it grows
    /// only a little: "one write a second" must not become one in three seconds.
    pub(super) fn span(&self, span: Duration) -> Duration {
        span + self.late.min(span / 20)
    }

    /// Returns the points that must be free. Reads reserve the points of a waiting write, which could
    /// otherwise wait forever.
    pub(super) fn room(&self, is_write: bool) -> u32 {
        match !is_write && self.a_write_waits {
            true => cost(false) + cost(true),
            false => cost(is_write),
        }
    }
}

/// The time in which a turn may be used after it was reserved.
pub(super) const VALIDITY: Duration = Duration::from_secs(2);

/// Longer than an attempt takes by default.
const LEASE: Duration = Duration::from_secs(60);
