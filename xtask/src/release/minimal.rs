//! The step `minimal`: the crates compile with the oldest dependencies that their manifests name.

use super::{checkout, folder};
use crate::runner::Outcome;
use crate::workspace::{Workspace, features};
use crate::{process, toolchain};
use std::fs;
use std::process::Command;

/// Chooses the oldest versions in a copy of the project, and checks that.
pub(super) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    if let Err(reason) = toolchain::nightly(None) {
        return Outcome::skipped(format!("cargo -Z direct-minimal-versions: {reason}"));
    }
    let copy = checkout(workspace, "minimal")?;
    let lock = copy.join("Cargo.lock");
    fs::remove_file(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    let mut nightly = Command::new("rustup");
    nightly.current_dir(&copy).env("RUSTUP_AUTO_INSTALL", "0");
    // Only direct dependencies: what other crates require is their promise.
    nightly.args(["run", "nightly", "cargo", "update", "--quiet", "-Z", "direct-minimal-versions"]);
    process::run(&mut nightly)?;
    let mut cargo = process::cargo(&copy);
    cargo.args(["check", "--workspace", "--lib", "--bins", "--features", &features(workspace.published())]);
    process::run(cargo.arg("--target-dir").arg(folder(workspace).join("minimal-build")))?;
    Ok(Outcome::Passed)
}
