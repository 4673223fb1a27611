//! The time of a pacer's state.

use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// The time since 1970 if the state is shared, and since an arbitrary day otherwise.
pub(super) type Moment = Duration;

/// Converts the runtime's time to the state's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    moment: Moment,
    instant: Instant,
}

impl Clock {
    /// Creates a clock that can count back for two days.
    pub(super) fn start() -> Self {
        Self::at(Duration::from_secs(2 * 86_400))
    }

    /// Creates a clock whose current time is `moment`.
    pub(super) fn at(moment: Moment) -> Self {
        Self { moment, instant: Instant::now() }
    }

    pub(super) fn now(self) -> Moment {
        self.moment + self.instant.elapsed()
    }
}

/// Returns the time in whole milliseconds, as a shared state stores it.
pub(super) fn moment_of(time: SystemTime) -> Moment {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Duration::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
