//! The budget of one credential, as values: the time of the next request, its cost, and the limits learned
//! from answers.

use super::clock::Moment;
use super::concurrency::Concurrency;
use super::gate::Gate;
use super::log::Log;
use super::narrowing::Narrowing;
use super::profile::{CONTENT, HOUR, Profile};
use super::rules::Rules;
use super::slowdown::Slowdown;
use crate::wait::WaitReason;
use std::time::Duration;

/// The time at which a request may be sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Turn {
    Now,
    At(Moment, WaitReason),
    /// When the requests in flight have been answered.
    AfterAnswers,
}

/// The requests of one budget, and the limits learned.
#[derive(Clone, Debug, Default)]
pub(super) struct Lane {
    pub(super) points: Log,
    pub(super) writes: Log,
    pub(super) hour: Option<Hour>,
    /// Whether answers have GitHub's hourly window. `None` before the first one.
    pub(super) tells_limits: Option<bool>,
    pub(super) gate: Gate,
    pub(super) slowdown: Option<Slowdown>,
    pub(super) narrowing: Option<Narrowing>,
    pub(super) concurrency: Concurrency,
    /// GitHub's caps for content creation, if GitHub counts secrets as content.
    pub(super) caps: [Cap; CONTENT.len()],
    pub(super) under_way: Vec<UnderWay>,
}

/// The knowledge of a cap for content.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Cap {
    #[default]
    Unknown,
    /// More writes than the cap have passed.
    Passes,
    /// GitHub refused more writes than the cap, at this time.
    Holds(Moment),
}

/// A request in flight, identified by the time at which it was charged.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct UnderWay {
    pub(super) at: Moment,
    pub(super) is_write: bool,
}

/// GitHub's primary window, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hour {
    pub(super) limit: u64,
    pub(super) remaining: u64,
    pub(super) reset: u64,
    pub(super) ends: Moment,
}

impl Lane {
    /// Repairs the state after a clock was set back, and removes requests of processes that have ended.
    pub(super) fn settle(&mut self, rules: &Rules, now: Moment) {
        self.points.clamp(now);
        self.writes.clamp(now);
        self.gate.clamp(now);
        if let Some(hour) = &mut self.hour {
            hour.ends = hour.ends.min(now + HOUR);
        }
        if let Some(slowdown) = &mut self.slowdown {
            slowdown.since = slowdown.since.min(now);
        }
        if let Some(narrowing) = &mut self.narrowing {
            narrowing.since = narrowing.since.min(now);
        }
        self.under_way.iter_mut().for_each(|request| request.at = request.at.min(now));
        self.under_way.retain(|request| request.at + rules.lease > now);
    }

    /// Returns when a request may be sent if nothing else happens before.
    pub(super) fn turn(&mut self, rules: &Rules, now: Moment, is_write: bool) -> Turn {
        self.points.forget(now, rules.minute());
        self.writes.forget(now, rules.hour());
        if self.hour.is_some_and(|hour| hour.ends <= now) {
            self.hour = None;
        }
        let (room, cap) = (rules.room(is_write), self.profile(rules).points());
        let writes = is_write.then(|| self.writes_free_at(rules, now)).flatten();
        let waits = [
            self.gate.opens_at(now).map(|at| (at, WaitReason::Stopped)),
            self.spent_until(rules, now).map(|at| (at, WaitReason::HourSpent)),
            self.points.free_at(room, cap, rules.minute()).map(|at| (at, WaitReason::Points)),
            writes,
        ];
        match waits.into_iter().flatten().filter(|(at, _)| *at > now).max_by_key(|(at, _)| *at) {
            Some((at, reason)) => Turn::At(at, reason),
            None if self.under_way.len() >= self.width(rules, now) => Turn::AfterAnswers,
            None if !self.under_way.is_empty() && self.goes_alone(rules, now, is_write) => Turn::AfterAnswers,
            None => Turn::Now,
        }
    }

    /// Returns the active profile.
    fn profile(&self, rules: &Rules) -> Profile {
        match rules.pacing.profile {
            Profile::Auto if self.tells_limits == Some(false) => Profile::Unlimited,
            profile => profile,
        }
    }

    /// Returns the allowed number of requests in flight.
    fn width(&self, rules: &Rules, now: Moment) -> usize {
        let narrowed = self.narrowing.map_or(usize::MAX, |narrowing| narrowing.width(now));
        let is_paced = self.profile(rules) != Profile::Unlimited;
        let proved = if is_paced { self.concurrency.width() } else { usize::MAX };
        narrowed.min(proved).min(rules.pacing.in_flight)
    }

    /// Returns how long it takes at most until a request may be in flight: by then the process of another one counts as
    /// ended.
    pub(super) fn slot_expires(&self, rules: &Rules, now: Moment) -> Duration {
        let mut sent: Vec<Moment> = self.under_way.iter().map(|request| request.at).collect();
        sent.sort_unstable();
        let place = sent.len().saturating_sub(self.width(rules, now));
        sent.get(place).map_or(Duration::ZERO, |at| (*at + rules.lease).saturating_sub(now))
    }

    fn goes_alone(&self, rules: &Rules, now: Moment, is_write: bool) -> bool {
        self.gate.is_on_probation(is_write) || is_write && self.probes_unknown_cap(rules, now)
    }

    fn spent_until(&self, rules: &Rules, now: Moment) -> Option<Moment> {
        let spent = self.hour.filter(|hour| hour.remaining <= rules.pacing.reserve && hour.ends > now);
        spent.map(|hour| hour.ends)
    }

