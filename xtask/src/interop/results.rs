//! The results of each language's exchanges, and their table.

use super::language::Language;
use std::time::Instant;

/// The kinds of exchanges, each a column of the table.
#[derive(Clone, Copy)]
pub(super) enum Column {
    TheySeal,
    TheyOpen,
    GuideKeys,
    Refusals,
}

/// The heads of the columns, in the order of [`Column`].
const HEADS: [&str; 4] = ["seals, ours opens", "opens ours", "guide's keys", "refusals"];

/// The results of one language.
pub(super) struct Results {
    name: String,
    versions: String,
    /// The numbers of successful and of all exchanges, in the order of [`Column`].
    counts: [(usize, usize); 4],
    pub(super) failures: Vec<String>,
    start: Instant,
    seconds: f64,
}

impl Results {
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

    /// Counts one exchange, and keeps its failure.
    pub(super) fn count(&mut self, column: Column, what: &str, result: Result<(), String>) {
        let (successes, all) = &mut self.counts[column as usize];
        *all += 1;
        match result {
            Ok(()) => *successes += 1,
            Err(error) => {
                self.failures.push(format!("{}: {}: {what}: {error}", self.name, HEADS[column as usize]));
            }
        }
        self.seconds = self.start.elapsed().as_secs_f64();
    }
}

/// Returns a table with a line for each language, and the sum.
pub(super) fn table(results: &[Results]) -> String {
    let line = |name: &str, cells: [String; 4], seconds: &str, versions: &str| {
        let cells = cells.map(|cell| format!("{cell:<19}")).concat();
        format!("{name:<31}{cells}{seconds:<9}{versions}\n")
    };
    let mut text = line("language", HEADS.map(str::to_owned), "seconds", "versions");
    for Results { name, counts, seconds, versions, .. } in results {
        let cells = counts.map(|(successes, all)| format!("{successes}/{all}"));
        text.push_str(&line(name, cells, &format!("{seconds:.1}"), versions));
    }
    let counts = results.iter().flat_map(|result| result.counts);
    let (successes, all) = counts.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    text.push_str(&format!("{successes} of {all} exchanges succeeded\n"));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn a_failure_names_its_language_and_value_and_the_table_is_aligned() {
        let (name, versions) = ("Ruby".to_owned(), "3.1".to_owned());
        let language =
            Language { name, versions, folder: PathBuf::new(), seal: Vec::new(), open: Vec::new() };
        let mut results = Results::new(&language);
        results.count(Column::Refusals, "no key", Ok(()));
        results.count(Column::TheyOpen, "CRLF", Err("it differs".to_owned()));
        let text = table(std::slice::from_ref(&results));
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[0].find("refusals"), lines[1].find("1/1"));
        assert_eq!(lines[2], "1 of 2 exchanges succeeded");
        assert_eq!(results.failures, ["Ruby: opens ours: CRLF: it differs"]);
    }
}
