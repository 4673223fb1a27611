//! The tables in Markdown: one line for each client.

use crate::contestants::{CONTESTANTS, MEASURE};
use crate::cpu::{self, LOADS, ratio};
use crate::latency::{self, FLIGHTS, ideal};

/// Formats the CPU time of one PUT, as a multiple of the baseline's and in microseconds.
pub(crate) fn cpu(measured: &[cpu::Measured]) -> String {
    let mut head = "| client | versions | bytes of a PUT |".to_owned();
    let mut rule = "|---|---|--:|".to_owned();
    for (flights, _) in LOADS {
        head.push_str(&format!(" CPU, {flights} in flight | µs | to hyper |"));
        rule.push_str("--:|--:|--:|");
    }
    let lines = measured.iter().map(|one| {
        let mut line = format!("| {} | {} | {} |", one.name, one.version, one.bytes);
        for (at, seconds) in one.seconds.iter().enumerate() {
            let to = |whom| ratio(measured, one.name, whom, at).unwrap_or(f64::NAN);
            let (measure, least) = (to(MEASURE), to(CONTESTANTS[0].0));
            line.push_str(&format!(" {measure:.2} | {:.1} | {least:.2} |", seconds * 1e6));
        }
        line + "\n"
    });
    format!("{head}\n{rule}\n{}", lines.collect::<String>())
}

/// Formats the wall time of a batch, as a multiple of the ideal.
pub(crate) fn latency(measured: &[latency::Measured]) -> String {
    let mut head = "| client |".to_owned();
    let mut rule = "|---|".to_owned();
    for flights in FLIGHTS {
        head.push_str(&format!(" time, {flights} in flight | s | connections |"));
        rule.push_str("--:|--:|--:|");
    }
    let lines = measured.iter().map(|one| {
        let mut line = format!("| {} |", one.name);
        for (at, flights) in FLIGHTS.into_iter().enumerate() {
            let seconds = one.ratios[at] * ideal(flights).as_secs_f64();
            line.push_str(&format!(" {:.3} | {seconds:.3} | {} |", one.ratios[at], one.connections[at]));
        }
        line + "\n"
    });
    format!("{head}\n{rule}\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_ratio_the_time_and_the_ratio_to_hyper_for_each_load() {
        let one = |name, micros: f64| {
            let seconds = [micros / 1e6; LOADS.len()];
            cpu::Measured { name, version: "1.0".to_owned(), bytes: 640, seconds }
        };
        let all = [one(CONTESTANTS[0].0, 32.0), one(MEASURE, 40.0), one("slow", 80.0)];
        let table = cpu(&all);
        assert!(
            table.ends_with("| slow | 1.0 | 640 | 2.00 | 80.0 | 2.50 | 2.00 | 80.0 | 2.50 |\n"),
            "{table}"
        );
        assert_eq!(table.lines().count(), 5);
    }

    #[test]
    fn a_line_has_the_ratio_the_time_and_the_connections_for_each_number_in_flight() {
        let table = latency(&[latency::Measured { name: "a", ratios: [1.0, 1.1], connections: [8, 51] }]);
        assert!(table.ends_with("| a | 1.000 | 1.250 | 8 | 1.100 | 0.220 | 51 |\n"), "{table}");
    }
}
