//! Manifests: one table of dependencies with reasons, one version, and the requirements of a published crate.

use super::Violation;
use super::tree::Tree;
use crate::workspace::Package;
use std::iter;
use toml_edit::{Document, Item, Key, Table};

const ROOT: &str = "Cargo.toml";

/// The files that the registry shows, or that the licenses require.
const FILES: [&str; 3] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let text = |path: &str| tree.text(path).unwrap_or_default();
    let mut violations = match Manifest::parse(ROOT, text(ROOT)) {
        Ok(root) => root_dependencies(&root),
        Err(violation) => vec![violation],
    };
    for package in &tree.packages {
        match Manifest::parse(&package.manifest, text(&package.manifest)) {
            Ok(manifest) => violations.extend(crate_dependencies(&manifest)),
            Err(violation) => violations.push(violation),
        }
        violations.extend(package_needs(tree, package));
    }
    violations
}

/// A parsed Cargo.toml that knows its lines.
struct Manifest<'a> {
    path: &'a str,
    document: Document<&'a str>,
}

impl<'a> Manifest<'a> {
    fn parse(path: &'a str, text: &'a str) -> Result<Self, Violation> {
        match Document::parse(text) {
            Ok(document) => Ok(Self { path, document }),
            Err(error) => Err(Violation::new(path, 1, error.message())),
        }
    }

    /// Returns a violation at the line of a key.
    fn violation(&self, table: &Table, key: &str, message: String) -> Violation {
        let start = table.key(key).and_then(Key::span).map_or(0, |span| span.start);
        Violation::new(self.path, self.document.raw()[..start].matches('\n').count() + 1, message)
    }

    /// Returns whether a comment follows a value on its last line.
    fn has_comment(&self, value: &Item) -> bool {
        let end = value.span().map_or(0, |span| span.end);
        self.document.raw()[end..].lines().next().is_some_and(|rest| rest.trim_start().starts_with("# "))
    }
}

/// Checks the root table: crates of the workspace have its version, others a reason and no default features.
fn root_dependencies(root: &Manifest<'_>) -> Vec<Violation> {
    let Some(workspace) = root.document.get("workspace") else { return Vec::new() };
    let version = workspace.get("package").and_then(|package| package.get("version")?.as_str());
    let Some(table) = workspace.get("dependencies").and_then(Item::as_table) else { return Vec::new() };
    let mut violations = Vec::new();
    for (name, value) in table {
        let mut check = |holds: bool, message: &str| {
            if !holds {
                violations.push(root.violation(table, name, format!("`{name}` {message}")));
            }
        };
        if value.get("path").is_some() {
            let required = value.get("version").and_then(Item::as_str);
            check(required == version, "has another version than [workspace.package]; make them equal");
        } else {
            check(root.has_comment(value), "has no reason; say after `# ` what we need it for");
            let off = value.get("default-features").and_then(Item::as_bool) == Some(false);
            check(off, "has default features; write `default-features = false` and list the features in use");
        }
    }
    violations
}

/// Checks that every dependency of a crate comes from the root table, and its lints too.
fn crate_dependencies(manifest: &Manifest<'_>) -> Vec<Violation> {
    let inherited = |item: &Item| item.get("workspace").and_then(Item::as_bool) == Some(true);
    let mut violations = Vec::new();
    for table in dependency_tables(&manifest.document) {
        for (name, _) in table.iter().filter(|(_, value)| !inherited(value)) {
            let message = format!(
                "`{name}` is not from the root table; add it there and write `{name}.workspace = true`"
            );
            violations.push(manifest.violation(table, name, message));
        }
    }
    if !manifest.document.get("lints").is_some_and(inherited) {
        let message = "the crate lacks the workspace's lints; add `[lints]` with `workspace = true`";
        violations.push(Violation::new(manifest.path, 1, message));
    }
    violations
}

fn dependency_tables(manifest: &Table) -> impl Iterator<Item = &Table> {
    let targets = manifest.get("target").and_then(Item::as_table).into_iter().flatten();
    let tables = iter::once(manifest).chain(targets.filter_map(|(_, target)| target.as_table()));
    tables.flat_map(|table| {
        let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
        kinds.into_iter().filter_map(|kind| table.get(kind)?.as_table())
    })
}

