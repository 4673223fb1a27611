//! Counters of a client, for metrics: the pacer's, and those of the cache of public keys.

use crate::github::GitHub;
use crate::keys::KeyCounts;
use octoseal_transport::{Snapshot, Watch};
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

/// A client at one moment. The counters only grow, so metrics can be made of their differences.
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
    /// How often a public key was there when it was asked for.
    pub key_hits: u64,
    /// How often it had to be fetched.
    pub key_misses: u64,
    /// How often it was fetched again, since GitHub refused a value that was sealed to it.
    pub key_renewals: u64,
}

/// Watches a client; made by [`GitHub::watch`](crate::GitHub::watch). It does not keep the client alive.
#[derive(Clone, Debug)]
pub struct MetricsWatch {
    pace: Watch,
    keys: Arc<KeyCounts>,
}

impl GitHub {
    /// The counters at this moment: requests, waits, limits, and the cache of public keys.
    pub fn metrics(&self) -> Metrics {
        self.watch().metrics()
    }

    /// Watches the counters and the waits, and can be asked to tell when they change.
    pub fn watch(&self) -> MetricsWatch {
        MetricsWatch::new(self.pacer().watch(), Arc::clone(self.keys().counts()))
    }
}

impl MetricsWatch {
    pub(crate) fn new(pace: Watch, keys: Arc<KeyCounts>) -> Self {
        Self { pace, keys }
    }

    /// The counters at this moment.
    pub fn metrics(&self) -> Metrics {
        self.with(self.pace.snapshot())
    }

    /// Waits until something has changed that this one has not told of, and tells it; `None` when the client is gone.
    ///
    /// Changes that follow each other closely are told as one, so whoever is slow misses nothing but the steps between.
    pub async fn changed(&mut self) -> Option<Metrics> {
        // A key is never asked for without a request after it, so the pacer's changes are all there are.
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
