//! A clock that runs with tokio's, which tests can pause.

use std::time::SystemTime;
use tokio::time::Instant;

/// Returns `start` plus the time that has passed on tokio's clock since this call.
pub(crate) fn from(start: SystemTime) -> impl Fn() -> SystemTime {
    let tokio_start = Instant::now();
    move || start + tokio_start.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;
    use tokio::time;

    #[tokio::test(start_paused = true)]
    async fn an_hour_of_paused_time_passes_at_once() {
        let clock = from(SystemTime::UNIX_EPOCH);
        assert_eq!(clock(), SystemTime::UNIX_EPOCH);
        time::sleep(Duration::from_secs(3_600)).await;
        assert_eq!(clock(), SystemTime::UNIX_EPOCH + Duration::from_secs(3_600));
    }
}
