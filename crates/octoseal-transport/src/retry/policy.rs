//! How often, how fast and how long requests are tried.

use std::time::Duration;

/// How often, how fast and how long [`Retry`](crate::Retry) tries.
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
    /// How many times a request is sent at most because of faults, the first time included; 0 counts as 1.
    pub attempts: u32,
    /// How many refusals by a rate limit are waited out.
    pub limits: u32,
    /// The longest wait before the first repeat; it doubles with every repeat. A wait is drawn by lot between half of
    /// this and the whole. After a connection that broke, the first repeat follows at once.
    pub first_delay: Duration,
    /// The longest wait before a repeat.
    pub max_delay: Duration,
    /// The deadline of the whole operation, attempts and waits together. The time that a request waits for its turn with
    /// a [`Pacer`](crate::Pacer) does not count: its longest wait bounds it.
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
    /// The wait after the attempt of this number, drawn by lot so that those who failed together come back apart.
    pub(crate) fn delay(&self, attempt: u32) -> Duration {
        let doubled = self.first_delay.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        let longest = doubled.min(self.max_delay);
        longest.min(A_DAY).mul_f64(0.5 + 0.5 * fastrand::f64())
    }
}

/// Returns the wait after a rate limit that does not say how long, after `earlier` such limits: a minute, doubling up to 16.
///
/// GitHub: "wait for at least one minute", then "an exponentially increasing amount of time" (Rate limits for the REST
/// API).
pub(crate) fn default_limit_wait(earlier: u32) -> Duration {
    Duration::from_secs(60) * 2_u32.pow(earlier.min(4))
}

const A_DAY: Duration = Duration::from_secs(86_400);
