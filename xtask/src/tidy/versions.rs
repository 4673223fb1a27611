//! Versions on pages: the promised version of Rust, and the section of the change log.

use super::Violation;
use super::tree::{File, Tree};

const CHANGELOG: &str = "docs/changelog.md";

/// The words before the version of Rust that a page promises.
const LEADS: [&str; 3] = ["Rust 1.", "MSRV 1.", "MSRV is 1."];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let promised: Vec<_> =
        tree.packages.iter().filter_map(|package| package.rust_version.as_deref()).collect();
    let pages = tree.files.iter().filter(|file| promises(&file.path));
    pages.flat_map(|file| mentions(file, &promised)).chain(changelog(tree)).collect()
}

/// Returns whether a version of Rust on this page is a promise, and not history or part of a measurement.
fn promises(path: &str) -> bool {
    let crate_page = path.starts_with("crates/") && path.ends_with("/README.md");
    let document =
        path.strip_prefix("docs/").is_some_and(|name| !name.contains('/') && name.ends_with(".md"));
    let history = [CHANGELOG, "docs/benchmarks.md"].contains(&path);
    (path == "README.md" || crate_page || document) && !history
}

/// Lists the versions on a page that no crate has as its `rust-version`.
fn mentions(file: &File, promised: &[&str]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for version in LEADS.iter().flat_map(|lead| versions_after(line, lead)) {
            if !promised.contains(&version.strip_suffix(".0").unwrap_or(version)) {
                let message =
                    format!("no crate has the rust-version {version}; make page and manifest agree");
                violations.push(Violation::new(&file.path, index + 1, message));
            }
        }
    }
    violations
}

/// Lists the versions in a line after a lead. The last two characters of the lead belong to the version.
fn versions_after<'a>(line: &'a str, lead: &str) -> Vec<&'a str> {
    let begin = lead.len() - "1.".len();
    let version = |at: usize| {
        let rest = &line[at + begin..];
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        rest[..end].trim_end_matches('.')
    };
    line.match_indices(lead).map(|(at, _)| version(at)).collect()
}

/// Checks that the change log has a section for the next version; until the release it is called `Unreleased`.
fn changelog(tree: &Tree) -> Option<Violation> {
    let version = tree.packages.first().map_or("0", |package| &package.version);
    let text = tree.text(CHANGELOG).unwrap_or_default();
    if has_section(text, version) || has_section(text, "Unreleased") {
        return None;
    }
    let message = format!("`Unreleased` and {version} have no section with a change for users; add one");
    Some(Violation::new(CHANGELOG, 1, message))
}

/// Returns whether a heading of the second level has this word, and a list item follows.
fn has_section(page: &str, word: &str) -> bool {
    let mut lines = page.lines();
    let named = |line: &str| {
        let heading = line.strip_prefix("## ").unwrap_or_default();
        heading.split([' ', '[', ']']).any(|found| found == word)
    };
    let is_item = |line: &str| line.starts_with(['*', '-']);
    lines.any(named) && lines.take_while(|line| !line.starts_with("## ")).any(is_item)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violations(path: &str, text: &str) -> usize {
        let mut tree = Tree::of(&[(path, text), (CHANGELOG, "## Unreleased\n* A.\n")]);
        let package = |version: &str, rust: &str| {
            serde_json::from_value(serde_json::json!({"version": version, "rust_version": rust})).unwrap()
        };
        tree.packages = vec![package("0.2.0", "1.85"), package("0.2.0", "1.96")];
        check(&tree).len()
    }

    #[test]
    fn a_page_promises_only_the_rust_versions_of_crates() {
        assert_eq!(violations("README.md", "Needs Rust 1.85 or newer, as Rust 1.85.0; or Rust 1.96.\n"), 0);
        assert_eq!(violations("README.md", "Needs Rust 1.84.\n"), 1);
        assert_eq!(violations("crates/x/README.md", "The MSRV is 1.8\n"), 1);
        assert_eq!(violations("docs/benchmarks.md", "Measured with Rust 1.95\n"), 0);
    }

    #[test]
    fn the_change_log_has_a_section_with_an_item() {
        assert_eq!(violations(CHANGELOG, "# Changes\n## [0.2.0] today\n\n* A.\n"), 0);
        assert_eq!(violations(CHANGELOG, "## Unreleased\n- A.\n"), 0);
        assert_eq!(violations(CHANGELOG, "## Unreleased\n## 0.1.0\n* A.\n"), 1);
        assert_eq!(violations(CHANGELOG, ""), 1);
    }
}
