//! The step `fuzz`: runs every fuzz target of every crate for some seconds. It needs nightly Rust.

use crate::runner::Outcome;
use crate::workspace::Workspace;
use crate::{files, process, toolchain, tools};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The time for each target, in seconds.
const SECONDS: u32 = 30;

/// The number of targets that run at the same time: CI has two cores.
const PARALLEL: usize = 2;

/// A fuzz target: the folder of its crate's fuzz package, and its name. Names differ, because all share a target folder.
#[derive(Debug)]
struct Target {
    package: PathBuf,
    name: String,
}

/// Builds the fuzz package of each crate, then runs all targets.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    if let Err(error) = toolchain::nightly(None) {
        return Outcome::skipped(format!("cargo-fuzz: {error}"));
    }
    let targets = targets(&workspace.root)?;
    let mut packages: Vec<_> = targets.iter().map(|target| &target.package).collect();
    packages.dedup();
    for package in packages {
        process::run(&mut cargo_fuzz(workspace, "build", package)?)?;
    }
    run_all(workspace, &targets)
}

/// Lists the targets: each has a folder of seeds, `crates/NAME/fuzz/seeds/TARGET`.
fn targets(root: &Path) -> Result<Vec<Target>, String> {
    let mut targets = Vec::new();
    for package in folders(&root.join("crates")) {
        for seeds in folders(&package.join("fuzz/seeds")) {
            let name = seeds.file_name().unwrap_or_default().to_string_lossy().into_owned();
            targets.push(Target { package: package.join("fuzz"), name });
        }
    }
    if targets.is_empty() { Err("no crate has a fuzz target".to_owned()) } else { Ok(targets) }
}

/// Lists the entries of a folder, in order. The list is empty if the folder does not exist.
fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// Runs every target, also after a failure.
fn run_all(workspace: &Workspace, targets: &[Target]) -> Result<Outcome, String> {
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
            match run_one(workspace, target) {
                Ok(statistics) => println!("{}: {statistics}", target.name),
                Err(error) => failures.lock().unwrap_or_else(PoisonError::into_inner).push(error),
            }
        }
    };
    thread::scope(|scope| (0..PARALLEL).for_each(|_| drop(scope.spawn(work))));
    Outcome::of(&failures.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Runs one target and returns its statistics. Inputs that it finds stay under the target folder.
fn run_one(workspace: &Workspace, target: &Target) -> Result<String, String> {
    let Target { package, name } = target;
    let corpus = workspace.target.join("fuzz/corpus").join(name);
    files::create_folder(&corpus)?;
    let mut cargo = cargo_fuzz(workspace, "run", package)?;
    cargo.arg(name).arg(&corpus).arg(package.join("seeds").join(name));
    cargo.arg("--").arg(format!("-max_total_time={SECONDS}")).args(["-max_len=4096", "-timeout=10"]);
    cargo.arg(format!("-artifact_prefix={}/", corpus.display()));
    let output = cargo.output().map_err(|error| format!("cannot start the fuzz target {name}: {error}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    match log.lines().find_map(|line| line.strip_prefix("Done ")) {
        Some(statistics) if output.status.success() => Ok(statistics.to_owned()),
        _ => Err(format!("the fuzz target {name} failed: {}:\n{}", output.status, last_lines(&log))),
    }
}

fn cargo_fuzz(workspace: &Workspace, verb: &str, package: &Path) -> Result<Command, String> {
    let mut cargo = tools::FUZZ.cargo(workspace)?;
    cargo.env("RUSTUP_TOOLCHAIN", "nightly").args(["fuzz", verb, "--fuzz-dir"]);
    cargo.arg(package).arg("--target-dir").arg(workspace.target.join("fuzz"));
    Ok(cargo)
}

/// Returns the end of a fuzzer's log, which describes the fault.
fn last_lines(log: &str) -> String {
    let lines: Vec<_> = log.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_has_its_own_name_a_program_and_a_seed() {
        let targets = targets(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        for Target { package, name } in &targets {
            assert!(package.join("fuzz_targets").join(format!("{name}.rs")).is_file(), "{name}");
            assert!(!folders(&package.join("seeds").join(name)).is_empty(), "{name}");
            assert_eq!(targets.iter().filter(|other| other.name == *name).count(), 1, "{name}");
            let programs = folders(&package.join("fuzz_targets")).len();
            assert_eq!(programs, folders(&package.join("seeds")).len(), "{}", package.display());
        }
    }

    #[test]
    fn a_failure_shows_the_end_of_the_log() {
        let log: String = (0..100).map(|line| format!("{line}\n")).collect();
        assert!(last_lines(&log).starts_with("40\n"));
        assert_eq!(last_lines("one"), "one");
    }
}
