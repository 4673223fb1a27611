//! The gate that stops all requests when GitHub requires it, and then lets one request try before the others.

use super::clock::Moment;
use crate::pace::rate_limit_headers::{LimitKind, RateLimit};
use crate::retry::policy::default_limit_wait;
use std::time::Duration;

#[derive(Clone, Debug, Default)]
pub(super) struct Gate {
    pub(super) until: Option<Moment>,
    /// The start of the last episode. Answers to requests sent before it belong to it.
    pub(super) shut_at: Option<Moment>,
    /// The number of episodes since a request last passed.
    pub(super) strikes: u32,
    pub(super) struck_a_write: bool,
    /// Whether a read has passed since.
    pub(super) reads_pass: bool,
}

impl Gate {
    /// Closes the gate for all requests. Returns whether this is a new episode, and not a late answer of the
    /// last one.
    pub(super) fn shut(&mut self, limit: RateLimit, now: Moment, sent_at: Moment, is_write: bool) -> bool {
        let is_new = self.shut_at.is_none_or(|shut_at| sent_at > shut_at);
        if is_new {
            self.shut_at = Some(now);
            self.strikes = self.strikes.saturating_add(1);
            self.struck_a_write = is_write;
            self.reads_pass = false;
        }
        let wait = limit.wait.unwrap_or_else(|| default_limit_wait(self.strikes.saturating_sub(1)))
            + margin(limit.kind);
        self.until = self.until.max(Some(now + wait));
        is_new
    }

    /// Limits a stop to its own length, even after a clock was set back.
    pub(super) fn clamp(&mut self, now: Moment) {
        if let Some(shut_at) = self.shut_at.filter(|shut_at| *shut_at > now) {
            self.until = self.until.map(|until| now + until.saturating_sub(shut_at));
            self.shut_at = Some(now);
        }
    }

    /// Records that a request passed. A read does not prove that writes pass again.
    pub(super) fn passed(&mut self, sent_at: Moment, is_write: bool) {
        let is_late = self.shut_at.is_some_and(|shut_at| sent_at <= shut_at);
        if is_late {
            return;
        }
        self.reads_pass = true;
        if is_write || !self.struck_a_write {
            self.strikes = 0;
        }
    }

    pub(super) fn opens_at(&self, now: Moment) -> Option<Moment> {
        self.until.filter(|until| *until > now)
    }

    /// Returns whether no request of this kind has passed since the gate closed. Then one is sent alone.
    pub(super) fn is_on_probation(&self, is_write: bool) -> bool {
        self.strikes > 0 && (is_write || !self.reads_pass)
    }
}

/// The end of a window is given in whole seconds.
fn margin(kind: LimitKind) -> Duration {
    Duration::from_secs(u64::from(kind == LimitKind::Primary))
}
