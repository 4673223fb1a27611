//! The judge `description`: every request and answer of the tests conforms to GitHub's description of its
//! API.
//!
//! The tests record their exchanges with the emulator. The programs in `xtask/conformance/description` fetch
//! the description and validate the recording with openapi-core.

use crate::workspace::Workspace;
use crate::{files, process, python};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates whose tests start emulators.
const PACKAGES: [&str; 3] = ["octoseal", "octoseal-cli", "octoseal-emulator"];

/// Records the exchanges of the tests and validates each.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("conformance/description");
    let programs = workspace.root.join("xtask/conformance/description");
    files::create_folder(&folder)?;
    let python = python::environment(&folder.join("venv"), &programs.join("requirements.txt"))?;
    let program = |name: &str| {
        let mut command = Command::new(&python);
        // -B: Python must not write compiled files into the work tree.
        command.arg("-B").arg(programs.join(name));
        command
    };
    let description = process::read(program("fetch.py").arg(&folder))?;
    process::read(program("check.py").arg(description.trim()))?;
    let recording = record(workspace, &folder)?;
    let operations = workspace.root.join("docs/operations.txt");
    let figures = process::read(program("judge.py").arg(description.trim()).arg(operations).arg(recording))?;
    Ok(figures.trim().to_owned())
}

/// Runs the tests and returns the folder of recordings, one file for each test.
fn record(workspace: &Workspace, folder: &Path) -> Result<PathBuf, String> {
    let recording = folder.join("recording");
    files::empty_folder(&recording)?;
    let mut cargo = process::cargo(&workspace.root);
    cargo.args(["test", "--quiet", "--locked", "--tests"]).env("OCTOSEAL_RECORD", &recording);
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
    process::run(&mut cargo)?;
    Ok(recording)
}
