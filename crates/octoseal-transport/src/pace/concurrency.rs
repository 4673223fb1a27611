//! The numbers of concurrent requests that passed, to decide whether a refusal is due to concurrency.

use std::collections::BTreeMap;

/// The requests that passed since the last refusal, by the number of requests in flight when they were sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Concurrency(pub(super) BTreeMap<usize, u32>);

impl Concurrency {
    pub(super) fn pass(&mut self, among: usize) {
        let count = self.0.entry(among).or_default();
        *count = count.saturating_add(1);
    }

    /// Returns the allowed number of requests in flight: four at first, and one more for each four that pass.
    pub(super) fn width(&self) -> usize {
        let passed = self.0.values().fold(0_usize, |sum, passed| sum.saturating_add(*passed as usize));
        FIRST.saturating_add(passed / FIRST)
    }

    /// Returns whether this concurrency is not the reason of a refusal. Some requests pass even at a lower
    /// limit, since others have ended by the time that they arrive.
    pub(super) fn have_passed(&self, crowd: usize) -> bool {
        self.0.range(crowd..).fold(0_u32, |sum, (_, passed)| sum.saturating_add(*passed)) >= ENOUGH
    }
}

const FIRST: usize = 4;
const ENOUGH: u32 = 20;
