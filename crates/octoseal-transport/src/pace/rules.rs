//! What a lane keeps to: the pacing, and what sharing it with other processes adds.

use super::lane::cost;
use super::profile::{HOUR, MINUTE, Pacing};
use std::time::Duration;

#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) pacing: Pacing,
    /// How late a turn may be used; the spans in which requests are counted are longer by it.
    pub(super) late: Duration,
    /// After how long a request under way counts as ended: its process may be gone.
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

    /// A span of the profile. A short one spreads requests and is no limit of GitHub's, so it grows by little: "one write a
    /// second" must not become one in three.
    pub(super) fn span(&self, span: Duration) -> Duration {
        span + self.late.min(span / 20)
    }

    /// The points that must be free. Reads leave a waiting write the points that it needs, or it would wait without an end.
    pub(super) fn room(&self, is_write: bool) -> u32 {
        match !is_write && self.a_write_waits {
            true => cost(false) + cost(true),
            false => cost(is_write),
        }
    }
}

/// How long a turn may be used after it was reserved.
pub(super) const VALIDITY: Duration = Duration::from_secs(2);

/// Longer than an attempt takes by default.
const LEASE: Duration = Duration::from_secs(60);
