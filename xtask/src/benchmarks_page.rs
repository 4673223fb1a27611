//! docs/benchmarks.md: a result replaces the last one between two marks.

use crate::files;
use std::path::Path;

const PAGE: &str = "docs/benchmarks.md";

/// Puts a result between the marks `<!-- NAME: begin -->` and `<!-- NAME: end -->`.
pub(crate) fn write(root: &Path, name: &str, result: &str) -> Result<(), String> {
    let page = files::read(root.join(PAGE))?;
    let page = replaced(&page, name, result).ok_or_else(|| format!("{PAGE} lacks the marks of `{name}`"))?;
    files::write(root.join(PAGE), &page)
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

    #[test]
    fn only_the_text_between_the_marks_changes() {
        let page = "# A\n\n<!-- x: begin -->\nold\n<!-- x: end -->\nB\n<!-- y: begin -->\n<!-- y: end -->\n";
        let once = replaced(page, "x", "new\n").unwrap();
        assert_eq!(once, page.replace("old\n", "\nnew\n\n"));
        assert_eq!(replaced(&once, "x", "new\n").as_deref(), Some(once.as_str()));
        assert_eq!(replaced(page, "z", "new\n"), None);
    }

    #[test]
    fn the_page_has_all_marks() {
        let page = include_str!("../../docs/benchmarks.md");
        for name in ["bench crypto", "bench transport", "bench command", "release"] {
            assert!(replaced(page, name, "new\n").is_some(), "{name}");
        }
    }
}
