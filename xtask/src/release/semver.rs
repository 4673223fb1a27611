//! The step `semver`: the API changes since the last tag match the version.

use super::git;
use crate::runner::Outcome;
use crate::workspace::{Package, Workspace};
use crate::{process, tools};

/// Compares each published library with the last tag.
pub(super) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let tags = git(workspace, &["tag", "--list", "v[0-9]*", "--sort=-version:refname", "--merged", "HEAD"])?;
    let Some(tag) = tags.lines().next() else {
        println!("there is no tag yet, so there is nothing to compare");
        return Ok(Outcome::Passed);
    };
    println!("since {tag}:");
    for package in workspace.libraries() {
        if git(workspace, &["cat-file", "-e", &format!("{tag}:{}", package.manifest)]).is_err() {
            println!("{} is new", package.name);
            continue;
        }
        compare(workspace, package, tag)?;
    }
    Ok(Outcome::Passed)
}

fn compare(workspace: &Workspace, package: &Package, tag: &str) -> Result<(), String> {
    let mut cargo = tools::SEMVER.cargo(workspace)?;
    cargo.args(["semver-checks", "--package", &package.name, "--baseline-rev", tag]);
    // Nothing is linked, so libsodium's folder may be empty.
    cargo.env("SODIUM_LIB_DIR", &workspace.target);
    let features: Vec<_> = package.features().collect();
    process::run(cargo.args(["--only-explicit-features", "--features", &features.join(",")]))
}
