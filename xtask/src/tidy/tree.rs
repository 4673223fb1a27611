//! The input of the rules: the text of every file, and cargo's description of the crates.

use crate::process;
use crate::workspace::{Package, Workspace};
use std::fs;
use std::process::Command;

/// The project's files and crates.
#[derive(Default)]
pub(super) struct Tree {
    pub(super) files: Vec<File>,
    pub(super) packages: Vec<Package>,
}

/// A file.
pub(super) struct File {
    /// The path from the root, with `/`.
    pub(super) path: String,
    /// The text; empty if it is not UTF-8.
    pub(super) text: String,
}

impl Tree {
    /// Reads the files that git tracks, and those that `git add` would add.
    pub(super) fn read(workspace: &Workspace) -> Result<Self, String> {
        let mut git = Command::new("git");
        git.current_dir(&workspace.root);
        git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"]);
        let listing = process::read(&mut git)?;
        // Git lists a deleted file until the deletion is committed.
        let files = listing.split('\0').filter_map(|path| {
            let bytes = fs::read(workspace.root.join(path)).ok()?;
            Some(File { path: path.to_owned(), text: String::from_utf8(bytes).unwrap_or_default() })
        });
        Ok(Self { files: files.collect(), packages: workspace.packages.clone() })
    }

    /// Returns the text of one file.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    /// Returns whether there is such a file, or a folder with files in it.
    pub(super) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File { path: (*path).into(), text: (*text).into() };
        Self { files: files.iter().map(file).collect(), packages: Vec::new() }
    }
}

impl File {
    pub(super) fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Returns whether this is the source of a program or library, as opposed to tests and benchmarks.
    pub(super) fn is_source(&self) -> bool {
        let mut folders = self.path.split('/');
        let is_test = self.path.split('/').any(|folder| ["tests", "benches", "tests.rs"].contains(&folder));
        self.is_rust() && folders.any(|folder| folder == "src") && !is_test
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_benchmarks_are_not_source() {
        let source = |path: &str| Tree::of(&[(path, "")]).files[0].is_source();
        assert!(source("crates/octoseal/src/keys.rs"));
        for path in ["src/keys/tests.rs", "tests/seal.rs", "benches/src/seal.rs", "src/data.json"] {
            assert!(!source(&format!("crates/octoseal/{path}")), "{path}");
        }
    }

    #[test]
    fn a_folder_exists_if_it_has_a_file() {
        let tree = Tree::of(&[("docs/decisions/0001-x.md", "")]);
        assert!(tree.has("docs/decisions"));
        assert!(!tree.has("docs/dec"));
    }
}
