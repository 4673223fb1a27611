//! What came of one language's exchanges, and the table of all languages.

use super::language::Language;
use std::time::Instant;

/// The kinds of exchanges, one column of the table each.
#[derive(Clone, Copy)]
pub(super) enum Column {
    TheySeal,
    TheyOpen,
    GuideKeys,
    Refusals,
}

/// The heads of the columns, in the order of [`Column`].
const HEADS: [&str; 4] = ["seals, ours opens", "opens ours", "guide's keys", "refusals"];

/// One language's line of the table.
pub(super) struct Tally {
    name: String,
    versions: String,
    /// What was right and what was tried, in the order of [`Column`].
    counts: [(usize, usize); 4],
    failures: Vec<String>,
    start: Instant,
    seconds: f64,
}

impl Tally {
    pub(super) fn new(language: &Language) -> Self {
        Self {
            name: language.name.clone(),
            versions: language.versions.clone(),
            counts: [(0, 0); 4],
            failures: Vec::new(),
            start: Instant::now(),
            seconds: 0.0,
        }
    }

    /// Counts one exchange, and keeps what was wrong with it.
    pub(super) fn count(&mut self, column: Column, what: &str, result: Result<(), String>) {
        let (right, tried) = &mut self.counts[column as usize];
        *tried += 1;
        match result {
            Ok(()) => *right += 1,
            Err(error) => {
                self.failures.push(format!("{}: {}: {what}: {error}", self.name, HEADS[column as usize]));
            }
        }
        self.seconds = self.start.elapsed().as_secs_f64();
    }

    /// What went wrong, one line each.
    pub(super) fn failures(&self) -> impl Iterator<Item = &str> {
        self.failures.iter().map(String::as_str)
    }

    fn cells(&self) -> Vec<String> {
        let counts = self.counts.iter().map(|(right, tried)| format!("{right}/{tried}"));
        std::iter::once(self.name.clone())
            .chain(counts)
            .chain([format!("{:.1}", self.seconds), self.versions.clone()])
            .collect()
    }
}

/// Languages down, kinds of exchanges across, and a last line with their sum.
pub(super) fn table(tallies: &[Tally]) -> String {
    let heads = std::iter::once("language").chain(HEADS).chain(["seconds", "versions"]);
    let mut rows: Vec<Vec<String>> = vec![heads.map(str::to_owned).collect()];
    rows.extend(tallies.iter().map(Tally::cells));
    let columns = rows[0].len();
    let widest = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    let all = tallies.iter().flat_map(|tally| tally.counts);
    let (right, tried) = all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    text.push_str(&format!("{right} of {tried} exchanges are right\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn tally() -> Tally {
        Tally::new(&Language {
            name: "Ruby".to_owned(),
            versions: "3.1".to_owned(),
            folder: PathBuf::new(),
            seal: Vec::new(),
            open: Vec::new(),
        })
    }

    #[test]
    fn a_wrong_exchange_is_told_with_its_language_and_value() {
        let mut tally = tally();
        tally.count(Column::TheySeal, "CRLF", Ok(()));
        tally.count(Column::TheyOpen, "CRLF", Err("it differs".to_owned()));
        assert_eq!(tally.failures().collect::<Vec<_>>(), ["Ruby: opens ours: CRLF: it differs"]);
        assert_eq!(tally.counts, [(1, 1), (0, 1), (0, 0), (0, 0)]);
    }

    #[test]
    fn the_table_is_aligned_and_ends_with_the_sum() {
        let mut tally = tally();
        tally.count(Column::Refusals, "no key", Ok(()));
        let text = table(&[tally]);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0].find("refusals"), lines[1].find("1/1"));
        assert_eq!(lines[2], "1 of 1 exchanges are right");
    }
}
