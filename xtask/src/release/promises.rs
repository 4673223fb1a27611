//! What the tree itself says of a release: it is clean, has one version, and the change log speaks of it.

use crate::command;
use crate::manifest;
use crate::runner::Outcome;
use crate::workspace::{Package, Workspace};
use std::fs;
use std::process::Command;

const CHANGELOG: &str = "docs/changelog.md";

/// Whether everything is committed: what is packed is then what others can read.
pub(super) fn clean(workspace: &Workspace) -> Result<Outcome, String> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root).args(["status", "--porcelain", "--untracked-files=all"]);
    let changes = command::read(&mut git)?;
    match changes.is_empty() {
        true => Ok(Outcome::Passed),
        false => Err(format!("these are not committed:\n{changes}")),
    }
}

/// Whether our crates have one version, ask for one another by it, and it has no tag on another commit.
pub(super) fn versions(workspace: &Workspace) -> Result<Outcome, String> {
    let root = root_manifest(workspace)?;
    let version = version(&root)?;
    let wrong = wrong_versions(&version, &root, &workspace.packages);
    if !wrong.is_empty() {
        return Err(format!("the version is {version}, but not everywhere:\n{}", wrong.join("\n")));
    }
    let tag = format!("v{version}");
    let commit = |name: &str| {
        let mut git = Command::new("git");
        git.current_dir(&workspace.root).args(["rev-parse", "--verify", "--quiet"]);
        command::read(git.arg(format!("{name}^{{commit}}"))).ok()
    };
    match commit(&tag) {
        Some(tagged) if Some(&tagged) != commit("HEAD").as_ref() => {
            Err(format!("{tag} is a tag on another commit: raise the version under [workspace.package]"))
        }
        _ => Ok(Outcome::Passed),
    }
}

/// Whether there is a section for this version; until the day of the release it is called `Unreleased`.
pub(super) fn changelog(workspace: &Workspace) -> Result<Outcome, String> {
    let version = version(&root_manifest(workspace)?)?;
    let page = fs::read_to_string(workspace.root.join(CHANGELOG));
    let page = page.map_err(|error| format!("{CHANGELOG}: {error}"))?;
    if has_section(&page, &version) {
        return Ok(Outcome::Passed);
    }
    if has_section(&page, "Unreleased") {
        println!("on the day of the release, write `## {version}` in the place of `## Unreleased`");
        return Ok(Outcome::Passed);
    }
    Err(format!("{CHANGELOG} has no section `## {version}` with what changed for users"))
}

fn root_manifest(workspace: &Workspace) -> Result<String, String> {
    fs::read_to_string(workspace.root.join("Cargo.toml")).map_err(|error| format!("Cargo.toml: {error}"))
}

fn version(root: &str) -> Result<String, String> {
    let version = manifest::value(root, "workspace.package", "version");
    version.ok_or_else(|| "the root Cargo.toml has no version under [workspace.package]".to_owned())
}

/// Where another version stands.
fn wrong_versions(version: &str, root: &str, packages: &[Package]) -> Vec<String> {
    let ours = packages.iter().filter(|package| package.published && package.version != version);
    let crates = ours.map(|package| format!("{}: {}", package.manifest, package.version));
    let table = manifest::entries(root).into_iter();
    let asked = table.filter(|entry| {
        entry.section == "workspace.dependencies"
            && entry.value.contains("path = \"crates/")
            && !entry.value.contains(&format!("version = \"{version}\""))
    });
    let asked = asked.map(|entry| format!("Cargo.toml:{}: {} = {}", entry.line, entry.key, entry.value));
    crates.chain(asked).collect()
}

/// Whether a heading of the second level has this word, and something stands below it.
fn has_section(page: &str, word: &str) -> bool {
    let mut lines = page.lines();
    let named = |line: &str| {
        let heading = line.strip_prefix("## ").unwrap_or_default();
        heading.split([' ', '[', ']']).any(|found| found == word)
    };
    lines.any(named)
        && lines.take_while(|line| !line.starts_with("## ")).any(|line| line.starts_with(['*', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_has_a_heading_and_something_below_it() {
        let page = "# Changes\n\n## [0.2.0] today\n\n### Added\n\n* A.\n\n## 0.1.0\n\n## Unreleased\n- B.\n";
        assert!(has_section(page, "0.2.0") && has_section(page, "Unreleased"));
        assert!(!has_section(page, "0.1.0") && !has_section(page, "0.3.0"));
    }

    #[test]
    fn every_place_with_another_version_is_named() {
        let root = "[workspace.dependencies]\n\
            a = { path = \"crates/a\", version = \"0.2.0\" }\n\
            b = { path = \"crates/b\", version = \"0.1.0\" }\n\
            c = { version = \"1\" }\n";
        let package = |version: &str, published| Package {
            manifest: "crates/a/Cargo.toml".to_owned(),
            version: version.to_owned(),
            published,
            ..Package::default()
        };
        let packages = [package("0.2.0", true), package("0.1.0", true), package("0.0.0", false)];
        let wrong = wrong_versions("0.2.0", root, &packages);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert!(
            wrong[0].starts_with("crates/a/Cargo.toml: 0.1.0") && wrong[1].starts_with("Cargo.toml:3: b")
        );
    }
}
