//! A token that GitHub may not know everywhere yet: for some seconds a refusal of it proves nothing.

use bytes::Bytes;
use http::{Response, StatusCode};
use std::time::Duration;

/// In a request's extensions: how often it was sent again because of a fresh token.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct FreshAttempts(pub(crate) u32);

/// In an answer's extensions: the token is fresh, and the same request is worth another attempt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fresh;

impl FreshAttempts {
    pub(crate) fn are_left(self) -> bool {
        self.0 < MOST
    }

    /// 1, 2 and 4 seconds.
    pub(crate) fn wait(self) -> Duration {
        Duration::from_secs(1 << self.0.min(MOST))
    }
}

/// What an answer says of a token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    Works,
    Refused,
    /// There is no such thing, or the token is not known where it was asked.
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

/// Together seven seconds; users report lags of about five.
const MOST: u32 = 3;
