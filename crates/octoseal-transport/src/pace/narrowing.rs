//! Narrowing after a refusal with many requests in flight: the pacer halves their number, and recovers
//! slowly.

use super::clock::Moment;

/// A number of requests in flight at which GitHub refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Narrowing {
    pub(super) since: Moment,
    pub(super) struck: usize,
}

impl Narrowing {
    pub(super) fn after(struck: usize, now: Moment) -> Self {
        Self { since: now, struck }
    }

    /// Returns the allowed number: half at first, one less than the refused number after five minutes, and
    /// then one more every three hours. If one request is too many, GitHub refuses all that are in flight.
    pub(super) fn width(self, now: Moment) -> usize {
        let passed = now.saturating_sub(self.since);
        let recovered = (passed.as_secs_f64() / RECOVERY).min(1.0);
        let (half, most) = (self.struck / 2, self.struck.saturating_sub(1));
        let width = half + ((most - half.min(most)) as f64 * recovered) as usize;
        let more = usize::try_from(passed.as_secs() / STEP).unwrap_or(usize::MAX);
        width.saturating_add(more).max(1)
    }
}

/// In seconds.
const RECOVERY: f64 = 300.0;
/// In seconds.
const STEP: u64 = 3 * 3_600;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_halves_and_comes_back_slowly() {
        let widths = |struck: usize| {
            let narrowing = Narrowing::after(struck, Moment::from_secs(1));
            [0, 299, 300, 10_800, 21_600].map(|seconds| narrowing.width(Moment::from_secs(1 + seconds)))
        };
        assert_eq!(widths(8), [4, 6, 7, 8, 9]);
        assert_eq!(widths(5), [2, 3, 4, 5, 6]);
        assert_eq!(widths(2), [1, 1, 1, 2, 3]);
        assert_eq!(widths(1), [1, 1, 1, 1, 2]);
    }
}
