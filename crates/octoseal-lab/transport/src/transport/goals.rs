//! The goals, compared with the measurements.

use crate::contestants::{MEASURE, OCTOCRAB, OURS, REQWEST};
use crate::cpu::{self, LOADS, ratio};
use crate::latency::{self, FLIGHTS};

/// The maximum CPU time of octoseal-transport, as a multiple of another client's.
const CPU: [(&str, f64); 3] = [(MEASURE, 1.15), (REQWEST, 1.0), (OCTOCRAB, 1.0)];

/// The maximum wall time of octoseal-transport, as a multiple of the ideal.
const LATENCY: f64 = 1.10;

/// Lists one line for each goal.
pub(crate) fn list(cpu: &[cpu::Measured], latency: &[latency::Measured]) -> String {
    let mut lines = String::new();
    for (at, (flights, _)) in LOADS.into_iter().enumerate() {
        for (whom, most) in CPU {
            let end = end(ratio(cpu, OURS, whom, at), most);
            lines.push_str(&format!("* CPU, {flights} in flight: at most {most:.2} × {whom}; {end}\n"));
        }
    }
    let ours = latency.iter().find(|one| one.name == OURS);
    for (at, flights) in FLIGHTS.into_iter().enumerate() {
        let end = end(ours.map(|one| one.ratios[at]), LATENCY);
        lines.push_str(&format!("* Time, {flights} in flight: at most {LATENCY:.2} × the ideal; {end}\n"));
    }
    lines
}

fn end(found: Option<f64>, most: f64) -> String {
    match found {
        Some(ratio) if ratio <= most => format!("{ratio:.3}, reached"),
        Some(ratio) => format!("{ratio:.3}, **not reached**"),
        None => "not measured".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_reached_missed_or_not_measured() {
        let one = |name, seconds| cpu::Measured { name, version: String::new(), bytes: 0, seconds };
        let cpu = [one(MEASURE, [1.0, 1.0]), one(OURS, [1.15, 1.2]), one(REQWEST, [1.2, 1.1])];
        let latency = [latency::Measured { name: OURS, ratios: [1.02, 1.3], connections: [8, 50] }];
        let list = list(&cpu, &latency);
        let ends: Vec<_> = list.lines().map(|line| line.split("; ").nth(1).unwrap()).collect();
        let expected = [
            "1.150, reached",
            "0.958, reached",
            "not measured",
            "1.200, **not reached**",
            "1.091, **not reached**",
            "not measured",
            "1.020, reached",
            "1.300, **not reached**",
        ];
        assert_eq!(ends, expected);
    }
}
