//! The time of a pacer's state.

use std::time::{Duration, SystemTime};
use tokio::time::Instant;

/// Time since 1970 where the state is shared, and since some day where it is not.
pub(super) type Moment = Duration;

/// Turns the runtime's time into a state's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    moment: Moment,
    instant: Instant,
}

impl Clock {
    /// A clock that can count back for two days.
    pub(super) fn start() -> Self {
        Self::at(Duration::from_secs(2 * 86_400))
    }

    /// A clock that shows this moment now.
    pub(super) fn at(moment: Moment) -> Self {
        Self { moment, instant: Instant::now() }
    }

    pub(super) fn now(self) -> Moment {
        self.moment + self.instant.elapsed()
    }
}

/// In whole milliseconds, as a shared state is written down.
pub(super) fn moment_of(time: SystemTime) -> Moment {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Duration::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
