//! Declarations of rate limits and of their refusals.

mod counting;
mod meter;
mod window;

pub(crate) use counting::Ledger;

use http::StatusCode;
use std::time::Duration;

/// The rate limits, and the answer to a request that exceeds one: a preset, and changes to it.
///
/// Each token has its own limits, as if each belonged to another user. Time is the time of the requests, so
/// minutes pass with the world's clock. See [`Builder::clock_from`](crate::Builder::clock_from) for paused
/// time.
///
/// ```
/// use octoseal_emulator::{Limits, World};
/// use std::time::Duration;
///
/// // Fewer points than GitHub documents, and a block that each early retry extends.
/// let limits = Limits::github().points(400).extending_block(Duration::from_secs(60)).retry_after(false);
/// World::new().limits(limits);
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Limits {
    pub(crate) block: Duration,
    pub(crate) block_extends: bool,
    pub(crate) concurrent: Option<u64>,
    pub(crate) content_an_hour: Option<u64>,
    pub(crate) content_a_minute: Option<u64>,
    pub(crate) content_text: Option<String>,
    pub(crate) foreign: u64,
    pub(crate) points: Option<u64>,
    pub(crate) primary: Option<u64>,
    pub(crate) region_offset: Option<Duration>,
    pub(crate) retry_after: bool,
    pub(crate) secondary_text: Option<String>,
    pub(crate) status: StatusCode,
}

/// Presets.
impl Limits {
    /// Creates no limits, like a GitHub Enterprise Server. Answers have no `x-ratelimit-…` headers.
    pub fn none() -> Self {
        Self {
            block: Duration::from_secs(60),
            block_extends: false,
            concurrent: None,
            content_an_hour: None,
            content_a_minute: None,
            content_text: None,
            foreign: 0,
            points: None,
            primary: None,
            region_offset: None,
            retry_after: true,
            secondary_text: None,
            status: StatusCode::FORBIDDEN,
        }
    }

    /// Creates only the limit of 5,000 requests an hour, the default of a world.
    pub fn primary_only() -> Self {
        Self::none().primary(5_000)
    }

    /// Creates the limits that GitHub documents for all requests: 5,000 an hour, 900 points a minute, 100
    /// concurrently.
    pub fn github() -> Self {
        Self::primary_only().points(900).concurrent(100)
    }

    /// Creates the limits of [`github`](Self::github) and those of content creation: 80 writes a minute, 500
    /// an hour. It is unknown whether GitHub counts secrets as content.
    pub fn github_with_content() -> Self {
        Self::github().content(80, 500)
    }
}

/// Changes. A limit is a number, or `None`.
impl Limits {
    /// Limits the requests an hour, counted from the first one. Further requests are 403 until the hour ends.
    pub fn primary(self, requests: impl Into<Option<u64>>) -> Self {
        Self { primary: requests.into(), ..self }
    }

    /// Limits the points within any 60 seconds. A read costs one point, a write five.
    pub fn points(self, points: impl Into<Option<u64>>) -> Self {
        Self { points: points.into(), ..self }
    }

    /// Limits the concurrent requests of a token. See [`World::handle_among`](crate::World::handle_among).
    pub fn concurrent(self, requests: impl Into<Option<u64>>) -> Self {
        Self { concurrent: requests.into(), ..self }
    }

    /// Limits the writes that count as content, within any 60 seconds and any 3,600 seconds.
    pub fn content(self, a_minute: impl Into<Option<u64>>, an_hour: impl Into<Option<u64>>) -> Self {
        Self { content_a_minute: a_minute.into(), content_an_hour: an_hour.into(), ..self }
    }

    /// Sets the message of a content limit's refusal. The default is GitHub's message about content creation.
    pub fn content_text(self, text: &str) -> Self {
        Self { content_text: Some(text.to_owned()), ..self }
    }

    /// Sets the message of any other secondary limit's refusal. The default is GitHub's current message.
    pub fn secondary_text(self, text: &str) -> Self {
        Self { secondary_text: Some(text.to_owned()), ..self }
    }

    /// Sets how long all requests are refused after a secondary limit was exceeded, by default 60 seconds.
    /// After a content limit only writes are refused.
    pub fn block(self, duration: Duration) -> Self {
        Self { block: duration, block_extends: false, ..self }
    }

    /// Sets the block, like [`block`](Self::block). Each request that the block refuses restarts it.
    pub fn extending_block(self, duration: Duration) -> Self {
        Self { block: duration, block_extends: true, ..self }
    }

    /// Sets whether refusals by a secondary limit have `retry-after`. By default they have.
    pub fn retry_after(self, is_sent: bool) -> Self {
        Self { retry_after: is_sent, ..self }
    }

    /// Lets two regions answer in turn. Each counts its own answers against its own primary limit. The first
    /// hour of the second region ends earlier by `offset`.
    pub fn two_regions(self, offset: Duration) -> Self {
        Self { region_offset: Some(offset), ..self }
    }

    /// Adds requests a minute by other clients with the same token, while an hour runs. They count against
    /// the primary limit only.
    pub fn foreign(self, requests_a_minute: u64) -> Self {
        Self { foreign: requests_a_minute, ..self }
    }

    /// Sets the status of every refusal: 403 (the default) or 429.
    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::primary_only()
    }
}
