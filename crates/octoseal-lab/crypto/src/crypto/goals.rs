//! The goals, compared with the measurements.

use crate::SIZES;
use crate::contestants::{RUSTCRYPTO, SODIUMOXIDE};
use crate::rounds::Measured;
use crate::table::ratio;

struct Goal {
    name: &'static str,
    /// The index of the size.
    at: usize,
    /// The minimum ratio.
    least: f64,
}

const GOALS: [Goal; 4] = [
    Goal { name: SODIUMOXIDE, at: 0, least: 0.97 },
    Goal { name: SODIUMOXIDE, at: 1, least: 0.97 },
    Goal { name: SODIUMOXIDE, at: 2, least: 0.82 },
    Goal { name: RUSTCRYPTO, at: 0, least: 0.78 },
];

/// Lists one line for each goal.
pub(crate) fn list(measured: &[Measured]) -> String {
    let lines = GOALS.iter().map(|goal| {
        let found = ratio(measured, goal.name, goal.at);
        let end = match found {
            Some(ratio) if ratio >= goal.least => format!("{ratio:.3}, reached"),
            Some(ratio) => format!("{ratio:.3}, **not reached**"),
            None => "not measured".to_owned(),
        };
        format!("* {}, {}: at least {:.2}; {end}\n", goal.name, SIZES[goal.at].1, goal.least)
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contestants::MEASURE;

    #[test]
    fn a_goal_is_reached_missed_or_not_measured() {
        let one = |name, seconds| Measured { name, version: String::new(), seconds };
        let all = [one(MEASURE, [0.97, 0.97, 1.0]), one(SODIUMOXIDE, [1.0, 1.1, 1.0])];
        let list = list(&all);
        let ends: Vec<_> = list.lines().map(|line| line.split("; ").nth(1)).collect();
        let expected = ["0.970, reached", "0.882, **not reached**", "1.000, reached", "not measured"];
        assert_eq!(ends, expected.map(Some));
    }
}
