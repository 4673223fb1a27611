//! The use of limits by one token.

use crate::limits::Limits;
use crate::limits::window::{Reading, Window};
use std::collections::VecDeque;
use std::time::Duration;

/// The use of limits by one token. Times count from 1970.
#[derive(Default)]
pub(crate) struct Meter {
    block: Option<Block>,
    points: VecDeque<(Duration, u64)>,
    region: usize,
    windows: [Window; 2],
    writes: VecDeque<Duration>,
}

/// A request, as the limits see it.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) at: Duration,
    /// The number of requests of the token that are in flight, including this one.
    pub(crate) in_flight: u64,
    /// Whether the request counts against the primary limit.
    pub(crate) is_counted: bool,
    pub(crate) is_write: bool,
}

/// The limit that a request exceeds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Excess {
    Content(Duration),
    Primary,
    Secondary(Duration),
}

#[derive(Clone, Copy)]
struct Block {
    content_only: bool,
    until: Duration,
}

impl Meter {
    /// Counts a request, or returns the limit that refuses it. Refused requests are not counted.
    pub(crate) fn spend(&mut self, limits: &Limits, asked: Asked) -> Result<(), Excess> {
        self.turn(limits, asked.at);
        if limits.region_offset.is_some() {
            self.region = 1 - self.region;
        }
        self.respect_block(limits, asked)?;
        self.begin_block(limits, asked)?;
        let spent = self.read(limits, asked.at).is_some_and(|reading| reading.is_spent());
        if asked.is_counted && spent {
            return Err(Excess::Primary);
        }
        self.count(limits, asked);
        Ok(())
    }

    /// Returns the window of the region that answers.
    pub(crate) fn read(&self, limits: &Limits, at: Duration) -> Option<Reading> {
        self.windows[self.region].read(seconds(at), limits)
    }

    pub(crate) fn turn(&mut self, limits: &Limits, at: Duration) {
        let offset = limits.region_offset.unwrap_or_default();
        self.windows[0].turn(seconds(at), 0);
        self.windows[1].turn(seconds(at), seconds(offset));
    }

    /// Reverts the count of a request that was answered with 304 against the primary limit.
    pub(crate) fn give_back(&mut self) {
        self.windows[self.region].give_back();
    }

    /// Returns whether all entries have expired, so that the meter can be evicted.
    pub(crate) fn is_over(&self, at: Duration) -> bool {
        let points = self.points.back().is_none_or(|(time, _)| *time + MINUTE <= at);
        let writes = self.writes.back().is_none_or(|time| *time + HOUR <= at);
        let block = self.block.is_none_or(|block| block.until <= at);
        points && writes && block && self.windows.iter().all(|window| window.is_over(seconds(at)))
    }

    fn respect_block(&mut self, limits: &Limits, asked: Asked) -> Result<(), Excess> {
        let Some(block) = self.block.as_mut().filter(|block| block.until > asked.at) else {
            return Ok(());
        };
        if block.content_only && !asked.is_write {
            return Ok(());
        }
        if limits.block_extends {
            block.until = asked.at + limits.block;
        }
        Err(block.excess(asked.at))
    }

    fn begin_block(&mut self, limits: &Limits, asked: Asked) -> Result<(), Excess> {
        evict(&mut self.points, |(time, _)| *time + MINUTE <= asked.at);
        evict(&mut self.writes, |time| *time + HOUR <= asked.at);
        let crowded = limits.concurrent.is_some_and(|most| asked.in_flight > most);
        let content_only = match () {
            () if crowded || self.exceeds_points(limits, asked) => false,
            () if asked.is_write && self.exceeds_content(limits, asked.at) => true,
            () => return Ok(()),
        };
        let block = Block { content_only, until: asked.at + limits.block };
        self.block = Some(block);
        Err(block.excess(asked.at))
    }

    fn exceeds_points(&self, limits: &Limits, asked: Asked) -> bool {
        let spent: u64 = self.points.iter().map(|(_, points)| points).sum();
        limits.points.is_some_and(|most| spent + asked.points() > most)
    }

    fn exceeds_content(&self, limits: &Limits, at: Duration) -> bool {
        let within = |duration| self.writes.iter().rev().take_while(|time| **time + duration > at).count();
        let full = |most: Option<u64>, duration| most.is_some_and(|most| within(duration) as u64 >= most);
        full(limits.content_a_minute, MINUTE) || full(limits.content_an_hour, HOUR)
    }

    fn count(&mut self, limits: &Limits, asked: Asked) {
        if asked.is_counted {
            self.windows[self.region].count();
        }
        if limits.points.is_some() {
            self.points.push_back((asked.at, asked.points()));
        }
        if asked.is_write && (limits.content_a_minute.is_some() || limits.content_an_hour.is_some()) {
            self.writes.push_back(asked.at);
        }
    }
}

impl Asked {
    fn points(self) -> u64 {
        if self.is_write { 5 } else { 1 }
    }
}

impl Block {
    fn excess(self, at: Duration) -> Excess {
        let left = self.until.saturating_sub(at);
        if self.content_only { Excess::Content(left) } else { Excess::Secondary(left) }
    }
}

fn evict<T>(log: &mut VecDeque<T>, is_over: impl Fn(&T) -> bool) {
    while log.front().is_some_and(&is_over) {
        log.pop_front();
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
