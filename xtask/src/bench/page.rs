//! docs/benchmarks.md: what stands between the marks of a bench is its last result, and nobody writes there by hand.

use std::fs;
use std::path::Path;

const PAGE: &str = "docs/benchmarks.md";

/// Puts a bench's result in the place of the one on the page.
///
/// # Errors
///
/// If the page cannot be read or written, or the marks are not there.
pub(super) fn write(root: &Path, bench: &str, result: &str) -> Result<(), String> {
    let path = root.join(PAGE);
    let tell = |error| format!("{PAGE}: {error}");
    let page = fs::read_to_string(&path).map_err(tell)?;
    let page =
        replaced(&page, bench, result).ok_or_else(|| format!("{PAGE}: the marks of {bench} are missing"))?;
    fs::write(&path, page).map_err(tell)
}

fn replaced(page: &str, bench: &str, result: &str) -> Option<String> {
    let begin = format!("<!-- bench {bench}: begin -->\n");
    let end = format!("<!-- bench {bench}: end -->\n");
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{}\n\n{end}{after}", result.trim()))
}

#[cfg(test)]
mod tests {
    use super::super::BENCHES;
    use super::*;

    const BEGIN: &str = "<!-- bench a: begin -->\n";
    const END: &str = "<!-- bench a: end -->\n";

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let page = format!("# A\n\n{BEGIN}old\n{END}\nB\n");
        let once = replaced(&page, "a", "new\n").unwrap();
        assert_eq!(once, format!("# A\n\n{BEGIN}\nnew\n\n{END}\nB\n"));
        assert_eq!(replaced(&once, "a", "new\n").as_deref(), Some(once.as_str()));
    }

    #[test]
    fn a_page_without_its_marks_is_left_alone() {
        assert_eq!(replaced("# A\n", "a", "new\n"), None);
        assert_eq!(replaced(&format!("{BEGIN}{END}"), "b", "new\n"), None);
        assert_eq!(replaced(&format!("{END}{BEGIN}"), "a", "new\n"), None);
    }

    #[test]
    fn the_page_has_the_marks_of_every_bench() {
        let page = include_str!("../../../docs/benchmarks.md");
        for bench in BENCHES {
            assert!(replaced(page, bench.name, "new\n").is_some(), "{}", bench.name);
        }
    }
}
