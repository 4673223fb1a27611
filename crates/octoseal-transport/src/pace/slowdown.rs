//! What a pacer does after a limit that nobody told it: it halves its writes, and comes back with time.

use super::clock::Moment;
use std::time::Duration;

/// A rate of writes at which GitHub said stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slowdown {
    pub(super) since: Moment,
    /// Writes a second.
    pub(super) struck: f64,
}

impl Slowdown {
    /// After a stop: `before` is the slowdown that held then, `last_minute` how many writes were made.
    pub(super) fn after(before: Option<Self>, last_minute: usize, now: Moment) -> Self {
        let measured = last_minute as f64 / 60.0;
        let struck = before.and_then(|slowdown| slowdown.rate(now)).unwrap_or(measured);
        Self { since: now, struck: struck.max(LEAST) }
    }

    /// As it was written down; a rate that makes no sense is the least.
    pub(super) fn known(since: Moment, struck: f64) -> Self {
        Self { since, struck: struck.max(LEAST) }
    }

    /// The wait between two writes; `None` when the stop is forgotten.
    pub(super) fn spacing(self, now: Moment) -> Option<Duration> {
        self.rate(now).map(|rate| Duration::from_secs_f64(rate.recip()))
    }

    /// Half of what was too much, then in five minutes up to a little less than it, for an hour.
    fn rate(self, now: Moment) -> Option<f64> {
        let passed = now.saturating_sub(self.since);
        let recovered = (passed.as_secs_f64() / RECOVERY).min(1.0);
        (passed < FORGOTTEN).then(|| (self.struck * (0.5 + 0.48 * recovered)).max(LEAST))
    }
}

/// However low the limit may be, one write every two seconds is tried: half of what GitHub advises.
const LEAST: f64 = 0.5;
/// In seconds.
const RECOVERY: f64 = 300.0;
const FORGOTTEN: Duration = Duration::from_secs(3_600);
