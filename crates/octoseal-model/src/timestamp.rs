//! Timestamps in either of GitHub's two forms.

use crate::error::Error;
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::str::FromStr;
use std::time::SystemTime;

/// A time: GitHub writes `2023-11-23T16:23:35Z` for Actions and `2021-10-26T19:17:07.000+00:00` for
/// Codespaces.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Timestamp(jiff::Timestamp);

impl Timestamp {
    /// Reads RFC 3339 text. Other text gives `None`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// Converts seconds since 1970-01-01T00:00:00Z. A time thousands of years away gives `None`.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        jiff::Timestamp::from_second(seconds).ok().map(Self)
    }

    /// Returns the seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(&self) -> i64 {
        self.0.as_second()
    }

    /// Returns the same time as a [`SystemTime`], or `None` if the operating system cannot represent it.
    pub fn system_time(&self) -> Option<SystemTime> {
        let since = self.0.as_duration();
        match since.is_negative() {
            false => SystemTime::UNIX_EPOCH.checked_add(since.unsigned_abs()),
            true => SystemTime::UNIX_EPOCH.checked_sub(since.unsigned_abs()),
        }
    }

    /// Reads the time of an answer. A missing time or another form is `None`, so that the rest of the answer
    /// is still read.
    pub(crate) fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Ok(value.as_str().and_then(Self::parse))
    }
}

/// Reads RFC 3339.
impl FromStr for Timestamp {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text).ok_or(Error::InvalidTimestamp)
    }
}

/// Writes RFC 3339 in UTC.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}
