//! The step `libsodium`: the tests of octoseal-crypto pass with a maintained libsodium, as its README describes.

use crate::process;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::fs;
use std::path::PathBuf;

/// The version that xtask/libsodium builds.
const VERSION: &str = "1.0.22";

/// Builds libsodium, then runs the tests with it.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let library = build(workspace)?;
    let mut cargo = process::cargo(&workspace.root);
    cargo.env("SODIUM_LIB_DIR", &library).env("OCTOSEAL_LIBSODIUM", VERSION);
    cargo.args(["test", "--locked", "--package", "octoseal-crypto", "--all-features", "--lib", "--tests"]);
    process::run(cargo.arg("--target-dir").arg(workspace.target.join("libsodium/ours")))?;
    Ok(Outcome::Passed)
}

/// Builds the static library and returns its folder.
fn build(workspace: &Workspace) -> Result<PathBuf, String> {
    let target = workspace.target.join("libsodium/library");
    let mut cargo = process::cargo(&workspace.root);
    // The crate would use a library in this folder; here it must build one.
    cargo.env_remove("SODIUM_LIB_DIR").args(["build", "--release", "--locked"]);
    cargo.args(["--manifest-path", "xtask/libsodium/Cargo.toml", "--target-dir"]);
    process::run(cargo.arg(&target))?;
    let built = target.join("release/build");
    let entries = fs::read_dir(&built).map_err(|error| format!("{}: {error}", built.display()))?;
    let mut folders = entries.flatten().map(|entry| entry.path().join("out/installed/lib"));
    let library = folders.find(|folder| folder.join("libsodium.a").is_file());
    library.ok_or_else(|| "libsodium.a was not built".to_owned())
}
