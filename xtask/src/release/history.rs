//! The step `semver`: what changed in the API since the last tag, against what the version says.

use crate::cargo_steps::VENDORED;
use crate::command;
use crate::runner::Outcome;
use crate::tools;
use crate::workspace::{Package, Workspace};
use std::process::Command;

/// Compares each published library with what it was at the last tag.
pub(super) fn semver(workspace: &Workspace) -> Result<Outcome, String> {
    let Some(tag) = last_tag(workspace)? else {
        println!("no tag yet: nothing to compare");
        return Ok(Outcome::Passed);
    };
    println!("since {tag}");
    for package in workspace.packages.iter().filter(|package| package.published && package.library) {
        if git(workspace, &["cat-file", "-e", &format!("{tag}:{}", package.manifest)]).is_err() {
            println!("{} is new", package.name);
            continue;
        }
        compare(workspace, package, &tag)?;
    }
    Ok(Outcome::Passed)
}

fn compare(workspace: &Workspace, package: &Package, tag: &str) -> Result<(), String> {
    let mut cargo = tools::SEMVER.cargo(workspace)?;
    cargo.args(["semver-checks", "--package", &package.name, "--baseline-rev", tag]);
    // Nothing is linked, so there is no need to build libsodium: any folder will do.
    cargo.env("SODIUM_LIB_DIR", &workspace.target);
    // Not every feature there is: one of them would build OpenSSL.
    cargo.args(["--only-explicit-features", "--features", &features(package)]);
    command::run(&mut cargo)
}

fn features(package: &Package) -> String {
    let features = package.features.iter().filter(|feature| feature.as_str() != VENDORED);
    features.map(String::as_str).collect::<Vec<_>>().join(",")
}

/// The highest version that is tagged before this commit.
fn last_tag(workspace: &Workspace) -> Result<Option<String>, String> {
    let tags = git(workspace, &["tag", "--list", "v[0-9]*", "--sort=-version:refname", "--merged", "HEAD"])?;
    Ok(tags.lines().next().map(str::to_owned))
}

fn git(workspace: &Workspace, arguments: &[&str]) -> Result<String, String> {
    let mut git = Command::new("git");
    command::read(git.current_dir(&workspace.root).args(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_is_compared_but_the_one_that_builds_openssl() {
        let features = vec!["default".to_owned(), VENDORED.to_owned(), "tls".to_owned()];
        assert_eq!(super::features(&Package { features, ..Package::default() }), "default,tls");
    }
}
