//! The pace in the options.

use crate::arguments::PaceOptions;
use octoseal::{Pacing, RetryPolicy};
use std::time::Duration;

/// Returns the pace in the options.
pub(super) fn pacing(options: &PaceOptions) -> Pacing {
    let mut pacing = Pacing::from(options.profile.unwrap_or_default());
    if let Some(seconds) = options.max_wait {
        pacing.max_wait = Duration::from_secs(seconds);
    }
    pacing
}

/// Returns the retry policy in the options.
pub(super) fn retry(options: &PaceOptions) -> RetryPolicy {
    let mut policy = RetryPolicy::default();
    if let Some(retries) = options.retries {
        policy.attempts = retries.saturating_add(1);
    }
    policy
}
