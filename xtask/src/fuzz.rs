//! The fuzzers, each for some seconds, two at a time: `cargo xtask fuzz`. They need nightly Rust.

use crate::command;
use crate::runner::Outcome;
use crate::tools;
use crate::workspace::Workspace;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The crates with fuzz targets, and these. No two targets share a name: they share a target folder.
const TARGETS: &[(&str, &[&str])] = &[
    ("octoseal-crypto", &["key", "open"]),
    ("octoseal-model", &["answer", "link", "name", "store"]),
    ("octoseal-transport", &["api_url"]),
    ("octoseal-emulator", &["handle", "world"]),
];

/// How long each target runs.
const SECONDS: u32 = 30;

/// So many run at a time: CI has two cores.
const AT_ONCE: usize = 2;

pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    if !has_nightly() {
        let reason = "nightly Rust is not installed (cargo-fuzz needs it)";
        return if command::in_ci() {
            Err(reason.to_owned())
        } else {
            Ok(Outcome::Skipped(reason.to_owned()))
        };
    }
    for (package, _) in TARGETS {
        command::run(&mut cargo_fuzz(workspace, "build", package)?)?;
    }
    fuzz_all(workspace)?;
    Ok(Outcome::Passed)
}

/// Runs every target, also those after one that failed.
fn fuzz_all(workspace: &Workspace) -> Result<(), String> {
    let targets: Vec<(&str, &str)> = TARGETS
        .iter()
        .flat_map(|(package, targets)| targets.iter().map(move |target| (*package, *target)))
        .collect();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let work = || {
        while let Some((package, target)) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
            match fuzz(workspace, package, target) {
                Ok(figure) => println!("{package} {target}: {figure}"),
                Err(error) => failures.lock().unwrap_or_else(PoisonError::into_inner).push(error),
            }
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(work))));
    let failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// Runs one target and tells how often. What it finds stays under the target folder, what is committed is only read.
fn fuzz(workspace: &Workspace, package: &str, target: &str) -> Result<String, String> {
    let corpus = workspace.target.join("fuzz/corpus").join(package).join(target);
    fs::create_dir_all(&corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
    let mut cargo = cargo_fuzz(workspace, "run", package)?;
    cargo.arg(target).arg(&corpus).arg(folder(workspace, package).join("seeds").join(target));
    cargo.arg("--").arg(format!("-max_total_time={SECONDS}")).args(["-max_len=4096", "-timeout=10"]);
    cargo.arg(format!("-artifact_prefix={}/", corpus.display()));
    let output = cargo.output().map_err(|error| format!("{package} {target} cannot be started: {error}"))?;
    let words = String::from_utf8_lossy(&output.stderr);
    match words.lines().find_map(|line| line.strip_prefix("Done ")) {
        Some(figure) if output.status.success() => Ok(figure.to_owned()),
        _ => Err(format!("{package} {target} ended with {}:\n{}", output.status, end_of(&words))),
    }
}

fn cargo_fuzz(workspace: &Workspace, verb: &str, package: &str) -> Result<Command, String> {
    let mut cargo = tools::FUZZ.cargo(workspace)?;
    cargo.env("RUSTUP_TOOLCHAIN", "nightly").args(["fuzz", verb, "--fuzz-dir"]);
    cargo.arg(folder(workspace, package)).arg("--target-dir").arg(workspace.target.join("fuzz"));
    Ok(cargo)
}

fn folder(workspace: &Workspace, package: &str) -> PathBuf {
    workspace.root.join("crates").join(package).join("fuzz")
}

/// The last lines, in which a fuzzer says what it found.
fn end_of(words: &str) -> String {
    let lines: Vec<_> = words.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}

/// Asks rustup for what is there; naming a toolchain that is not would make it fetch one.
fn has_nightly() -> bool {
    let list = command::read(Command::new("rustup").args(["toolchain", "list"]));
    list.is_ok_and(|list| list.lines().any(is_nightly))
}

/// `nightly-x86_64-unknown-linux-gnu`, but not `nightly-2026-01-01-…`, which the name `nightly` does not mean.
fn is_nightly(line: &str) -> bool {
    let host = line.strip_prefix("nightly-").unwrap_or_default();
    host.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn only_the_toolchain_of_that_name_is_nightly() {
        assert!(is_nightly("nightly-x86_64-unknown-linux-gnu (active)"));
        assert!(!is_nightly("nightly-2026-01-01-x86_64-unknown-linux-gnu"));
        assert!(!is_nightly("stable-x86_64-unknown-linux-gnu"));
    }

    #[test]
    fn every_target_has_seeds_and_a_name_of_its_own() {
        let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
        let mut names: Vec<_> = TARGETS.iter().flat_map(|(_, targets)| *targets).collect();
        for (package, targets) in TARGETS {
            for target in *targets {
                let seeds = crates.join(package).join("fuzz/seeds").join(target);
                assert!(fs::read_dir(&seeds).is_ok_and(|mut seeds| seeds.next().is_some()), "{target}");
            }
        }
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    #[test]
    fn only_the_end_of_what_a_fuzzer_says_is_told() {
        let words: String = (0..100).map(|line| format!("{line}\n")).collect();
        assert!(end_of(&words).starts_with("40\n"));
        assert_eq!(end_of("one"), "one");
    }
}
