//! Learning from answers: GitHub's hourly window, which caps apply, and whether the rate or the concurrency
//! was too high.

use super::clock::Moment;
use super::concurrency::Concurrency;
use super::lane::{Cap, Hour, Lane};
use super::narrowing::Narrowing;
use super::profile::CONTENT;
use super::rules::Rules;
use super::slowdown::Slowdown;
use crate::pace::rate_limit_headers::{LimitKind, RateLimit, Window};
use http::HeaderMap;
use std::time::Duration;

/// The part of an answer that a pacer reads.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer<'a> {
    pub(super) sent_at: Moment,
    pub(super) is_write: bool,
    /// The number of requests in flight when it was sent, including it.
    pub(super) among: usize,
    pub(super) headers: &'a HeaderMap,
    pub(super) limit: Option<RateLimit>,
    /// Only successful answers certainly come from the server itself, and not from a proxy before it.
    pub(super) is_success: bool,
    /// Whether the answer proves that the request passed the limits. Server errors prove nothing.
    pub(super) proves_passage: bool,
}

impl Lane {
    /// Learns from an answer to a request that still counts as in flight. Returns whether a limit refused it,
    /// as the first of its episode.
    pub(super) fn answered(&mut self, rules: &Rules, answer: Answer<'_>, now: Moment) -> bool {
        self.follow(answer.headers, now);
        if answer.is_success {
            let tells = Window::count(answer.headers).is_some();
            self.tells_limits = Some(tells || self.tells_limits == Some(true));
        }
        let Some(limit) = answer.limit else {
            if answer.proves_passage {
                self.gate.passed(answer.sent_at, answer.is_write);
                self.see_what_passed(answer, now);
            }
            return false;
        };
        // A refused request creates nothing. It is unknown whether it costs points, so its points stay
        // charged.
        if answer.is_write {
            self.writes.take_back(answer.sent_at, 1);
        }
        let is_new = self.gate.shut(limit, now, answer.sent_at, answer.is_write);
        match limit.kind {
            _ if !is_new => {}
            LimitKind::Primary => {}
            LimitKind::Content => self.caps = [Cap::Holds(now); CONTENT.len()],
            LimitKind::Secondary => self.learn(rules, answer, now),
        }
        is_new
    }

    /// Learns from a refusal that does not name its limit.
    fn learn(&mut self, rules: &Rules, answer: Answer<'_>, now: Moment) {
        let beyond = self.beyond_unknown_caps(rules, answer.sent_at);
        let crowd = answer.among.max(self.under_way.len());
        let is_slowed = self.slowdown.is_some_and(|slowdown| slowdown.spacing(now).is_some());
        if answer.is_write && crowd == 1 && beyond.contains(&true) {
            // This was the first write above a cap, and sent alone. So the cap applies, whatever GitHub calls
            // it.
            for (cap, is_beyond) in self.caps.iter_mut().zip(beyond) {
                *cap = if is_beyond { Cap::Holds(now) } else { *cap };
            }
            return;
        }
        let is_crowded = crowd > 1 && (!self.concurrency.have_passed(crowd) || is_slowed);
        self.concurrency = Concurrency::default();
        if is_crowded {
            self.narrowing = Some(Narrowing::after(crowd, now));
        }
        if !is_crowded || is_slowed {
            let last_minute = self.writes.within(Duration::from_secs(60), now);
            self.slowdown = Some(Slowdown::after(self.slowdown, last_minute, now));
        }
    }

    fn see_what_passed(&mut self, answer: Answer<'_>, now: Moment) {
        self.concurrency.pass(answer.among);
        for ((most, span), cap) in CONTENT.iter().zip(&mut self.caps) {
            // Without the extra second for delays: this must have exceeded the cap.
            let span = *span - Duration::from_secs(1);
            let has_passed =
                answer.is_write && now > answer.sent_at && self.writes.fewer_at(*most + 1, span) > Some(now);
            if has_passed && *cap == Cap::Unknown {
                *cap = Cap::Passes;
            }
        }
    }

    /// Follows the latest window, since GitHub's regions count separately. Within one window the lowest count
    /// is used.
    fn follow(&mut self, headers: &HeaderMap, now: Moment) {
        let Some((reset, remaining)) = Window::count(headers) else {
            return;
        };
        // The other requests in flight may not have been counted yet.
        let remaining = remaining.saturating_sub(self.under_way.len().saturating_sub(1) as u64);
        match &mut self.hour {
            Some(hour) if hour.reset == reset => hour.remaining = hour.remaining.min(remaining),
            _ => {
                let Some(window) = Window::of(headers) else {
                    return;
                };
                let ends = now + window.resets_in + Duration::from_secs(1);
                self.hour = Some(Hour { limit: window.limit, remaining, reset, ends });
            }
        }
    }
}
