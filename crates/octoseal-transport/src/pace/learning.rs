//! What a lane learns from answers: GitHub's hour, which caps hold, and whether it was the rate or the crowd.

use super::clock::Moment;
use super::crowds::Crowds;
use super::lane::{Cap, Hour, Lane};
use super::narrowing::Narrowing;
use super::profile::CONTENT;
use super::rules::Rules;
use super::slowdown::Slowdown;
use crate::pace::rate_limit_headers::{LimitKind, RateLimit, Window};
use http::HeaderMap;
use std::time::Duration;

/// What a pacer reads from an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer<'a> {
    pub(super) sent_at: Moment,
    pub(super) is_write: bool,
    /// How many were under way when it was sent, with it.
    pub(super) among: usize,
    pub(super) headers: &'a HeaderMap,
    pub(super) limit: Option<RateLimit>,
    /// Only those are certainly of the server itself, and not of something before it.
    pub(super) is_success: bool,
    /// Whether a server that has let it pass would answer so: its own errors prove nothing.
    pub(super) proves_passage: bool,
}

impl Lane {
    /// Learns from an answer to a request that still counts as under way. Whether a limit stopped it, and it is the
    /// first of its episode.
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
        // What is refused creates nothing; whether it costs points nobody says, so those stay.
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

    /// GitHub does not say which limit it was.
    fn learn(&mut self, rules: &Rules, answer: Answer<'_>, now: Moment) {
        let beyond = self.beyond_unknown_caps(rules, answer.sent_at);
        let crowd = answer.among.max(self.under_way.len());
        let is_slowed = self.slowdown.is_some_and(|slowdown| slowdown.spacing(now).is_some());
        if answer.is_write && crowd == 1 && beyond.contains(&true) {
            // The first write beyond a cap, and alone: that cap holds, whatever GitHub calls it.
            for (cap, is_beyond) in self.caps.iter_mut().zip(beyond) {
                *cap = if is_beyond { Cap::Holds(now) } else { *cap };
            }
            return;
        }
        let is_crowded = crowd > 1 && (!self.crowds.have_passed(crowd) || is_slowed);
        self.crowds = Crowds::default();
        if is_crowded {
            self.narrowing = Some(Narrowing::after(crowd, now));
        }
        if !is_crowded || is_slowed {
            let last_minute = self.writes.within(Duration::from_secs(60), now);
            self.slowdown = Some(Slowdown::after(self.slowdown, last_minute, now));
        }
    }

    fn see_what_passed(&mut self, answer: Answer<'_>, now: Moment) {
        self.crowds.pass(answer.among);
        for ((most, span), cap) in CONTENT.iter().zip(&mut self.caps) {
            // Without the second that is there for delays: what passed must have been too much.
            let span = *span - Duration::from_secs(1);
            let has_passed =
                answer.is_write && now > answer.sent_at && self.writes.fewer_at(*most + 1, span) > Some(now);
            if has_passed && *cap == Cap::Unknown {
                *cap = Cap::Passes;
            }
        }
    }

    /// GitHub's regions count apart, so the latest window is followed; within one window the lowest count is believed.
    fn follow(&mut self, headers: &HeaderMap, now: Moment) {
        let Some((reset, remaining)) = Window::count(headers) else {
            return;
        };
        // The others under way may not have been counted yet.
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
