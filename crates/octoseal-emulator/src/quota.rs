//! The primary rate limit: so many requests an hour, counted from the first one.

use crate::answer::{Refusal, put};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::{Value, json};

pub(crate) struct Quota {
    limit: u64,
    used: u64,
    reset: i64,
}

impl Quota {
    /// A quota of another size; nothing of it is used.
    pub(crate) fn new(limit: u64) -> Self {
        Self { limit, used: 0, reset: 0 }
    }

    /// Counts one request, or refuses it (Rate limits for the REST API).
    pub(crate) fn spend(&mut self, now: i64) -> Result<(), Refusal> {
        self.turn(now);
        if self.used >= self.limit {
            let text = "API rate limit exceeded for user ID 583231.";
            return Err(Refusal::new(StatusCode::FORBIDDEN, text).with_documentation(PAGE));
        }
        self.used += 1;
        Ok(())
    }

    /// Starts the next hour when the last one is over.
    pub(crate) fn turn(&mut self, now: i64) {
        if now >= self.reset {
            self.used = 0;
            self.reset = now + HOUR;
        }
    }

    pub(crate) fn json(&self) -> Value {
        json!({ "limit": self.limit, "used": self.used, "remaining": self.remaining(), "reset": self.reset })
    }

    pub(crate) fn put_headers(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("x-ratelimit-limit", self.limit.to_string()),
            ("x-ratelimit-remaining", self.remaining().to_string()),
            ("x-ratelimit-reset", self.reset.to_string()),
            ("x-ratelimit-used", self.used.to_string()),
            ("x-ratelimit-resource", "core".to_owned()),
        ] {
            put(headers, HeaderName::from_static(name), &value);
        }
    }

    fn remaining(&self) -> u64 {
        self.limit.saturating_sub(self.used)
    }
}

/// What a person gets an hour (Rate limits for the REST API).
impl Default for Quota {
    fn default() -> Self {
        Self::new(5_000)
    }
}

const HOUR: i64 = 3_600;
const PAGE: &str = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
