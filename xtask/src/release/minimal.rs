//! The step `minimal`: our crates compile with the oldest dependencies that their manifests name.

use super::folder;
use super::packed::unpacked;
use crate::command;
use crate::msrv::features;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::fs;
use std::process::Command;

/// Chooses the oldest versions in a copy of what was packed, and checks that.
pub(super) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let (from, copy) = (unpacked(workspace)?, folder(workspace).join("minimal"));
    let _ = fs::remove_dir_all(&copy);
    command::read(Command::new("cp").arg("-R").arg(&from).arg(&copy))?;
    let _ = fs::remove_file(copy.join("Cargo.lock"));
    let mut nightly = Command::new("rustup");
    nightly.current_dir(&copy).env("RUSTUP_AUTO_INSTALL", "0");
    // The direct ones only: what foreign crates name is theirs to keep true.
    nightly.args(["run", "nightly", "cargo", "update", "--quiet", "-Z", "direct-minimal-versions"]);
    command::run(&mut nightly)?;
    let mut cargo = command::cargo(&copy);
    cargo.args(["check", "--workspace", "--lib", "--bins", "--features", &features(workspace)]);
    command::run(cargo.arg("--target-dir").arg(folder(workspace).join("minimal-build")))?;
    Ok(Outcome::Passed)
}
