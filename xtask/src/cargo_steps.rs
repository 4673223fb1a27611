//! The steps that are one or two calls of cargo.

use crate::command;
use crate::runner::Outcome;
use crate::tools;
use crate::workspace::{Package, Workspace};
use std::process::Command;

/// The features that choose who does the cryptography; a crate that has one of them needs at least one turned on.
const BACKENDS: [&str; 2] = ["libsodium", "rustcrypto"];

/// Compiles OpenSSL from source for minutes and changes nothing else, so no step turns it on.
pub(crate) const VENDORED: &str = "vendored-tls";

/// Runs every test, then compares the work tree with what it was before.
pub(crate) fn tests(workspace: &Workspace) -> Result<Outcome, String> {
    let before = status(workspace)?;
    command::run(command::cargo(&workspace.root).args(["test", "--workspace", "--locked"]))?;
    let changes = differences(&before, &status(workspace)?);
    if changes.is_empty() {
        return Ok(Outcome::Passed);
    }
    Err(format!(
        "the tests changed the work tree; let them write to a scratch folder instead:\n{}",
        changes.join("\n")
    ))
}

/// The tests with the second backend: beside the first, which compares the two, and in its place; and those of the
/// transport's features.
pub(crate) fn backends(workspace: &Workspace) -> Result<Outcome, String> {
    for arguments in [
        ["--package=octoseal-crypto", "--all-features", "--lib", "--tests"],
        ["--package=octoseal-crypto", "--no-default-features", "--features=rustcrypto", "--tests"],
        ["--package=octoseal", "--no-default-features", "--features=rustcrypto", "--tests"],
        ["--package=octoseal-transport", "--features=http2,tower", "--lib", "--tests"],
    ] {
        command::run(command::cargo(&workspace.root).args(["test", "--locked"]).args(arguments))?;
    }
    Ok(Outcome::Passed)
}

/// The search of memory in the release profile; the dev profile's is among the other tests.
pub(crate) fn memory(workspace: &Workspace) -> Result<Outcome, String> {
    for backend in BACKENDS {
        let mut cargo = command::cargo(&workspace.root);
        cargo.args(["test", "--release", "--package=octoseal-crypto", "--test=memory", "--locked"]);
        command::run(cargo.args(["--no-default-features", "--features", backend]))?;
    }
    Ok(Outcome::Passed)
}

/// Formatting, compared and not changed.
pub(crate) fn fmt(workspace: &Workspace) -> Result<Outcome, String> {
    command::run(command::cargo(&workspace.root).args(["fmt", "--all", "--check"]))
        .map_err(|error| format!("{error}; `cargo fmt --all` mends it"))?;
    Ok(Outcome::Passed)
}

/// Clippy as one sees it in an editor: all crates at once, default features.
pub(crate) fn clippy(workspace: &Workspace) -> Result<Outcome, String> {
    let mut cargo = command::cargo(&workspace.root);
    cargo.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    command::run(&mut cargo)?;
    Ok(Outcome::Passed)
}

/// Clippy crate by crate with each set of features, since crates that are built together lend each other features.
pub(crate) fn hack(workspace: &Workspace) -> Result<Outcome, String> {
    let (sealing, other): (Vec<_>, Vec<_>) = workspace.packages.iter().partition(|package| seals(package));
    let backends = BACKENDS.join(",");
    hack_clippy(workspace, &sealing, &["--at-least-one-of", backends.as_str()])?;
    hack_clippy(workspace, &other, &[])?;
    Ok(Outcome::Passed)
}

/// The documentation of our crates, where a broken link is an error.
pub(crate) fn docs(workspace: &Workspace) -> Result<Outcome, String> {
    let mut cargo = command::cargo(&workspace.root);
    cargo.env("RUSTDOCFLAGS", "-D warnings");
    // What only a feature brings is documented, too.
    cargo.args([
        "doc",
        "--workspace",
        "--no-deps",
        "--locked",
        "--features",
        "octoseal/http2,octoseal/tower",
    ]);
    command::run(&mut cargo)?;
    Ok(Outcome::Passed)
}

/// The dependencies against `.cargo/deny.toml`; the advisories need a database from the network and are not asked.
pub(crate) fn deny(workspace: &Workspace) -> Result<Outcome, String> {
    println!("advisories are not checked here: their database lives in the network (docs/testing.md)");
    let mut cargo = tools::DENY.cargo(workspace)?;
    cargo.args(["deny", "--locked", "check"]);
    command::run(cargo.args(["bans", "licenses", "sources"]))?;
    Ok(Outcome::Passed)
}

fn hack_clippy(workspace: &Workspace, packages: &[&Package], extra: &[&str]) -> Result<(), String> {
    if packages.is_empty() {
        return Ok(());
    }
    let mut cargo = tools::HACK.cargo(workspace)?;
    cargo.args(["hack", "clippy", "--feature-powerset"]);
    cargo.args(["--exclude-features", &format!("default,{VENDORED}")]);
    cargo.args(extra);
    for package in packages {
        cargo.args(["--package", &package.name]);
    }
    command::run(cargo.args(["--all-targets", "--locked", "--", "-D", "warnings"]))
}

fn seals(package: &Package) -> bool {
    BACKENDS.iter().any(|backend| package.features.iter().any(|feature| feature == backend))
}

fn status(workspace: &Workspace) -> Result<String, String> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root);
    command::read(git.args(["status", "--porcelain", "--untracked-files=all"]))
}

/// The lines that stand in only one of the two, with a sign for which.
pub(crate) fn differences(before: &str, after: &str) -> Vec<String> {
    let only = |here: &str, there: &str, sign: char| {
        let lines = here.lines().filter(|line| !there.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign} {line}")).collect::<Vec<_>>()
    };
    [only(before, after, '-'), only(after, before, '+')].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_left_behind_by_the_tests_is_seen() {
        assert_eq!(differences(" M a\n", " M a\n?? b\n"), ["+ ?? b"]);
        assert_eq!(differences(" M a\n", ""), ["-  M a"]);
    }

    #[test]
    fn a_tree_that_was_dirty_and_stays_so_passes() {
        assert!(differences(" M a\n?? b\n", " M a\n?? b\n").is_empty());
    }

    #[test]
    fn a_crate_with_any_backend_feature_seals() {
        let with = |feature: &str| Package {
            features: vec!["default".to_owned(), feature.to_owned()],
            ..Package::default()
        };
        assert!(seals(&with("libsodium")));
        assert!(seals(&with("rustcrypto")));
        assert!(!seals(&with(VENDORED)));
    }
}
