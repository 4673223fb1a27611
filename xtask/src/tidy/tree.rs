//! What the rules look at: the text of every file of the project, and cargo's view of our crates.

use crate::command;
use crate::workspace::{Package, Workspace};
use std::fs;
use std::process::Command;

/// The project's files and crates.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    pub(super) packages: Vec<Package>,
    pub(super) rust_version: String,
}

/// One file.
pub(super) struct File {
    /// From the root, with `/`.
    pub(super) path: String,
    /// Empty for what is not UTF-8.
    pub(super) text: String,
}

impl Tree {
    /// Reads what `git ls-files` lists, and what would be listed after `git add`.
    ///
    /// # Errors
    ///
    /// If git cannot be asked.
    pub(super) fn read(workspace: &Workspace) -> Result<Self, String> {
        let mut git = Command::new("git");
        git.current_dir(&workspace.root);
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]);
        let listing = command::read(&mut git)?;
        let mut files = Vec::new();
        for path in listing.split('\0').filter(|path| !path.is_empty()) {
            // A deleted file stays in git's list until the deletion is committed.
            if let Ok(bytes) = fs::read(workspace.root.join(path)) {
                files
                    .push(File { path: path.to_owned(), text: String::from_utf8(bytes).unwrap_or_default() });
            }
        }
        Ok(Self { files, packages: workspace.packages.clone(), rust_version: workspace.rust_version.clone() })
    }

    /// The text of one file.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        let file = self.files.iter().find(|file| file.path == path)?;
        Some(&file.text)
    }

    /// Whether there is such a file, or a folder with files in it.
    pub(super) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    /// The Cargo.toml of each crate of this workspace; octoseal-lab is a workspace of its own.
    pub(super) fn crate_manifests(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| {
            let folder = file.path.strip_suffix("/Cargo.toml").unwrap_or_default();
            let name = folder.strip_prefix("crates/").unwrap_or_default();
            folder == "xtask" || (!name.is_empty() && !name.contains('/') && name != "octoseal-lab")
        })
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files =
            files.iter().map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() });
        Self { files: files.collect(), packages: Vec::new(), rust_version: "1.85".to_owned() }
    }
}

impl File {
    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Whether this is source that users run, as against tests, benches and their data.
    pub(super) fn is_source(&self) -> bool {
        let apart = |folder: &str| folder == "tests" || folder == "benches";
        self.is_rust()
            && self.path.split('/').any(|folder| folder == "src")
            && !self.path.split('/').any(apart)
            && !self.path.ends_with("/tests.rs")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_benches_are_not_source() {
        let source = |path: &str| Tree::of(&[(path, "")]).files[0].is_source();
        assert!(source("crates/octoseal/src/keys.rs"));
        assert!(!source("crates/octoseal/src/keys/tests.rs"));
        assert!(!source("crates/octoseal/tests/seal.rs"));
        assert!(!source("crates/octoseal-lab/benches/src/seal.rs"));
        assert!(!source("crates/octoseal/src/data.json"));
    }

    #[test]
    fn the_lab_and_test_crates_have_no_manifest_of_ours() {
        let tree = Tree::of(&[
            ("crates/octoseal/Cargo.toml", ""),
            ("crates/octoseal-lab/Cargo.toml", ""),
            ("crates/octoseal/tests/small/Cargo.toml", ""),
            ("xtask/Cargo.toml", ""),
            ("Cargo.toml", ""),
        ]);
        let paths: Vec<_> = tree.crate_manifests().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["crates/octoseal/Cargo.toml", "xtask/Cargo.toml"]);
    }

    #[test]
    fn a_folder_is_there_when_it_holds_a_file() {
        let tree = Tree::of(&[("docs/decisions/0001-x.md", "")]);
        assert!(tree.has("docs/decisions"));
        assert!(!tree.has("docs/dec"));
    }
}
