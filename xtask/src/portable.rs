//! The step `portable`: every crate compiles for Windows and macOS. Nothing is linked, so it runs on Linux.

use crate::process;
use crate::runner::Outcome;
use crate::toolchain::Compiler;
use crate::workspace::{Workspace, features};
use std::path::Path;
use std::process::Command;

/// The platforms besides Linux.
const TARGETS: [&str; 2] = ["x86_64-pc-windows-gnu", "aarch64-apple-darwin"];

/// The source of the standard library, and the `dlltool` that rustc runs for Windows.
const PACKAGES: [&str; 2] = ["rust-web-src", "binutils-mingw-w64-x86-64"];

/// Checks the workspace for each target, also after a failure.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let mut failures = Vec::new();
    for target in TARGETS {
        let mut cargo = match cargo(workspace, target) {
            Ok(cargo) => cargo,
            Err(reason) => return Outcome::skipped(format!("cannot compile for {target}: {reason}")),
        };
        let variable = target.replace('-', "_");
        // C code is not needed to check Rust code: `true` is its compiler, and libsodium's folder is empty.
        cargo.env(format!("CC_{variable}"), "true").env(format!("AR_{variable}"), "true");
        cargo.env("SODIUM_LIB_DIR", &workspace.target).args(["--workspace", "--exclude", "xtask"]);
        cargo.args(["--lib", "--bins", "--locked", "--target", target]);
        let ours = workspace.packages.iter().filter(|package| package.name != "xtask");
        cargo.args(["--features", &features(ours), "--target-dir"]).arg(workspace.target.join("portable"));
        failures.extend(process::run(&mut cargo).err());
    }
    Outcome::of(&failures)
}

/// Returns `cargo check` with rustup's standard library for this target, or with one that is compiled now.
fn cargo(workspace: &Workspace, target: &str) -> Result<Command, String> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&workspace.root).args(["--print", "target-libdir", "--target", target]);
    if process::read(&mut rustc).is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
        let mut cargo = process::cargo(&workspace.root);
        cargo.arg("check");
        return Ok(cargo);
    }
    let compiler = Compiler::with_library_source(workspace, &PACKAGES)?;
    let mut cargo = compiler.cargo(workspace);
    if let Some(root) = &compiler.debian_root {
        process::add_to_path(&mut cargo, &root.join("usr/bin"))?;
    }
    cargo.env("RUSTC_BOOTSTRAP", "1").args(["check", "-Zbuild-std=std,panic_abort"]);
    Ok(cargo)
}
