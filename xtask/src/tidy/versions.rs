//! Facts that stand in one place: the oldest Rust, and the version that the change log speaks of.

use super::Violation;
use super::tree::{File, Tree};
use crate::manifest;

const CHANGELOG: &str = "docs/changelog.md";

/// What stands before a version that a page promises.
const LEADS: [&str; 3] = ["Rust 1.", "MSRV 1.", "MSRV is 1."];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations: Vec<_> = tree.crate_manifests().filter_map(inherited).collect();
    let pages = tree.files.iter().filter(|file| promises(&file.path));
    violations.extend(pages.flat_map(|file| mentions(file, &tree.rust_version)));
    violations.extend(changelog(tree));
    violations
}

fn inherited(file: &File) -> Option<Violation> {
    let found = manifest::value(&file.text, "package", "rust-version.workspace");
    if found.as_deref() == Some("true") {
        return None;
    }
    let message = "the crate states no oldest Rust or its own; write `rust-version.workspace = true`";
    Some(Violation::new(&file.path, 1, message))
}

/// The pages where a version of Rust is our promise, not history or the machine of a measurement.
fn promises(path: &str) -> bool {
    let crate_page = path.starts_with("crates/") && path.ends_with("/README.md");
    let document =
        path.strip_prefix("docs/").is_some_and(|name| !name.contains('/') && name.ends_with(".md"));
    let history = [CHANGELOG, "docs/benchmarks.md"].contains(&path);
    (path == "README.md" || crate_page || document) && !history
}

fn mentions(file: &File, rust_version: &str) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for version in LEADS.iter().flat_map(|lead| versions_behind(line, lead)) {
            let agrees = version == rust_version || version.strip_prefix(rust_version) == Some(".0");
            if !agrees {
                let message = format!(
                    "Rust {version} is not the rust-version {rust_version} of Cargo.toml; make them agree"
                );
                violations.push(Violation::new(&file.path, index + 1, message));
            }
        }
    }
    violations
}

/// The versions in a line that stand behind a lead, of which the last two characters already belong to the version.
fn versions_behind<'a>(line: &'a str, lead: &str) -> Vec<&'a str> {
    let begin = lead.len() - "1.".len();
    let found = line.match_indices(lead).map(|(at, _)| &line[at + begin..]);
    let version = |rest: &'a str| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        rest[..end].trim_end_matches('.')
    };
    found.map(version).collect()
}

fn changelog(tree: &Tree) -> Option<Violation> {
    let Some(text) = tree.text(CHANGELOG) else {
        return Some(Violation::new(
            CHANGELOG,
            1,
            "the change log is missing; write one with a heading `Unreleased`",
        ));
    };
    let root = tree.text("Cargo.toml").unwrap_or_default();
    let version = manifest::value(root, "workspace.package", "version").unwrap_or_default();
    let mut headings = text.lines().filter(|line| line.starts_with('#'));
    let words = |line: &str| line.split([' ', '[', ']']).any(|word| word == "Unreleased" || word == version);
    if headings.any(words) {
        return None;
    }
    let message = format!(
        "no heading names `Unreleased` or the version `{version}`; add one with what changed for users"
    );
    Some(Violation::new(CHANGELOG, 1, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: (&str, &str) = ("Cargo.toml", "[workspace.package]\nversion = \"0.2.0\"\n");

    fn found(files: &[(&str, &str)]) -> Vec<Violation> {
        check(&Tree::of(&[&[ROOT], files].concat()))
    }

    fn found_beside_changelog(path: &str, text: &str) -> usize {
        found(&[(CHANGELOG, "## Unreleased\n"), (path, text)]).len()
    }

    #[test]
    fn every_crate_inherits_the_oldest_rust() {
        let manifest =
            |line: &str| found_beside_changelog("crates/x/Cargo.toml", &format!("[package]\n{line}\n"));
        assert_eq!(manifest("rust-version.workspace = true"), 0);
        assert_eq!(manifest("rust-version = \"1.85\""), 1);
        assert_eq!(manifest(""), 1);
    }

    #[test]
    fn pages_that_promise_another_rust_are_seen() {
        assert_eq!(found_beside_changelog("README.md", "Needs Rust 1.85 or newer, as Rust 1.85.0.\n"), 0);
        assert_eq!(found_beside_changelog("README.md", "Needs Rust 1.84.\n"), 1);
        assert_eq!(found_beside_changelog("crates/x/README.md", "The MSRV is 1.8\n"), 1);
        assert_eq!(found_beside_changelog("docs/benchmarks.md", "Measured with Rust 1.95\n"), 0);
    }

    #[test]
    fn the_change_log_speaks_of_now() {
        let changelog = |text: &str| found(&[(CHANGELOG, text)]).len();
        assert_eq!(changelog("# Changes\n## [0.2.0] today\n"), 0);
        assert_eq!(changelog("## Unreleased\n"), 0);
        assert_eq!(changelog("## 0.1.0\nUnreleased\n"), 1);
        assert_eq!(found(&[]).len(), 1);
    }
}
