//! The table in Markdown: one line for each contestant, three columns for each size.

use crate::SIZES;
use crate::contestants::MEASURE;
use crate::rounds::Measured;

/// Formats the whole table. A ratio is the baseline's time divided by the contestant's, so more is faster.
pub(crate) fn markdown(measured: &[Measured]) -> String {
    let mut head = "| contestant | versions |".to_owned();
    let mut rule = "|---|---|".to_owned();
    for (_, size) in SIZES {
        head.push_str(&format!(" {size}, µs | ops/s | ratio |"));
        rule.push_str("--:|--:|--:|");
    }
    let lines = measured.iter().map(|one| line(one, measured));
    format!("{head}\n{rule}\n{}", lines.collect::<String>())
}

fn line(one: &Measured, all: &[Measured]) -> String {
    let mut line = format!("| {} | {} |", one.name, one.version);
    for (at, seconds) in one.seconds.iter().enumerate() {
        let ratio = ratio(all, one.name, at).map_or("-".to_owned(), |ratio| format!("{ratio:.2}"));
        line.push_str(&format!(" {:.1} | {} | {ratio} |", seconds * 1e6, thousands(1.0 / seconds)));
    }
    line.push('\n');
    line
}

/// Returns how often a contestant seals while the baseline seals once, at the size of this index.
pub(crate) fn ratio(all: &[Measured], name: &str, at: usize) -> Option<f64> {
    let seconds = |name: &str| all.iter().find(|one| one.name == name).map(|one| one.seconds[at]);
    Some(seconds(MEASURE)? / seconds(name)?)
}

/// Formats a number with three significant digits and a comma at each thousand.
fn thousands(number: f64) -> String {
    let step = 10_f64.powf((number.log10().floor() - 2.0).max(0.0));
    let digits = format!("{:.0}", (number / step).round() * step);
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(name: &'static str, micros: f64) -> Measured {
        Measured { name, version: "1.0".to_owned(), seconds: [micros / 1e6; SIZES.len()] }
    }

    #[test]
    fn a_line_has_time_rate_and_ratio_for_each_size() {
        let all = [measured(MEASURE, 40.0), measured("slow", 80.0)];
        assert!(line(&all[1], &all).starts_with("| slow | 1.0 | 80.0 | 12,500 | 0.50 | 80.0 |"));
        assert_eq!(markdown(&all).lines().count(), 4);
    }

    #[test]
    fn without_the_measure_there_is_no_ratio() {
        let all = [measured("alone", 80.0)];
        assert!(line(&all[0], &all).starts_with("| alone | 1.0 | 80.0 | 12,500 | - |"));
    }

    #[test]
    fn rates_have_three_significant_digits() {
        assert_eq!(thousands(22_471.3), "22,500");
        assert_eq!(thousands(1_234_567.0), "1,230,000");
        assert_eq!(thousands(999.6), "1,000");
        assert_eq!(thousands(7.4), "7");
    }
}
