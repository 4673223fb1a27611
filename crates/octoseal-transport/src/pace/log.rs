//! The recent requests: a log of times and costs, from which any time span can be counted.

use super::clock::Moment;
use std::collections::VecDeque;
use std::time::Duration;

/// A log instead of a bucket: a bucket allows twice its size around the end of a minute.
#[derive(Clone, Debug, Default)]
pub(super) struct Log {
    entries: VecDeque<(Moment, u32)>,
    total: u32,
}

impl Log {
    /// Adds a cost. A cost from another process may be older than the latest entry.
    pub(super) fn add(&mut self, at: Moment, cost: u32) {
        match self.last() {
            Some(last) if last > at => {
                let place = self.entries.partition_point(|(time, _)| *time <= at);
                self.entries.insert(place, (at, cost));
            }
            _ => self.entries.push_back((at, cost)),
        }
        self.total = self.total.saturating_add(cost);
        if self.entries.len() > MOST_ENTRIES {
            self.total -= self.entries.pop_front().map_or(0, |(_, cost)| cost);
        }
    }

    /// Removes a cost that was added at this moment.
    pub(super) fn take_back(&mut self, at: Moment, cost: u32) {
        let first = self.entries.partition_point(|(time, _)| *time < at);
        let mut same = self.entries.range(first..).take_while(|(time, _)| *time == at);
        if let Some(place) = same.position(|(_, spent)| *spent == cost) {
            self.entries.remove(first + place);
            self.total -= cost;
        }
    }

    /// Evicts entries older than `span`.
    pub(super) fn forget(&mut self, now: Moment, span: Duration) {
        while let Some((_, cost)) = self.entries.front().filter(|(time, _)| *time + span <= now) {
            self.total -= cost;
            self.entries.pop_front();
        }
    }

    /// Moves entries in the future to now, after a clock was set back.
    pub(super) fn clamp(&mut self, now: Moment) {
        self.entries.iter_mut().rev().take_while(|(time, _)| *time > now).for_each(|(time, _)| *time = now);
    }

    /// Returns the first moment at which `cost` fits under `cap` within `span`, after which entries are
    /// evicted. `None` if it fits now.
    pub(super) fn free_at(&self, cost: u32, cap: u32, span: Duration) -> Option<Moment> {
        let mut total = self.total;
        let mut free = None;
        for (time, spent) in &self.entries {
            if total.saturating_add(cost) <= cap {
                break;
            }
            total -= spent;
            free = Some(*time + span);
        }
        free
    }

    /// Returns the first moment with fewer than `most` entries within `span`. `None` if that is always the
    /// case.
    pub(super) fn fewer_at(&self, most: usize, span: Duration) -> Option<Moment> {
        let index = self.entries.len().checked_sub(most)?;
        self.entries.get(index).map(|(time, _)| *time + span)
    }

    /// Returns the number of entries within the last `span`.
    pub(super) fn within(&self, span: Duration, now: Moment) -> usize {
        self.entries.iter().rev().take_while(|(time, _)| *time + span > now).count()
    }

    /// Returns the times of entries with this cost.
    pub(super) fn entries(&self, cost: u32) -> impl Iterator<Item = Moment> {
        self.entries.iter().filter(move |(_, spent)| *spent == cost).map(|(time, _)| *time)
    }

    pub(super) fn last(&self) -> Option<Moment> {
        self.entries.back().map(|(time, _)| *time)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// More than any cap counts: 900 points in a minute, 500 writes in an hour. Older entries do not matter.
const MOST_ENTRIES: usize = 1_000;
