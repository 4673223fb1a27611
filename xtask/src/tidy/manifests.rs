//! The one dependency table: a reason for each entry, no default features, and every crate takes its own from there.

use super::Violation;
use super::tree::Tree;
use crate::manifest::{self, Entry};

const ROOT: &str = "Cargo.toml";

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let root = tree.text(ROOT).unwrap_or_default();
    let table = manifest::entries(root);
    let table = table.iter().filter(|entry| entry.section == "workspace.dependencies");
    let mut violations: Vec<_> = table.flat_map(table_entry).collect();
    for file in tree.crate_manifests() {
        let entries = manifest::entries(&file.text);
        violations.extend(entries.iter().filter_map(|entry| crate_entry(&file.path, entry)));
    }
    violations
}

/// An entry of the table says why it is there, and takes only what is asked for.
fn table_entry(entry: &Entry) -> Vec<Violation> {
    if entry.value.contains("path = \"crates/") {
        return Vec::new();
    }
    let mut violations = Vec::new();
    if entry.comment.is_empty() {
        let message = format!("`{}` has no reason; say behind `#` what we need it for", entry.key);
        violations.push(Violation::new(ROOT, entry.line, message));
    }
    if !entry.value.contains("default-features = false") {
        let message = format!(
            "`{}` comes with its default features; write `default-features = false` and name those we use",
            entry.key
        );
        violations.push(Violation::new(ROOT, entry.line, message));
    }
    violations
}

/// A crate's dependency is `name.workspace = true` or `name = { workspace = true, … }`.
fn crate_entry(path: &str, entry: &Entry) -> Option<Violation> {
    let (table, name) = dependency(entry)?;
    let short = entry.key.ends_with(".workspace") && entry.value == "true";
    if table && (short || entry.value.contains("workspace = true")) {
        return None;
    }
    let message = format!(
        "`{name}` does not come from the root table; list it there and write `{name}.workspace = true`"
    );
    Some(Violation::new(path, entry.line, message))
}

/// The name of the dependency this entry is about, and whether it stands on one line in a table of dependencies.
fn dependency(entry: &Entry) -> Option<(bool, &str)> {
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let section = entry.section.as_str();
    let last = section.rsplit('.').next().unwrap_or_default();
    if kinds.contains(&last) {
        return Some((true, entry.key.trim_end_matches(".workspace")));
    }
    let parts: Vec<_> = section.split('.').collect();
    let apart = parts.len() > 1 && kinds.contains(&parts[parts.len() - 2]);
    apart.then_some((false, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(line: &str) -> usize {
        let text = format!("[workspace.dependencies]\n{line}\n");
        check(&Tree::of(&[(ROOT, &text)])).len()
    }

    fn of_crate(text: &str) -> usize {
        check(&Tree::of(&[("crates/x/Cargo.toml", text)])).len()
    }

    #[test]
    fn the_table_wants_a_reason_and_no_default_features() {
        assert_eq!(root("a = { version = \"1\", default-features = false } # why"), 0);
        assert_eq!(root("a = { version = \"1\", default-features = false }"), 1);
        assert_eq!(root("a = { version = \"1\" } # why"), 1);
        assert_eq!(root("a = \"1\""), 2);
        assert_eq!(root("ours = { path = \"crates/ours\", version = \"0.1.0\" }"), 0);
    }

    #[test]
    fn a_crate_takes_every_dependency_from_the_table() {
        assert_eq!(
            of_crate("[dependencies]\na.workspace = true\nb = { workspace = true, optional = true }\n"),
            0
        );
        assert_eq!(of_crate("[dependencies]\na = \"1\"\n"), 1);
        assert_eq!(of_crate("[dev-dependencies]\na = { path = \"../a\" }\n"), 1);
        assert_eq!(of_crate("[target.'cfg(unix)'.dependencies]\na = \"1\"\n"), 1);
        assert_eq!(of_crate("[dependencies.a]\nversion = \"1\"\n"), 1);
    }

    #[test]
    fn other_tables_are_no_dependencies() {
        assert_eq!(of_crate("[features]\ndefault = [\"a\"]\n[package]\nname = \"x\"\n"), 0);
    }
}
