//! Fresh tokens. GitHub may not know a token everywhere for some seconds, and a refusal then proves nothing.

use bytes::Bytes;
use http::{Response, StatusCode};
use std::time::Duration;

/// The number of retries because of a fresh token, in a request's extensions.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FreshAttempts(pub(crate) u32);

/// A mark, in an answer's extensions: the token is fresh, and the same request is worth another attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fresh;

impl FreshAttempts {
    pub(crate) fn are_left(self) -> bool {
        self.0 < MOST
    }

    /// Returns the wait: 1, 2 and 4 seconds.
    pub(crate) fn wait(self) -> Duration {
        Duration::from_secs(1 << self.0.min(MOST))
    }
}

/// The meaning of an answer for a token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    Works,
    Refused,
    /// The resource does not exist, or the server does not know the token.
    NotFound,
    Nothing,
}

pub(super) fn verdict(response: &Response<Bytes>) -> Verdict {
    match response.status() {
        StatusCode::UNAUTHORIZED => Verdict::Refused,
        StatusCode::FORBIDDEN if says_not_accessible(response.body()) => Verdict::Refused,
        StatusCode::NOT_FOUND => Verdict::NotFound,
        status if status.is_success() => Verdict::Works,
        _ => Verdict::Nothing,
    }
}

fn says_not_accessible(body: &[u8]) -> bool {
    let words = b"Resource not accessible by integration";
    body.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words))
}

/// Maximum number of retries, seven seconds in total. Users report delays of about five.
const MOST: u32 = 3;
