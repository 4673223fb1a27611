//! The steps that are one or a few calls of cargo.

use crate::process;
use crate::runner::Outcome;
use crate::tools;
use crate::workspace::{Package, VENDORED_TLS, Workspace};
use std::process::Command;

/// The features that choose the cryptography. A crate that has one of them needs at least one turned on.
const BACKENDS: [&str; 2] = ["libsodium", "rustcrypto"];

/// Runs every test, then compares the work tree with its state before.
pub(crate) fn tests(workspace: &Workspace) -> Result<Outcome, String> {
    let before = uncommitted(workspace)?;
    cargo(workspace, "test --workspace --locked")?;
    let changes = differences(&before, &uncommitted(workspace)?);
    if changes.is_empty() {
        return Ok(Outcome::Passed);
    }
    let changes = changes.join("\n");
    Err(format!("the tests changed the work tree; let them write to a temporary folder instead:\n{changes}"))
}

/// Tests both sealing backends together, the pure one alone, and the transport's features.
pub(crate) fn backends(workspace: &Workspace) -> Result<Outcome, String> {
    for arguments in [
        "--package=octoseal-crypto --all-features --lib --tests",
        "--package=octoseal-crypto --no-default-features --features=rustcrypto --tests",
        "--package=octoseal --no-default-features --features=rustcrypto --tests",
        "--package=octoseal-transport --features=http2,tower --lib --tests",
    ] {
        cargo(workspace, &format!("test --locked {arguments}"))?;
    }
    Ok(Outcome::Passed)
}

/// Searches the memory of a release build; the search of a dev build is one of the other tests.
pub(crate) fn memory(workspace: &Workspace) -> Result<Outcome, String> {
    for backend in BACKENDS {
        let features = format!("--no-default-features --features={backend}");
        cargo(
            workspace,
            &format!("test --release --package=octoseal-crypto --test=memory --locked {features}"),
        )?;
    }
    cargo(workspace, "test --release --package=octoseal-fleet --test=memory --locked")?;
    Ok(Outcome::Passed)
}

/// Compares the formatting and changes nothing.
pub(crate) fn fmt(workspace: &Workspace) -> Result<Outcome, String> {
    cargo(workspace, "fmt --all --check").map_err(|error| format!("{error}; run `cargo fmt --all`"))
}

/// Runs clippy as an editor does: all crates at once, default features.
pub(crate) fn clippy(workspace: &Workspace) -> Result<Outcome, String> {
    cargo(workspace, "clippy --workspace --all-targets --locked -- -D warnings")
}

/// Runs clippy on each crate alone with each set of features: crates that are built together share features.
pub(crate) fn hack(workspace: &Workspace) -> Result<Outcome, String> {
    let (sealing, other): (Vec<_>, Vec<_>) = workspace.packages.iter().partition(|package| seals(package));
    let backends = BACKENDS.join(",");
    hack_clippy(workspace, &sealing, &["--at-least-one-of", backends.as_str()])?;
    hack_clippy(workspace, &other, &[])?;
    Ok(Outcome::Passed)
}

/// Builds the documentation of our crates, feature-gated items included. A broken link is an error.
pub(crate) fn docs(workspace: &Workspace) -> Result<Outcome, String> {
    let mut cargo = process::cargo(&workspace.root);
    cargo.env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--workspace", "--no-deps", "--locked"]);
    process::run(cargo.args(["--features", "octoseal/http2,octoseal/tower"]))?;
    Ok(Outcome::Passed)
}

/// Compares the dependencies with `.cargo/deny.toml`. Security advisories are checked where their list can be read.
pub(crate) fn deny(workspace: &Workspace) -> Result<Outcome, String> {
    let deny = |arguments: &str| {
        tools::DENY.cargo(workspace).map(|mut cargo| {
            cargo.arg("deny").args(arguments.split(' '));
            cargo
        })
    };
    process::run(&mut deny("--locked check bans licenses sources")?)?;
    if let Err(error) = process::read(&mut deny("fetch db")?) {
        let reason = error.lines().last().unwrap_or_default().trim();
        return Ok(Outcome::Incomplete(format!(
            "security advisories, because their list is unavailable: {reason}"
        )));
    }
    process::run(&mut deny("--locked --offline check advisories")?)?;
    Ok(Outcome::Passed)
}

/// Lists the files that are not committed, as `git status` prints them.
pub(crate) fn uncommitted(workspace: &Workspace) -> Result<String, String> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root);
    process::read(git.args(["status", "--porcelain", "--untracked-files=all"]))
}

/// Lists the lines that are in only one of two texts, with a sign for which.
pub(crate) fn differences(before: &str, after: &str) -> Vec<String> {
    let only = |here: &str, there: &str, sign: char| {
        let lines = here.lines().filter(|line| !there.lines().any(|other| other == *line));
        lines.map(|line| format!("{sign} {line}")).collect::<Vec<_>>()
    };
    [only(before, after, '-'), only(after, before, '+')].concat()
}

fn cargo(workspace: &Workspace, arguments: &str) -> Result<Outcome, String> {
    process::run(process::cargo(&workspace.root).args(arguments.split(' ')))?;
    Ok(Outcome::Passed)
}

fn hack_clippy(workspace: &Workspace, packages: &[&Package], extra: &[&str]) -> Result<(), String> {
    let mut cargo = tools::HACK.cargo(workspace)?;
    cargo.args(["hack", "clippy", "--feature-powerset"]);
    cargo.args(["--exclude-features", &format!("default,{VENDORED_TLS}")]).args(extra);
    for package in packages {
        cargo.args(["--package", &package.name]);
    }
    process::run(cargo.args(["--all-targets", "--locked", "--", "-D", "warnings"]))
}

fn seals(package: &Package) -> bool {
    package.features().any(|feature| BACKENDS.contains(&feature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_changed_work_tree_has_differences() {
        assert_eq!(differences(" M a\n", " M a\n?? b\n"), ["+ ?? b"]);
        assert_eq!(differences(" M a\n", ""), ["-  M a"]);
        assert!(differences(" M a\n?? b\n", " M a\n?? b\n").is_empty());
    }

    #[test]
    fn the_crates_that_seal_are_known_by_their_features() {
        let workspace = Workspace::read().unwrap();
        let sealing = workspace.packages.iter().filter(|package| seals(package));
        let names: Vec<_> = sealing.map(|package| package.name.as_str()).collect();
        assert!(names.contains(&"octoseal-crypto") && names.contains(&"octoseal-cli"));
        assert!(!names.contains(&"octoseal-model") && !names.contains(&"xtask"));
    }
}
