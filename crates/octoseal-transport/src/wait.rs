//! Why a request waits for its turn, and for how long.

use std::fmt;
use std::time::Duration;

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
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
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
