//! The pace in the options.

use crate::arguments::PaceOptions;
use octoseal::{Config, Pacing, RetryPolicy};
use std::time::Duration;

/// Returns the pace in the options.
pub(super) fn pacing(options: &PaceOptions) -> Pacing {
    let mut pacing = Pacing::from(options.profile.unwrap_or_default());
    pacing.in_flight = options.in_flight.unwrap_or(pacing.in_flight);
    if let Some(seconds) = options.max_wait {
        pacing.max_wait = Duration::from_secs(seconds);
    }
    pacing
}

/// Returns the policy of retries. It allows enough time for the number of attempts in the options.
pub(super) fn retry(options: &PaceOptions) -> RetryPolicy {
    let mut policy = RetryPolicy::default();
    if let Some(retries) = options.retries {
        policy.attempts = retries.saturating_add(1);
    }
    if options.retries.is_some() || options.timeout.is_some() {
        let each = timeout(options).saturating_add(policy.max_delay);
        policy.total = policy.total.max(each.saturating_mul(policy.attempts));
    }
    policy
}

/// Returns the maximum time of an attempt.
pub(super) fn timeout(options: &PaceOptions) -> Duration {
    options.timeout.map_or(Config::default().attempt_timeout, Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_time_for_the_attempts_that_were_asked_for() {
        let total = |retries, timeout| {
            retry(&PaceOptions { retries, timeout, ..PaceOptions::default() }).total.as_secs()
        };
        assert_eq!(total(None, None), 120);
        assert_eq!(total(Some(1), Some(5)), 120);
        assert_eq!(total(None, Some(300)), 5 * 308);
        assert_eq!(total(Some(20), None), 21 * 38);
        assert!(total(Some(u32::MAX), Some(u64::MAX)) > 120);
    }
}
