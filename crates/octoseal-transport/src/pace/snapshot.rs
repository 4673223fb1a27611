//! What can be seen of a pacer: counters, and what the next request waits for.

use crate::wait::Wait;
use std::time::Duration;
use tokio::sync::watch;

/// A pacer at one moment. The counters only grow, so metrics can be made of their differences.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct Snapshot {
    /// Requests that were sent, repeats included.
    pub requests: u64,
    /// Those of them that can change something.
    pub writes: u64,
    /// Requests that were sent again.
    pub repeats: u64,
    /// Answers that said that a rate limit is reached.
    pub limited: u64,
    /// Those of them that refused a write.
    pub limited_writes: u64,
    /// Requests under way.
    pub in_flight: u64,
    /// Those of them that can change something.
    pub writes_in_flight: u64,
    /// Requests that wait for their turn.
    pub waiting: u64,
    /// How long requests have waited for a limit, all together; a wait counts when it is over.
    pub waited: Duration,
    /// What is left of GitHub's hourly budget, as far as it is known.
    pub remaining: Option<u64>,
    /// What the next request waits for.
    pub wait: Option<Wait>,
}

/// Watches a pacer; made by [`Pacer::watch`](crate::Pacer::watch).
#[derive(Clone, Debug)]
pub struct Watch(pub(super) watch::Receiver<Snapshot>);

impl Watch {
    /// The latest snapshot.
    pub fn snapshot(&self) -> Snapshot {
        self.0.borrow().clone()
    }

    /// Waits until there is a snapshot that this one has not told of, and returns it; `None` when the pacer is gone.
    pub async fn changed(&mut self) -> Option<Snapshot> {
        self.0.changed().await.ok()?;
        Some(self.0.borrow_and_update().clone())
    }
}
