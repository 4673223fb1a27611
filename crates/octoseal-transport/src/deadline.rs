//! When a limit of time ends.

use std::time::Duration;
use tokio::time::Instant;

/// The end of a limit that begins at this moment; one too long for the clock ends in ten years.
pub(crate) fn after(start: Instant, limit: Duration) -> Instant {
    start.checked_add(limit).unwrap_or_else(|| start + Duration::from_secs(10 * 365 * 24 * 3_600))
}
