//! Slowdown after an undisclosed limit: the pacer halves its rate of writes, and recovers with time.

use super::clock::Moment;
use std::time::Duration;

/// A rate of writes at which GitHub refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slowdown {
    pub(super) since: Moment,
    /// In writes a second.
    pub(super) struck: f64,
}

impl Slowdown {
    /// Returns the slowdown after a stop. `before` is the previous slowdown, `last_minute` the number of
    /// writes in the last minute.
    pub(super) fn after(before: Option<Self>, last_minute: usize, now: Moment) -> Self {
        let measured = last_minute as f64 / 60.0;
        let struck = before.and_then(|slowdown| slowdown.rate(now)).unwrap_or(measured);
        Self { since: now, struck: struck.max(LEAST) }
    }

    /// Restores a stored slowdown. An invalid rate becomes the minimum.
    pub(super) fn known(since: Moment, struck: f64) -> Self {
        Self { since, struck: struck.max(LEAST) }
    }

    /// Returns the wait between two writes. `None` when the stop has expired.
    pub(super) fn spacing(self, now: Moment) -> Option<Duration> {
        self.rate(now).map(|rate| Duration::from_secs_f64(rate.recip()))
    }

    /// Returns the rate: half of the refused one, then within five minutes slightly below it, for an hour.
    fn rate(self, now: Moment) -> Option<f64> {
        let passed = now.saturating_sub(self.since);
        let recovered = (passed.as_secs_f64() / RECOVERY).min(1.0);
        (passed < FORGOTTEN).then(|| (self.struck * (0.5 + 0.48 * recovered)).max(LEAST))
    }
}

/// The minimum rate, however low the limit may be: one write every two seconds, half of GitHub's advice.
const LEAST: f64 = 0.5;
/// In seconds.
const RECOVERY: f64 = 300.0;
const FORGOTTEN: Duration = Duration::from_secs(3_600);
