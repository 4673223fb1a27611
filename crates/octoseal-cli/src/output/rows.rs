//! Error messages in a few rows of a terminal.

/// The width of a terminal in columns.
const COLUMNS: usize = 80;
/// Maximum number of rows of an error. `--verbose` and `--json` show all of it.
const ROWS: usize = 3;
const MORE: &str = "… (--verbose shows all)";

/// Shortens an error, one line for the failure and one for the remedy, until it fits.
pub(super) fn fit(text: &str) -> String {
    let Some((error, advice)) = text.split_once('\n') else { return shorten(text, ROWS) };
    // GitHub's own message can be long, so one row is reserved for the advice.
    let error = shorten(error, ROWS - 1);
    let left = ROWS - rows(&error);
    format!("{error}\n{}", shorten(advice, left))
}

fn rows(line: &str) -> usize {
    line.chars().count().div_ceil(COLUMNS)
}

/// Cuts a line after its last clause, or its last word, that fits.
fn shorten(line: &str, most: usize) -> String {
    if rows(line) <= most {
        return line.to_owned();
    }
    let room = most * COLUMNS - MORE.chars().count();
    let end = line.char_indices().nth(room).map_or(line.len(), |(end, _)| end);
    let fitting = &line[..end];
    let clause = [";", ":", ","].iter().filter_map(|mark| fitting.rfind(&format!("{mark} "))).max();
    let cut = clause.filter(|cut| *cut > end / 2).or(fitting.rfind(' ')).unwrap_or(end);
    format!("{}{MORE}", &fitting[..cut])
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, ROWS, fit, rows};
    use proptest::prelude::*;

    #[test]
    fn what_fits_is_not_changed() {
        let text = format!("error: {}\n  advice", "x".repeat(100));
        assert_eq!(fit(&text), text);
    }

    #[test]
    fn advice_ends_with_a_whole_clause() {
        let text = format!("error: no\n  the token needs a scope; {}", "another one, ".repeat(20));
        let short = fit(&text);
        assert!(short.ends_with("another one… (--verbose shows all)"), "{short}");
    }

    proptest! {
        #[test]
        fn every_error_fits(text in "[a-zé ;:,]{1,400}(\n[a-z ;]{1,300})?") {
            let short = fit(&text);
            prop_assert!(short.lines().map(rows).sum::<usize>() <= ROWS, "{} columns: {short}", COLUMNS);
        }
    }
}
