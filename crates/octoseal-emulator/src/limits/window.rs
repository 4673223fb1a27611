//! One hour of the primary limit, which begins with the first request after the last hour.

use crate::api::answer::put;
use crate::limits::Limits;
use http::{HeaderMap, HeaderName};
use serde_json::{Value, json};

#[derive(Default)]
pub(crate) struct Window {
    reset: i64,
    start: i64,
    used: u64,
}

/// The state of a window at one moment.
pub(crate) struct Reading {
    limit: u64,
    reset: i64,
    used: u64,
}

impl Window {
    /// Starts the next hour if the last one is over. `early` is the part of the first hour that has already
    /// passed.
    pub(crate) fn turn(&mut self, now: i64, early: i64) {
        if self.is_over(now) {
            let start = if self.reset == 0 { now - early % HOUR } else { now };
            *self = Self { reset: start + HOUR, start, used: 0 };
        }
    }

    pub(crate) fn is_over(&self, now: i64) -> bool {
        now >= self.reset
    }

    pub(crate) fn count(&mut self) {
        self.used += 1;
    }

    /// Reverts the count of one request.
    pub(crate) fn give_back(&mut self) {
        self.used = self.used.saturating_sub(1);
    }

    pub(crate) fn read(&self, now: i64, limits: &Limits) -> Option<Reading> {
        let limit = limits.primary?;
        let seconds = u64::try_from(now - self.start).unwrap_or_default();
        let foreign = limits.foreign.saturating_mul(seconds) / 60;
        Some(Reading { limit, reset: self.reset, used: self.used.saturating_add(foreign).min(limit) })
    }
}

impl Reading {
    pub(crate) fn is_spent(&self) -> bool {
        self.used >= self.limit
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

const HOUR: i64 = 3_600;
