//! Places and beginnings of files: the top level, first lines, lengths, names of modules.

use super::Violation;
use super::tree::{File, Tree};

/// The files and folders at the top level, apart from hidden ones.
const TOP: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "crates", "xtask", "docs", "README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// The maximum length of a source file, in lines.
const LONGEST: usize = 300;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let rules = [top_level, first_line, length, module_name];
    tree.files.iter().flat_map(|file| rules.iter().filter_map(move |rule| rule(file))).collect()
}

fn top_level(file: &File) -> Option<Violation> {
    let first = file.path.split('/').next().unwrap_or_default();
    let allowed = TOP.contains(&first) || first.starts_with('.');
    let message = format!("`{first}` does not belong at the top level; move it into crates, docs or xtask");
    (!allowed).then(|| Violation::new(&file.path, 1, message))
}

fn first_line(file: &File) -> Option<Violation> {
    let message = "the first line does not describe the file; begin with `//! `";
    (file.is_rust() && !file.text.starts_with("//! ")).then(|| Violation::new(&file.path, 1, message))
}

fn length(file: &File) -> Option<Violation> {
    let lines = file.text.lines().count();
    let message = format!("the file has {lines} lines, more than {LONGEST}; split it by topic");
    (file.is_source() && lines > LONGEST).then(|| Violation::new(&file.path, LONGEST + 1, message))
}

fn module_name(file: &File) -> Option<Violation> {
    let folders: Vec<_> = file.path.split('/').collect();
    let nameless = folders.last() == Some(&"mod.rs") && !folders.contains(&"tests");
    let message = "the name `mod.rs` has no meaning; name the file after its folder and move it next to it";
    nameless.then(|| Violation::new(&file.path, 1, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_inputs_that_it_refuses_and_accepts() {
        let lines = |lines: usize| format!("//! X.\n{}", "\n".repeat(lines - 1));
        for (path, text, violations) in [
            ("notes.md", "", 1),
            ("scripts/run.sh", "", 1),
            ("docs/notes.md", "", 0),
            (".ci/run", "", 0),
            ("crates/x/tests/ui/a.rs", "fn main() {}\n", 1),
            ("crates/x/tests/ui/a.rs", "//! Must not compile.\n", 0),
            ("crates/x/src/a.rs", "//!\n", 1),
            ("crates/x/src/a.rs", &lines(300), 0),
            ("crates/x/src/a.rs", &lines(301), 1),
            ("crates/x/tests/a.rs", &lines(301), 0),
            ("crates/x/src/a/mod.rs", "//! X.\n", 1),
            ("crates/x/tests/support/mod.rs", "//! X.\n", 0),
        ] {
            assert_eq!(check(&Tree::of(&[(path, text)])).len(), violations, "{path}: {text}");
        }
    }
}