/// Checks what readers of a registry need: a description, a README, and for libraries the settings of docs.rs.
fn package_needs(tree: &Tree, package: &Package) -> Vec<Violation> {
    let published = package.is_published();
    let version = tree.packages.first().map(|first| &first.version);
    let oldest_rust = tree.packages.iter().map(|package| &package.rust_version).min();
    let documented = package.metadata.pointer("/docs/rs").is_some();
    let rules = [
        (package.description.is_some(), "the crate has no description; say in one line what it is for"),
        (
            version == Some(&package.version),
            "the crate has its own version; write `version.workspace = true`",
        ),
        (
            !package.is_library() || Some(&package.rust_version) == oldest_rust,
            "a library compiles with the workspace's oldest Rust; write `rust-version.workspace = true`",
        ),
        (
            !published || FILES.iter().all(|name| tree.has(&format!("{}/{name}", package.folder()))),
            "the crate lacks README.md, LICENSE-MIT or LICENSE-APACHE; the licenses are links to the root's",
        ),
        (
            !published || !package.is_library() || documented,
            "docs.rs does not know the features to show; add `[package.metadata.docs.rs]`",
        ),
    ];
    let broken = rules.into_iter().filter(|(holds, _)| !holds);
    broken.map(|(_, message)| Violation::new(&package.manifest, 1, message)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn root(line: &str) -> Vec<String> {
        let text = format!("[workspace.package]\nversion = \"1.0.0\"\n[workspace.dependencies]\n{line}\n");
        check(&Tree::of(&[(ROOT, &text)])).iter().map(ToString::to_string).collect()
    }

    /// Returns the number of violations in a crate with this manifest and cargo's description of it, and in xtask.
    fn of_crate(text: &str, metadata: Value) -> usize {
        let mut package = json!({"manifest_path": "crates/x/Cargo.toml", "description": "X",
            "targets": [{"kind": ["lib"]}], "metadata": {"docs": {"rs": {}}}, "rust_version": "1.85"});
        let xtask = json!({"manifest_path": "xtask/Cargo.toml", "description": "X", "publish": [],
            "rust_version": "1.85"});
        let changes = metadata.as_object().unwrap().clone();
        package.as_object_mut().unwrap().extend(changes);
        let files = FILES.map(|name| format!("crates/x/{name}"));
        let mut tree = Tree::of(&files.each_ref().map(|path| (path.as_str(), "")));
        tree.files.extend(Tree::of(&[("crates/x/Cargo.toml", text), ("xtask/Cargo.toml", LINTS)]).files);
        tree.packages = [package, xtask].map(|package| serde_json::from_value(package).unwrap()).to_vec();
        check(&tree).len()
    }

    const LINTS: &str = "[lints]\nworkspace = true\n";

    #[test]
    fn the_root_table_has_reasons_no_default_features_and_our_version() {
        assert_eq!(root("a = { version = \"1\", default-features = false } # sockets"), [""; 0]);
        assert_eq!(root("a = { version = \"1\", default-features = false }").len(), 1);
        assert_eq!(root("a = { version = \"1\" } # sockets").len(), 1);
        let violations = root("\na = \"1\"");
        assert!(violations.len() == 2 && violations[0].starts_with("Cargo.toml:5: `a` has no reason"));
        assert_eq!(root("ours = { path = \"crates/ours\", version = \"1.0.0\" }"), [""; 0]);
        assert_eq!(root("ours = { path = \"crates/ours\", version = \"0.9.0\" }").len(), 1);
    }

    #[test]
    fn a_crate_takes_dependencies_and_lints_from_the_root() {
        for (text, violations) in [
            ("[dependencies]\na.workspace = true\nb = { workspace = true, optional = true }\n", 0),
            ("[dependencies]\na = \"1\"\n", 1),
            ("[dev-dependencies]\na = { path = \"../a\" }\n", 1),
            ("[target.'cfg(unix)'.dependencies]\na = \"1\"\n", 1),
            ("[dependencies.a]\nversion = \"1\"\n", 1),
            ("[features]\ndefault = [\"a\"]\n[package]\nname = \"x\"\n", 0),
        ] {
            assert_eq!(of_crate(&format!("{text}{LINTS}"), json!({})), violations, "{text}");
        }
        assert_eq!(of_crate("[lints.rust]\nunsafe_code = \"warn\"\n", json!({})), 1);
        assert_eq!(of_crate("[lints\n", json!({})), 1);
    }

    #[test]
    fn only_a_program_may_need_a_newer_rust() {
        assert_eq!(of_crate(LINTS, json!({"rust_version": "1.96"})), 1);
        assert_eq!(of_crate(LINTS, json!({"rust_version": "1.96", "targets": []})), 0);
    }

    #[test]
    fn a_published_crate_has_a_description_its_files_and_settings_for_docs_rs() {
        assert_eq!(of_crate(LINTS, json!({"description": null})), 1);
        assert_eq!(of_crate(LINTS, json!({"metadata": null})), 1);
        assert_eq!(of_crate(LINTS, json!({"metadata": null, "targets": []})), 0);
        assert_eq!(of_crate(LINTS, json!({"metadata": null, "publish": []})), 0);
        let elsewhere = "crates/y/Cargo.toml";
        assert_eq!(of_crate(LINTS, json!({"manifest_path": elsewhere, "publish": []})), 1, "no lints there");
        assert_eq!(of_crate(LINTS, json!({"manifest_path": elsewhere})), 2, "no lints, no files");
    }
}
