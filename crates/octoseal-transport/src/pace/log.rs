//! What was sent in the last while: a log of moments and costs, from which any span of time can be counted.

use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// The last `span`. A log, and not a bucket: a bucket lets twice its size through around the end of a minute.
#[derive(Clone, Debug)]
pub(super) struct Log {
    span: Duration,
    entries: VecDeque<(Instant, u32)>,
    total: u32,
}

impl Log {
    pub(super) fn new(span: Duration) -> Self {
        Self { span, entries: VecDeque::new(), total: 0 }
    }

    /// Adds a cost. What comes from elsewhere may be older than what is here.
    pub(super) fn add(&mut self, at: Instant, cost: u32) {
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

    /// Takes out what was added at this moment.
    pub(super) fn take_back(&mut self, at: Instant) {
        if let Ok(place) = self.entries.binary_search_by_key(&at, |(time, _)| *time) {
            self.total -= self.entries.remove(place).map_or(0, |(_, cost)| cost);
        }
    }

    pub(super) fn forget(&mut self, now: Instant) {
        while let Some((_, cost)) = self.entries.front().filter(|(time, _)| *time + self.span <= now) {
            self.total -= cost;
            self.entries.pop_front();
        }
    }

    /// The first moment at which `cost` fits under `cap`, both within the whole span; `None` if it does now.
    pub(super) fn free_at(&self, cost: u32, cap: u32) -> Option<Instant> {
        let mut total = self.total;
        let mut free = None;
        for (time, spent) in &self.entries {
            if total.saturating_add(cost) <= cap {
                break;
            }
            total -= spent;
            free = Some(*time + self.span);
        }
        free
    }

    /// The first moment at which fewer than `most` entries lie within `span`; `None` if that is always so.
    pub(super) fn fewer_at(&self, most: usize, span: Duration) -> Option<Instant> {
        let index = self.entries.len().checked_sub(most)?;
        self.entries.get(index).map(|(time, _)| *time + span)
    }

    /// How many entries lie within the last `span`.
    pub(super) fn within(&self, span: Duration, now: Instant) -> usize {
        self.entries.iter().rev().take_while(|(time, _)| *time + span > now).count()
    }

    /// When something of this cost was added.
    pub(super) fn entries(&self, cost: u32) -> impl Iterator<Item = Instant> {
        self.entries.iter().filter(move |(_, spent)| *spent == cost).map(|(time, _)| *time)
    }

    pub(super) fn last(&self) -> Option<Instant> {
        self.entries.back().map(|(time, _)| *time)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// More than any cap counts: 900 points in a minute, 500 writes in an hour. What is older than so many changes nothing.
const MOST_ENTRIES: usize = 1_000;
