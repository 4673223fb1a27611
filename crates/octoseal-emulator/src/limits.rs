//! What is declared about rate limits: which of them there are, and how a refusal looks.

mod counting;
mod meter;
mod window;

pub(crate) use counting::Ledger;

use http::StatusCode;
use std::time::Duration;

/// Which rate limits hold, and what a request gets that exceeds one: a preset, and changes to it.
///
/// Each token is counted for itself, as if each belonged to another user. Time is the time of the requests, so minutes
/// pass as the world's clock does: see [`Builder::clock_from`](crate::Builder::clock_from) for paused time.
///
/// ```
/// use octoseal_emulator::{Limits, World};
/// use std::time::Duration;
///
/// // Fewer points than GitHub documents, and a block that every impatient request makes longer.
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
    /// No limit at all, as a GitHub Enterprise Server has it; answers have no `x-ratelimit-…` headers.
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

    /// 5,000 requests an hour and nothing else: what a world has that nothing was said about.
    pub fn primary_only() -> Self {
        Self::none().primary(5_000)
    }

    /// What GitHub documents for all requests: 5,000 an hour, 900 points a minute, 100 at the same time.
    pub fn github() -> Self {
        Self::primary_only().points(900).concurrent(100)
    }

    /// [`github`](Self::github), and writes are content: 80 a minute, 500 an hour. Whether GitHub counts secrets as
    /// content is not known.
    pub fn github_with_content() -> Self {
        Self::github().content(80, 500)
    }
}

/// Changes; a limit is given as a number, or as `None`.
impl Limits {
    /// Requests an hour, counted from the first one; then 403 until the hour is over.
    pub fn primary(self, requests: impl Into<Option<u64>>) -> Self {
        Self { primary: requests.into(), ..self }
    }

    /// Points within any 60 seconds: a read costs one, a write five.
    pub fn points(self, points: impl Into<Option<u64>>) -> Self {
        Self { points: points.into(), ..self }
    }

    /// Requests of a token at the same time; see [`World::handle_among`](crate::World::handle_among).
    pub fn concurrent(self, requests: impl Into<Option<u64>>) -> Self {
        Self { concurrent: requests.into(), ..self }
    }

    /// Writes within any 60 seconds and any 3,600, as far as they are content.
    pub fn content(self, a_minute: impl Into<Option<u64>>, an_hour: impl Into<Option<u64>>) -> Self {
        Self { content_a_minute: a_minute.into(), content_an_hour: an_hour.into(), ..self }
    }

    /// What a refusal by a content limit says; by default GitHub's words about content creation.
    pub fn content_text(self, text: &str) -> Self {
        Self { content_text: Some(text.to_owned()), ..self }
    }

    /// What a refusal by any other secondary limit says; by default GitHub's words of today.
    pub fn secondary_text(self, text: &str) -> Self {
        Self { secondary_text: Some(text.to_owned()), ..self }
    }

    /// How long everything is refused after a secondary limit was exceeded, 60 seconds if nothing is said; after a
    /// content limit writes only.
    pub fn block(self, duration: Duration) -> Self {
        Self { block: duration, block_extends: false, ..self }
    }

    /// As [`block`](Self::block), and each request that is refused by the block begins it anew.
    pub fn extending_block(self, duration: Duration) -> Self {
        Self { block: duration, block_extends: true, ..self }
    }

    /// Whether a refusal by a secondary limit says `retry-after`; it does if nothing is said.
    pub fn retry_after(self, is_sent: bool) -> Self {
        Self { retry_after: is_sent, ..self }
    }

    /// Two regions answer in turn. Each counts what it answers in an hour of its own with the whole primary limit; the
    /// second one's first hour ends so much sooner.
    pub fn two_regions(self, offset: Duration) -> Self {
        Self { region_offset: Some(offset), ..self }
    }

    /// So many requests a minute that others make with the same token, while an hour runs; they count against the
    /// primary limit only.
    pub fn foreign(self, requests_a_minute: u64) -> Self {
        Self { foreign: requests_a_minute, ..self }
    }

    /// The status of every refusal: 403 if nothing is said, or 429.
    pub fn status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::primary_only()
    }
}
