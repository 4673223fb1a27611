//! The step `api`: the public API of every published library is the one that `docs/api` lists.
//!
//! rustdoc describes each library as JSON; the program in xtask/api-listing turns that into lines.

use crate::cargo_steps::differences;
use crate::runner::Outcome;
use crate::workspace::{Workspace, features};
use crate::{files, process, toolchain};
use std::path::Path;

/// The folder of the listings.
const FOLDER: &str = "docs/api";

/// The nightly Rust whose JSON xtask/api-listing reads: its name for rustup, and the day of its last commit.
const NIGHTLY: (&str, &str) = ("nightly-2026-05-20", "2026-05-19");

/// Compares every listing with the code, or writes it anew with `--bless`.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome, String> {
    let bless = match arguments {
        [] => false,
        ["--bless"] => true,
        _ => return Ok(Outcome::Usage),
    };
    let toolchain = match toolchain::nightly(Some(NIGHTLY.1)) {
        Ok(toolchain) => toolchain,
        Err(error) => {
            let name = NIGHTLY.0;
            return Outcome::skipped(format!("{error}: rustup toolchain install {name} --profile minimal"));
        }
    };
    let target = workspace.target.join("api");
    describe(workspace, &toolchain, &target)?;
    let mut changes = Vec::new();
    for package in workspace.libraries() {
        let path = format!("{FOLDER}/{}.txt", package.name);
        let json = target.join("doc").join(format!("{}.json", package.name.replace('-', "_")));
        let current = listing(workspace, &json)?;
        let listed = files::read(workspace.root.join(&path)).unwrap_or_default();
        if bless {
            files::write(workspace.root.join(&path), &current)?;
            println!("{path}: {} lines", current.lines().count());
        } else if listed != current {
            changes.push(format!("{path}:\n{}", differences(&listed, &current).join("\n")));
        }
    }
    Outcome::of(&changes).map_err(|changes| {
        format!("the public API changed; if that is intended, run `cargo xtask api --bless`:\n{changes}")
    })
}

/// Lets rustdoc write the JSON files of all published libraries.
fn describe(workspace: &Workspace, toolchain: &str, target: &Path) -> Result<(), String> {
    files::create_folder(target)?;
    let mut cargo = process::cargo(&workspace.root);
    // The cargo that runs xtask belongs to another toolchain.
    cargo.env("RUSTUP_TOOLCHAIN", toolchain).env_remove("RUSTC").env_remove("RUSTDOC");
    cargo.env("RUSTDOCFLAGS", "-Z unstable-options --output-format json --cap-lints warn");
    // Nothing is linked, so libsodium's folder may be empty.
    cargo.env("SODIUM_LIB_DIR", target).args(["doc", "--quiet", "--locked", "--no-deps", "--lib"]);
    for package in workspace.libraries() {
        cargo.args(["--package", &package.name]);
    }
    process::run(cargo.args(["--features", &features(workspace.libraries()), "--target-dir"]).arg(target))
}

/// Returns the lines for one JSON file.
fn listing(workspace: &Workspace, json: &Path) -> Result<String, String> {
    let mut cargo = process::cargo(&workspace.root);
    cargo.args([
        "run",
        "--quiet",
        "--locked",
        "--manifest-path",
        "xtask/api-listing/Cargo.toml",
        "--target-dir",
    ]);
    process::read(cargo.arg(workspace.target.join("api-listing")).arg("--").arg(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workflow_installs_the_pinned_nightly() {
        let workflow = include_str!("../../.github/workflows/ci.yml");
        assert!(workflow.contains(NIGHTLY.0), "{} is not in the workflow", NIGHTLY.0);
    }
}
