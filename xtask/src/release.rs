//! The step `release`: everything that is required before a version is published. It publishes nothing.
//!
//! docs/releasing.md lists the steps of a person afterwards.

mod minimal;
mod package;
mod parts;
mod semver;
mod sizes;

use crate::runner::{self, Outcome, Step, plain};
use crate::workspace::Workspace;
use crate::{cargo_steps, files, msrv, process};
use std::path::PathBuf;
use std::process::Command;

/// The command that runs one step alone.
const COMMAND: &str = "cargo xtask release --dry-run";

/// The steps in order. `sizes` needs the files of `package`.
const STEPS: &[Step] = &[
    plain("clean", "", "everything is committed", clean),
    plain("tag", "", "the version is not tagged on another commit", tag),
    plain("package", "", "every crate is packed whole and builds from its package", package::run),
    plain("semver", "", "the API changed as the version says", semver::run),
    plain("msrv", "", "each crate compiles with the oldest Rust it promises", msrv::run),
    plain("minimal", "", "the crates compile with the oldest dependencies they name", minimal::run),
    plain("deny", "", "licenses, sources, versions and advisories", cargo_steps::deny),
    plain("parts", "", "the list of the command's parts (CycloneDX)", parts::run),
    plain("sizes", "", "sizes and counts for docs/benchmarks.md", sizes::run),
];

/// The steps that may take more than five minutes, or that CI runs as a verb.
const NOT_QUICK: [&str; 3] = ["semver", "msrv", "parts"];

/// Runs all steps, the quick ones, or one.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome, String> {
    let Some((steps, write)) = parse(arguments) else {
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        println!("the steps are {}", names.join(", "));
        return Ok(Outcome::Usage);
    };
    let outcome = runner::run(COMMAND, &steps, &[], workspace)?;
    if write {
        sizes::write(workspace)?;
    }
    Ok(outcome)
}

/// Returns the steps, and whether sizes and counts go into docs/benchmarks.md. Requires the word `--dry-run`.
fn parse(arguments: &[&str]) -> Option<(Vec<&'static Step>, bool)> {
    let rest = arguments.strip_prefix(&["--dry-run"])?;
    let (rest, write) = match rest {
        [rest @ .., "--write"] => (rest, true),
        rest => (rest, false),
    };
    let wanted: Vec<_> = match rest {
        [] => STEPS.iter().collect(),
        ["--quick"] => STEPS.iter().filter(|step| !NOT_QUICK.contains(&step.name)).collect(),
        [name] => STEPS.iter().filter(|step| step.name == *name).collect(),
        _ => return None,
    };
    (!wanted.is_empty()).then_some((wanted, write))
}

/// Checks that everything is committed: users must be able to read what is packed.
fn clean(workspace: &Workspace) -> Result<Outcome, String> {
    let changes = cargo_steps::uncommitted(workspace)?;
    match changes.is_empty() {
        true => Ok(Outcome::Passed),
        false => Err(format!("these files are not committed:\n{changes}")),
    }
}

/// Checks that the version has no tag, or one on this commit. `tidy` checks that all crates have one version.
fn tag(workspace: &Workspace) -> Result<Outcome, String> {
    let version = workspace.published().next().map_or("", |package| &package.version);
    let commit =
        |name: &str| git(workspace, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]);
    match commit(&format!("v{version}")) {
        Ok(tagged) if tagged != commit("HEAD")? => {
            Err(format!("v{version} is a tag on another commit; raise the version under [workspace.package]"))
        }
        _ => Ok(Outcome::Passed),
    }
}

fn git(workspace: &Workspace, arguments: &[&str]) -> Result<String, String> {
    process::read(Command::new("git").current_dir(&workspace.root).args(arguments))
}

/// The folder for everything that a dry run writes.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target.join("release-dry-run")
}

/// Writes the files that git tracks into a new folder, and returns it.
fn checkout(workspace: &Workspace, name: &str) -> Result<PathBuf, String> {
    let folder = folder(workspace).join(name);
    files::empty_folder(&folder)?;
    git(workspace, &["checkout-index", "--all", "--prefix", &format!("{}/", folder.display())])?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_step_runs_without_the_word_dry_run() {
        let parse = |line: &str| {
            let (steps, write) = parse(&line.split(' ').collect::<Vec<_>>())?;
            Some((steps.len(), write))
        };
        assert_eq!(parse("--dry-run"), Some((STEPS.len(), false)));
        assert_eq!(parse("--dry-run --quick"), Some((6, false)));
        assert_eq!(parse("--dry-run semver"), Some((1, false)));
        assert_eq!(parse("--dry-run sizes --write"), Some((1, true)));
        for line in ["", "semver", "--write", "--dry-run nothing", "--dry-run semver msrv"] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
