//! Speed settings of a pacer: profiles and limits.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The settings of a [`Pacer`](crate::Pacer).
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
    /// The speed.
    pub profile: Profile,
    /// Maximum number of concurrent requests of one account, from 1 to GitHub's own limit of 100.
    pub in_flight: usize,
    /// Maximum number of concurrent requests of all accounts together, at least 1.
    pub total_in_flight: usize,
    /// The number of requests of GitHub's hourly limit that are reserved for other clients.
    pub reserve: u64,
    /// The max wait for a request's turn, before each attempt. The request fails at once if the wait is known
    /// to be longer.
    pub max_wait: Duration,
}

impl From<Profile> for Pacing {
    /// 8 in flight for an account and 100 in all, no reserve, a max wait of 65 minutes: longer than the hour
    /// after which the limit is reset.
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

/// The speed of requests, by name. Every profile stops when GitHub requires it, and learns from it.
///
/// A read costs one point and a write five. GitHub
/// [documents](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#calculating-points-for-the-secondary-rate-limit)
/// 900 points a minute. All spans are 61 seconds instead of 60, to allow for delays on the way.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Profile {
    /// One write a second, and 900 points in any 61 seconds: GitHub's
    /// [advice](https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests).
    Slow,
    /// 75 writes and 900 points in any 61 seconds. This also respects the limit of 80 a minute for content
    /// creation, in case GitHub counts secrets as content.
    #[default]
    Normal,
    /// 900 points in any 61 seconds, which is 180 writes.
    Fast,
    /// No speed limit, for an Enterprise Server, where limits are off unless its administrator enables them.
    Unlimited,
    /// Follows the server: `Normal` if its answers report a rate limit, and no speed limit if they do not, as
    /// on an Enterprise Server.
    Auto,
}

impl Profile {
    /// All profiles. The default is first.
    pub const ALL: [Self; 5] = [Self::Normal, Self::Slow, Self::Fast, Self::Unlimited, Self::Auto];

    /// The profile without knowledge of other processes.
    pub(super) const SLOWEST: Self = Self::Slow;

    /// Returns the name, as users type it.
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

    /// Returns the number of writes within a span.
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
/// [`UnknownProfile`], which names the valid profiles.
impl FromStr for Profile {
    type Err = UnknownProfile;

    fn from_str(name: &str) -> Result<Self, UnknownProfile> {
        Self::ALL.into_iter().find(|profile| profile.as_str() == name).ok_or(UnknownProfile)
    }
}

/// The name of a profile is unknown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownProfile;

impl fmt::Display for UnknownProfile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a profile is {}", Profile::ALL.map(Profile::as_str).join(", "))
    }
}

impl std::error::Error for UnknownProfile {}

/// A minute, and a second for delays on the way.
pub(super) const MINUTE: Duration = Duration::from_secs(61);
/// An hour, and a second for delays on the way.
pub(super) const HOUR: Duration = Duration::from_secs(3_601);
/// GitHub's caps for content creation: 80 a minute and 500 an hour.
pub(super) const CONTENT: [(usize, Duration); 2] = [(80, MINUTE), (500, HOUR)];
