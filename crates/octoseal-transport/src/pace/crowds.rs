//! How many requests at the same time have passed: whether a refusal is due to their number.

use std::collections::BTreeMap;

/// Requests that passed since the last refusal, by how many were under way when they were sent.
#[derive(Clone, Debug, Default)]
pub(super) struct Crowds(pub(super) BTreeMap<usize, u32>);

impl Crowds {
    pub(super) fn pass(&mut self, among: usize) {
        let count = self.0.entry(among).or_default();
        *count = count.saturating_add(1);
    }

    /// How many may be under way: four at first, and one more for each four that pass.
    pub(super) fn width(&self) -> usize {
        let passed = self.0.values().fold(0_usize, |sum, passed| sum.saturating_add(*passed as usize));
        FIRST.saturating_add(passed / FIRST)
    }

    /// Whether so many at the same time are no reason for a refusal. Some pass also where fewer are allowed, since others
    /// have ended by the time that they arrive.
    pub(super) fn have_passed(&self, crowd: usize) -> bool {
        self.0.range(crowd..).fold(0_u32, |sum, (_, passed)| sum.saturating_add(*passed)) >= ENOUGH
    }
}

const FIRST: usize = 4;
const ENOUGH: u32 = 20;
