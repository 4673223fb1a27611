//! How fast a pacer goes: the profiles, and what a caller may settle besides.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// What a [`Pacer`](crate::Pacer) keeps to.
///
/// # Examples
///
/// ```
/// use octoseal_transport::{Pacing, Profile};
/// use std::time::Duration;
///
/// let mut pacing = Pacing::from(Profile::Fast);
/// pacing.max_wait = Duration::from_secs(10); // a web handler's: fail rather than wait for the next hour
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Pacing {
    /// How fast.
    pub profile: Profile,
    /// How many requests of one account may be under way at the same time; GitHub's own limit of 100 is the most, 1 the
    /// least.
    pub in_flight: usize,
    /// How many requests of all accounts together may be under way at the same time, at least 1.
    pub total_in_flight: usize,
    /// How many requests of GitHub's hourly budget are left for others.
    pub reserve: u64,
    /// The longest time that a request waits for its turn, before each attempt. It fails at once if the wait is known to be
    /// longer.
    pub max_wait: Duration,
}

impl From<Profile> for Pacing {
    /// 8 in flight for an account and 100 in all, nothing reserved, a wait of 65 minutes at most: longer than the hour
    /// after which a spent budget is full.
    fn from(profile: Profile) -> Self {
        Self {
            profile,
            in_flight: 8,
            total_in_flight: 100,
            reserve: 0,
            max_wait: Duration::from_secs(65 * 60),
        }
    }
}

impl Default for Pacing {
    fn default() -> Self {
        Self::from(Profile::default())
    }
}

/// How fast requests go, by name. Every profile stops when GitHub says so, and learns from it.
///
/// A read costs one point and a write five; GitHub
/// [documents](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit)
/// 900 points a minute. All spans are 61 seconds instead of 60, for what is late on the way.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Profile {
    /// One write a second, and 900 points in any 61 seconds: GitHub's
    /// [advice](https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests).
    Slow,
    /// 75 writes and 900 points in any 61 seconds: also under the limit of 80 a minute for what creates content, in case
    /// GitHub counts secrets as such.
    #[default]
    Normal,
    /// 900 points in any 61 seconds, which is 180 writes.
    Fast,
    /// No pace of our own: for an Enterprise Server, where limits are off unless its administrator sets them.
    Unlimited,
    /// What the server says: `Normal` where its answers tell of a rate limit, and no pace of our own where they do not, as
    /// on an Enterprise Server.
    Auto,
}

impl Profile {
    /// All profiles, the default first.
    pub const ALL: [Self; 5] = [Self::Normal, Self::Slow, Self::Fast, Self::Unlimited, Self::Auto];

    /// For one that does not know what others do.
    pub(super) const SLOWEST: Self = Self::Slow;

    /// The name, as people type it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Fast => "fast",
            Self::Slow => "slow",
            Self::Unlimited => "unlimited",
            Self::Auto => "auto",
        }
    }

    pub(super) fn points(self) -> u32 {
        if self == Self::Unlimited { u32::MAX } else { 900 }
    }

    /// Writes within a span.
    pub(super) fn writes(self) -> Option<(usize, Duration)> {
        match self {
            Self::Normal | Self::Auto => Some((75, MINUTE)),
            Self::Slow => Some((1, Duration::from_secs(1))),
            Self::Fast | Self::Unlimited => None,
        }
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// # Errors
///
/// [`UnknownProfile`], which names the profiles there are.
impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, UnknownProfile> {
        Self::ALL.into_iter().find(|profile| profile.as_str() == name).ok_or(UnknownProfile)
    }
}

/// There is no profile of that name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownProfile;

impl fmt::Display for UnknownProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a profile is {}", Profile::ALL.map(Profile::as_str).join(", "))
    }
}

impl std::error::Error for UnknownProfile {}

/// A minute, and a second for what is late on the way.
pub(super) const MINUTE: Duration = Duration::from_secs(61);
/// An hour, and a second for what is late on the way.
pub(super) const HOUR: Duration = Duration::from_secs(3_601);
/// GitHub's caps for what creates content: 80 a minute and 500 an hour.
pub(super) const CONTENT: [(usize, Duration); 2] = [(80, MINUTE), (500, HOUR)];
