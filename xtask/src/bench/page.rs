//! docs/benchmarks.md: what stands between two marks is the last result, and nobody writes there by hand.

use std::fs;
use std::path::Path;

const PAGE: &str = "docs/benchmarks.md";
const BEGIN: &str = "<!-- bench crypto: begin -->\n";
const END: &str = "<!-- bench crypto: end -->\n";

/// Puts a result in the place of the one on the page.
///
/// # Errors
///
/// If the page cannot be read or written, or the marks are not there.
pub(super) fn write(root: &Path, result: &str) -> Result<(), String> {
    let path = root.join(PAGE);
    let tell = |error| format!("{PAGE}: {error}");
    let page = fs::read_to_string(&path).map_err(tell)?;
    let page = replaced(&page, result).ok_or_else(|| format!("{PAGE}: the marks are missing"))?;
    fs::write(&path, page).map_err(tell)
}

fn replaced(page: &str, result: &str) -> Option<String> {
    let (before, rest) = page.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{}\n\n{END}{after}", result.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let page = format!("# A\n\n{BEGIN}old\n{END}\nB\n");
        let once = replaced(&page, "new\n").unwrap();
        assert_eq!(once, format!("# A\n\n{BEGIN}\nnew\n\n{END}\nB\n"));
        assert_eq!(replaced(&once, "new\n").as_deref(), Some(once.as_str()));
    }

    #[test]
    fn a_page_without_its_marks_is_left_alone() {
        assert_eq!(replaced("# A\n", "new\n"), None);
        assert_eq!(replaced(&format!("{END}{BEGIN}"), "new\n"), None);
    }

    #[test]
    fn the_page_has_the_marks() {
        let page = include_str!("../../../docs/benchmarks.md");
        assert!(replaced(page, "new\n").is_some());
    }
}
