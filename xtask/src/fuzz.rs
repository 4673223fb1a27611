//! The fuzzers, each for some seconds: `cargo xtask fuzz`. They need nightly Rust.

use crate::command;
use crate::runner::Outcome;
use crate::tools;
use crate::workspace::Workspace;
use std::env;
use std::fs;
use std::process::Command;

/// The crates with fuzz targets, and these.
const TARGETS: &[(&str, &[&str])] = &[("octoseal-crypto", &["key", "open"])];

/// How long each target runs.
const SECONDS: u32 = 15;

pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    if !has_nightly() {
        let reason = "nightly Rust is not installed (cargo-fuzz needs it)";
        return if env::var_os("CI").is_some() {
            Err(reason.to_owned())
        } else {
            Ok(Outcome::Skipped(reason.to_owned()))
        };
    }
    for (package, targets) in TARGETS {
        for target in *targets {
            fuzz(workspace, package, target)?;
        }
    }
    Ok(Outcome::Passed)
}

/// Runs one target. Its corpus, and an input that makes it fail, stay under the target folder.
fn fuzz(workspace: &Workspace, package: &str, target: &str) -> Result<(), String> {
    let folder = workspace.target.join("fuzz");
    let corpus = folder.join("corpus").join(package).join(target);
    fs::create_dir_all(&corpus).map_err(|error| format!("{}: {error}", corpus.display()))?;
    let mut cargo = tools::FUZZ.cargo(workspace)?;
    cargo.env("RUSTUP_TOOLCHAIN", "nightly").args(["fuzz", "run", "--fuzz-dir"]);
    cargo.arg(workspace.root.join("crates").join(package).join("fuzz"));
    cargo.arg("--target-dir").arg(&folder).arg(target).arg(&corpus);
    cargo.arg("--").arg(format!("-max_total_time={SECONDS}")).arg("-max_len=4096");
    command::run(cargo.arg(format!("-artifact_prefix={}/", corpus.display())))
}

/// Asks rustup for what is there; naming a toolchain that is not would make it fetch one.
fn has_nightly() -> bool {
    let list = command::read(Command::new("rustup").args(["toolchain", "list"]));
    list.is_ok_and(|list| list.lines().any(|line| line.starts_with("nightly")))
}
