//! Where files stand and how they begin: the top level, first lines, lengths, no module files without a name.

use super::Violation;
use super::tree::{File, Tree};

/// What may stand at the root beside hidden files.
const TOP: &[&str] =
    &["Cargo.toml", "Cargo.lock", "crates", "xtask", "docs", "README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// The most lines of a source file.
const LONGEST: usize = 300;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let rules = [top_level, first_line, length, module_name];
    let files = tree.files.iter();
    files.flat_map(|file| rules.iter().filter_map(move |rule| rule(file))).collect()
}

fn top_level(file: &File) -> Option<Violation> {
    let first = file.path.split('/').next().unwrap_or_default();
    if TOP.contains(&first) || first.starts_with('.') {
        return None;
    }
    let message = format!("`{first}` does not belong to the top level; move it under crates, docs or xtask");
    Some(Violation::new(&file.path, 1, message))
}

fn first_line(file: &File) -> Option<Violation> {
    if !file.is_rust() || file.text.starts_with("//! ") {
        return None;
    }
    let message = "the first line does not say what the file is for; begin with `//! `";
    Some(Violation::new(&file.path, 1, message))
}

fn length(file: &File) -> Option<Violation> {
    let lines = file.text.lines().count();
    if !file.is_source() || lines <= LONGEST {
        return None;
    }
    let message = format!("{lines} lines, more than {LONGEST}; split the file by topic");
    Some(Violation::new(&file.path, LONGEST + 1, message))
}

fn module_name(file: &File) -> Option<Violation> {
    let folders: Vec<_> = file.path.split('/').collect();
    if folders.last() != Some(&"mod.rs") || folders.contains(&"tests") {
        return None;
    }
    let message = "the file does not tell its topic; move it beside its folder and name it after the folder";
    Some(Violation::new(&file.path, 1, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn a_stranger_at_the_top_level_is_seen() {
        assert_eq!(found("notes.md", ""), 1);
        assert_eq!(found("scripts/run.sh", ""), 1);
        assert_eq!(found("docs/notes.md", ""), 0);
        assert_eq!(found(".ci/run", ""), 0);
    }

    #[test]
    fn every_rust_file_begins_with_its_purpose() {
        assert_eq!(found("crates/x/tests/ui/a.rs", "fn main() {}\n"), 1);
        assert_eq!(found("crates/x/tests/ui/a.rs", "//! Must not compile.\n"), 0);
        assert_eq!(found("crates/x/src/a.rs", "//!\n"), 1);
    }

    #[test]
    fn a_source_file_has_at_most_300_lines() {
        let text = |lines: usize| format!("//! X.\n{}", "\n".repeat(lines - 1));
        assert_eq!(found("crates/x/src/a.rs", &text(300)), 0);
        assert_eq!(found("crates/x/src/a.rs", &text(301)), 1);
        assert_eq!(found("crates/x/tests/a.rs", &text(301)), 0);
    }

    #[test]
    fn a_module_file_has_a_name_except_under_tests() {
        assert_eq!(found("crates/x/src/a/mod.rs", "//! X.\n"), 1);
        assert_eq!(found("crates/x/tests/support/mod.rs", "//! X.\n"), 0);
    }
}
