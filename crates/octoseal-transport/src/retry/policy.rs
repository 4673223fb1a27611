//! Retry policy and back-off.

use std::time::Duration;

/// The number, the speed and the total time of attempts by [`Retry`](crate::Retry).
///
/// # Examples
///
/// ```
/// let mut policy = octoseal_transport::RetryPolicy::default();
/// policy.attempts = 3;
/// assert_eq!(policy.total.as_secs(), 120);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Maximum number of attempts in case of faults, including the first one. 0 counts as 1.
    pub attempts: u32,
    /// Maximum number of rate limit refusals that are waited for.
    pub limits: u32,
    /// The longest wait before the first retry. It doubles with every retry. Random jitter chooses a wait
    /// between half of it and all of it. After a broken connection, the first retry follows at once.
    pub first_delay: Duration,
    /// The longest wait before a retry.
    pub max_delay: Duration,
    /// The timeout of the whole operation, including attempts and waits. The time that a request waits for
    /// its turn with a [`Pacer`](crate::Pacer) does not count, since the max wait limits it.
    pub total: Duration,
}

impl Default for RetryPolicy {
    /// Five attempts, six limits, waits of 500 ms doubling up to 8 s, 120 s in all.
    fn default() -> Self {
        Self {
            attempts: 5,
            limits: 6,
            first_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            total: Duration::from_secs(120),
        }
    }
}

impl RetryPolicy {
    /// Returns the wait after the attempt with this number, with random jitter, so that requests that failed
    /// together are spread.
    pub(crate) fn delay(&self, attempt: u32) -> Duration {
        let doubled = self.first_delay.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        let longest = doubled.min(self.max_delay);
        longest.min(A_DAY).mul_f64(0.5 + 0.5 * fastrand::f64())
    }
}

/// Returns the wait after a rate limit without a given wait, after `earlier` such limits: a minute, doubling
/// up to 16.
///
/// GitHub: "wait for at least one minute", then "an exponentially increasing amount of time" (Rate limits for
/// the REST API).
pub(crate) fn default_limit_wait(earlier: u32) -> Duration {
    Duration::from_secs(60) * 2_u32.pow(earlier.min(4))
}

const A_DAY: Duration = Duration::from_secs(86_400);
