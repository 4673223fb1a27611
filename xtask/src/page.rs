//! docs/benchmarks.md: what stands between two marks is the last result, and nobody writes there by hand.

use std::fs;
use std::path::Path;

const PAGE: &str = "docs/benchmarks.md";

/// Puts a result in the place of the one between the marks `<!-- NAME: begin -->` and `<!-- NAME: end -->`.
///
/// # Errors
///
/// If the page cannot be read or written, or the marks are not there.
pub(crate) fn write(root: &Path, name: &str, result: &str) -> Result<(), String> {
    let path = root.join(PAGE);
    let tell = |error| format!("{PAGE}: {error}");
    let page = fs::read_to_string(&path).map_err(tell)?;
    let page = replaced(&page, name, result).ok_or_else(|| format!("{PAGE}: no marks of `{name}`"))?;
    fs::write(&path, page).map_err(tell)
}

fn replaced(page: &str, name: &str, result: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->\n"));
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}\n{}\n\n{end}{after}", result.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{bench, release};

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let page = "# A\n\n<!-- x: begin -->\nold\n<!-- x: end -->\nB\n<!-- y: begin -->\n<!-- y: end -->\n";
        let once = replaced(page, "x", "new\n").unwrap();
        assert_eq!(once, page.replace("old\n", "\nnew\n\n"));
        assert_eq!(replaced(&once, "x", "new\n").as_deref(), Some(once.as_str()));
        assert_eq!(replaced(page, "z", "new\n"), None);
    }

    #[test]
    fn the_page_has_the_marks() {
        let page = include_str!("../../docs/benchmarks.md");
        let benches = bench::names().split('|').map(bench::mark).collect::<Vec<_>>();
        for mark in benches.iter().map(String::as_str).chain([release::MARK]) {
            assert!(replaced(page, mark, "new\n").is_some(), "{mark}");
        }
    }
}
