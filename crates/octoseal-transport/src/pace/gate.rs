//! The gate that stops everybody when GitHub says stop, and lets one request try before the others.

use super::clock::Moment;
use crate::pace::rate_limit_headers::{LimitKind, RateLimit};
use crate::retry::policy::default_limit_wait;
use std::time::Duration;

#[derive(Clone, Debug, Default)]
pub(super) struct Gate {
    pub(super) until: Option<Moment>,
    /// When the last episode began: answers to what was sent before belong to it.
    pub(super) shut_at: Option<Moment>,
    /// Episodes since a request last passed.
    pub(super) strikes: u32,
    pub(super) struck_a_write: bool,
    /// Whether a read has passed since.
    pub(super) reads_pass: bool,
}

impl Gate {
    /// Shuts for everybody. Whether this is a new episode, and not a late answer of the last one.
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

    /// A stop lasts no longer than its own length, also after a clock was set back.
    pub(super) fn clamp(&mut self, now: Moment) {
        if let Some(shut_at) = self.shut_at.filter(|shut_at| *shut_at > now) {
            self.until = self.until.map(|until| now + until.saturating_sub(shut_at));
            self.shut_at = Some(now);
        }
    }

    /// A request passed. A read proves nothing for writes if it was a write that was stopped.
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

    /// Whether nobody of this kind has passed since it was shut: then one goes first, alone.
    pub(super) fn is_on_probation(&self, is_write: bool) -> bool {
        self.strikes > 0 && (is_write || !self.reads_pass)
    }
}

/// A window's end is told in whole seconds.
fn margin(kind: LimitKind) -> Duration {
    Duration::from_secs(u64::from(kind == LimitKind::Primary))
}
