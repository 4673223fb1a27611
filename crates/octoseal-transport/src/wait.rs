//! Waits of requests for their turn, with reason and length.

use std::fmt;
use std::time::Duration;

/// A wait that has begun.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Wait {
    /// The reason.
    pub reason: WaitReason,
    /// The length from its start. It can grow.
    pub length: Duration,
}

/// The reason of a wait.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum WaitReason {
    /// GitHub reported a limit and required a wait.
    Stopped,
    /// GitHub's hourly limit is used up.
    HourSpent,
    /// The points of a minute are used up.
    Points,
    /// The profile's writes are used up for now.
    Writes,
    /// GitHub's caps for content are reached. An earlier refusal showed that they apply.
    Content,
    /// Writes are slower for a while, because GitHub refused faster ones.
    Slowed,
    /// Other processes with the same budget have requests in flight, or were killed with requests in flight. The wait
    /// ends earlier if a request ends.
    InFlight,
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
            Self::InFlight => "other processes have requests in flight, or were killed meanwhile",
        })
    }
}
