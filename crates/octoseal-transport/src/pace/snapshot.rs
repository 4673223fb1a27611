//! The observable state of a pacer: counters, and the reason of the next request's wait.

use crate::wait::Wait;
use std::time::Duration;
use tokio::sync::watch;

/// The state of a pacer at one moment. The counters only grow, so metrics can be computed from differences.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Snapshot {
    /// Requests that were sent, including retries.
    pub requests: u64,
    /// The number of them that can change something.
    pub writes: u64,
    /// Retries.
    pub retries: u64,
    /// Answers that reported a rate limit.
    pub limited: u64,
    /// Those of them that refused a write.
    pub limited_writes: u64,
    /// Requests in flight.
    pub in_flight: u64,
    /// Those of them that can change something.
    pub writes_in_flight: u64,
    /// Requests that wait for their turn.
    pub waiting: u64,
    /// The total time that requests have waited for a limit. A wait is counted when it ends.
    pub waited: Duration,
    /// The rest of GitHub's hourly limit, if it is known.
    pub remaining: Option<u64>,
    /// The wait of the next request.
    pub wait: Option<Wait>,
}

/// A watch on a pacer, created by [`Pacer::watch`](crate::Pacer::watch).
#[derive(Clone, Debug)]
pub struct Watch(pub(super) watch::Receiver<Snapshot>);

impl Watch {
    /// Returns the latest snapshot.
    pub fn snapshot(&self) -> Snapshot {
        self.0.borrow().clone()
    }

    /// Waits until the snapshot differs from the last returned one, and returns it. Returns `None` when the
    /// pacer is gone.
    pub async fn changed(&mut self) -> Option<Snapshot> {
        self.0.changed().await.ok()?;
        Some(self.0.borrow_and_update().clone())
    }
}
