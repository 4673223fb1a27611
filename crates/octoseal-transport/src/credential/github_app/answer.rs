//! GitHub's answers to an App.

use crate::pace::rate_limit_headers::{RateLimit, date};
use crate::retry::policy::default_limit_wait;
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;

/// GitHub's answer to an App.
#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// GitHub's time, in seconds since 1970.
    pub(super) date: Option<i64>,
    pub(super) body: Value,
    /// Whether it is a refusal by a rate limit.
    pub(super) is_limit: bool,
    /// The time of the next attempt, if it is a refusal.
    pub(super) again: Instant,
    /// Whether GitHub's time differs too much from the local clock to be believed.
    pub(super) is_far: bool,
}

impl Answer {
    pub(super) fn new(response: &Response<Bytes>) -> Self {
        let date = date(response.headers()).and_then(|seconds| i64::try_from(seconds).ok());
        let body = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
        let limit = RateLimit::of(response);
        let wait = limit
            .map_or(QUIET_TIME, |limit| limit.wait.unwrap_or_else(|| default_limit_wait(0)).max(QUIET_TIME));
        let (is_limit, again) = (limit.is_some(), Instant::now() + wait);
        Self { status: response.status(), date, body, is_limit, again, is_far: false }
    }

    /// Returns whether GitHub refuses the App itself, for every request: it does not know the App, or has
    /// locked it out after invalid tokens ("Maximum number of login attempts exceeded").
    pub(super) fn refuses_the_app(&self) -> bool {
        let is_lock_out =
            || self.body["message"].as_str().is_some_and(|text| text.contains("login attempts"));
        self.status == StatusCode::UNAUTHORIZED
            || self.status == StatusCode::FORBIDDEN && is_lock_out()
            || self.is_unknown_app()
    }

    /// Returns whether GitHub knows no App with this id.
    pub(super) fn is_unknown_app(&self) -> bool {
        self.status == StatusCode::NOT_FOUND && self.body["message"] == "Integration not found"
    }

    /// Returns status and message, limited in length and without characters that steer a terminal.
    pub(super) fn summary(&self) -> String {
        let message = self.body["message"].as_str().unwrap_or_default().chars().take(MAX_MESSAGE);
        let message: String = message.map(|c| if c.is_ascii_graphic() { c } else { ' ' }).collect();
        if message.is_empty() { self.status.to_string() } else { format!("{}: {message}", self.status) }
    }
}

/// Maximum number of characters of GitHub's message in an error.
const MAX_MESSAGE: usize = 200;

/// The time without another attempt after a permanent failure, or after a failed renewal.
pub(super) const QUIET_TIME: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn githubs_message_is_one_line_of_limited_length() {
        let summary = |message: &str| {
            let body = json!({ "message": message }).to_string();
            Answer::new(&Response::builder().status(403).body(body.into()).unwrap()).summary()
        };
        assert_eq!(summary(""), "403 Forbidden");
        assert_eq!(summary("two\nlines"), "403 Forbidden: two lines");
        assert_eq!(summary("a\u{1b}[31mb\u{202e}c"), "403 Forbidden: a [31mb c");
        assert_eq!(summary(&"x".repeat(200)), format!("403 Forbidden: {}", "x".repeat(200)));
        assert_eq!(summary(&"x".repeat(201)), format!("403 Forbidden: {}", "x".repeat(200)));
    }
}
