//! Counters of a client, for metrics: those of the pacer and of the public key cache.

use crate::github::GitHub;
use crate::keys::KeyCounts;
use octoseal_transport::{Snapshot, Watch};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

/// The counters of a client at one moment. They only grow, so metrics can be computed from differences.
///
/// # Examples
///
/// ```
/// # fn example(github: octoseal::GitHub) {
/// let metrics = github.metrics();
/// println!("octoseal_requests_total {}", metrics.pace.requests);
/// println!("octoseal_limited_total {}", metrics.pace.limited);
/// println!("octoseal_waited_seconds_total {}", metrics.pace.waited.as_secs_f64());
/// println!("octoseal_key_hits_total {}", metrics.key_hits);
/// # }
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Metrics {
    /// Requests, waits and limits.
    pub pace: Snapshot,
    /// The number of public keys that were found in the cache.
    pub key_hits: u64,
    /// The number of public keys that were fetched.
    pub key_misses: u64,
    /// The number of public keys that were fetched again because GitHub refused a value sealed to them.
    pub key_renewals: u64,
}

/// A watch on a client, created by [`GitHub::watch`](crate::GitHub::watch). It does not keep the client
/// alive.
#[derive(Clone, Debug)]
pub struct MetricsWatch {
    pace: Watch,
    keys: Arc<KeyCounts>,
}

impl GitHub {
    /// Returns the current counters: requests, waits, limits, and the public key cache.
    pub fn metrics(&self) -> Metrics {
        self.watch().metrics()
    }

    /// Watches the counters and the waits for changes.
    pub fn watch(&self) -> MetricsWatch {
        MetricsWatch::new(self.pacer().watch(), Arc::clone(self.keys().counts()))
    }
}

impl MetricsWatch {
    pub(crate) fn new(pace: Watch, keys: Arc<KeyCounts>) -> Self {
        Self { pace, keys }
    }

    /// Returns the current counters.
    pub fn metrics(&self) -> Metrics {
        self.with(self.pace.snapshot())
    }

    /// Waits until the counters differ from the last returned ones, and returns them. Returns `None` when the
    /// client is gone.
    ///
    /// Changes in quick succession are combined. A slow reader misses only intermediate states.
    pub async fn changed(&mut self) -> Option<Metrics> {
        // Every use of a key is followed by a request, so the pacer's changes are sufficient.
        let pace = self.pace.changed().await?;
        Some(self.with(pace))
    }

    fn with(&self, pace: Snapshot) -> Metrics {
        let KeyCounts { hits, misses, renewals } = &*self.keys;
        Metrics {
            pace,
            key_hits: hits.load(Relaxed),
            key_misses: misses.load(Relaxed),
            key_renewals: renewals.load(Relaxed),
        }
    }
}