    fn writes_free_at(&self, rules: &Rules, now: Moment) -> Option<(Moment, WaitReason)> {
        let fewer_at = |(most, span)| self.writes.fewer_at(most, rules.span(span));
        let holds = |(cap, content)| matches!(cap, Cap::Holds(_)).then_some(content);
        let content = self.caps.into_iter().zip(CONTENT).filter_map(holds).filter_map(fewer_at);
        let profile = self.profile(rules).writes().and_then(fewer_at);
        let spacing = self.slowdown.and_then(|slowdown| slowdown.spacing(now));
        let slowed = spacing.zip(self.writes.last()).map(|(spacing, last)| last + spacing);
        let waits = content.map(|at| (at, WaitReason::Content));
        let waits = waits.chain(profile.map(|at| (at, WaitReason::Writes)));
        waits.chain(slowed.map(|at| (at, WaitReason::Slowed))).max_by_key(|(at, _)| *at)
    }

    /// It is unknown whether GitHub's caps for content apply to secrets. The first write above a cap is sent
    /// alone, so that only it is refused if they do.
    fn probes_unknown_cap(&self, rules: &Rules, now: Moment) -> bool {
        self.profile(rules) != Profile::Unlimited && self.beyond_unknown_caps(rules, now).contains(&true)
    }

    /// Returns which of the unknown caps a write at this moment exceeds.
    pub(super) fn beyond_unknown_caps(&self, rules: &Rules, now: Moment) -> [bool; CONTENT.len()] {
        std::array::from_fn(|number| {
            let (most, span) = CONTENT[number];
            let is_beyond = self.writes.fewer_at(most, span + rules.late) > Some(now);
            is_beyond && self.caps[number] == Cap::Unknown
        })
    }

    /// Charges a request if it may be sent now. Returns the time, and the number of requests then in flight.
    pub(super) fn reserve(&mut self, rules: &Rules, now: Moment, is_write: bool) -> (Turn, Moment, usize) {
        let turn = self.turn(rules, now, is_write);
        if turn == Turn::Now {
            self.charge(now, is_write);
        }
        (turn, now, self.under_way.len())
    }

    fn charge(&mut self, now: Moment, is_write: bool) {
        self.remember(now, is_write);
        self.under_way.push(UnderWay { at: now, is_write });
        if let Some(hour) = &mut self.hour {
            hour.remaining = hour.remaining.saturating_sub(1);
        }
    }

    /// Removes a request from those in flight.
    pub(super) fn end(&mut self, request: UnderWay) {
        if let Some(place) = self.under_way.iter().position(|other| *other == request) {
            self.under_way.swap_remove(place);
        }
    }

    /// Reverts the charge of a request that was not sent.
    pub(super) fn give_back(&mut self, request: UnderWay) {
        self.end(request);
        self.points.take_back(request.at, cost(request.is_write));
        if request.is_write {
            self.writes.take_back(request.at, 1);
        }
        if let Some(hour) = &mut self.hour {
            hour.remaining += 1;
        }
    }

    /// Counts a request of another pacer.
    pub(super) fn remember(&mut self, at: Moment, is_write: bool) {
        self.points.add(at, cost(is_write));
        if is_write {
            self.writes.add(at, 1);
        }
    }

    /// Returns the known rest of the hourly window.
    pub(super) fn remaining(&self) -> Option<u64> {
        self.hour.map(|hour| hour.remaining)
    }

    /// Estimates the time for these requests if no other client uses the budget and answers take no time.
    pub(super) fn estimate(&self, rules: &Rules, now: Moment, reads: u64, writes: u64) -> Duration {
        let (reads, writes) = (reads.min(FAR), writes.min(FAR));
        let mut lane = Self { under_way: Vec::new(), ..self.clone() };
        let mut at = now;
        let (mut reads_done, mut writes_done) = (0, 0);
        while reads_done + writes_done < (reads + writes).min(FAR) {
            // Reads and writes are interleaved in proportion, as in a real job.
            let is_write = writes_done * (reads + 1) < writes * (reads_done + 1) && writes_done < writes;
            let is_write = is_write || reads_done == reads;
            at = lane.simulate_next(rules, at, is_write);
            *(if is_write { &mut writes_done } else { &mut reads_done }) += 1;
        }
        at - now
    }

    fn simulate_next(&mut self, rules: &Rules, mut at: Moment, is_write: bool) -> Moment {
        let hour = self.hour;
        while let Turn::At(later, _) = self.turn(rules, at, is_write) {
            at = later;
        }
        if let (Some(hour), None) = (hour, self.hour) {
            self.hour = Some(Hour { remaining: hour.limit, ends: at + HOUR, ..hour });
        }
        self.charge(at, is_write);
        self.under_way.clear();
        at
    }

    /// Returns whether all its data can be evicted without loss.
    pub(super) fn is_blank(&mut self, rules: &Rules, now: Moment) -> bool {
        self.points.forget(now, rules.minute());
        self.writes.forget(now, rules.hour());
        let sent_nothing = self.under_way.is_empty() && self.points.is_empty() && self.writes.is_empty();
        sent_nothing && self.spent_until(rules, now).is_none() && self.gate.opens_at(now).is_none()
    }
}

/// GitHub: "Calculating points for the secondary rate limit".
pub(super) fn cost(is_write: bool) -> u32 {
    if is_write { 5 } else { 1 }
}

/// Maximum number of requests that an estimate counts, set by this crate.
const FAR: u64 = 1_000_000;
