//! What can be seen of a pacer: counters, and the reason of a wait.

use std::fmt;
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
    /// Requests under way.
    pub in_flight: u64,
    /// Requests that wait for their turn.
    pub waiting: u64,
    /// How long requests have waited for a limit, all together; a wait counts when it is over.
    pub waited: Duration,
    /// What is left of GitHub's hourly budget, as far as it is known.
    pub remaining: Option<u64>,
    /// What the next request waits for.
    pub wait: Option<Wait>,
}

/// A wait that has begun.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Wait {
    /// Why.
    pub reason: WaitReason,
    /// How long it takes from its beginning on; it can become longer.
    pub length: Duration,
}

/// Why a request waits.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum WaitReason {
    /// GitHub said that a limit is reached and asked to wait.
    Stopped,
    /// GitHub's hourly budget is used up.
    HourSpent,
    /// The points of a minute are used up.
    Points,
    /// The profile's writes are used up for now.
    Writes,
    /// GitHub's caps for content are reached: it said once that they apply.
    Content,
    /// Writes are slower for a while, since GitHub stopped faster ones.
    Slowed,
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stopped => "GitHub asked to wait",
            Self::HourSpent => "GitHub's hourly budget is used up",
            Self::Points => "GitHub's points of this minute are used up",
            Self::Writes => "the profile's writes of this minute are used up",
            Self::Content => "GitHub's cap on content is reached",
            Self::Slowed => "GitHub stopped faster writes",
        })
    }
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
