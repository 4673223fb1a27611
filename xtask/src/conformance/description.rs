//! The first judge: GitHub's own description of its API, and openapi-core, which we did not write.
//!
//! The tests write down what the emulator is asked and answers; the programs in `xtask/conformance/description` fetch
//! the description and hold the recording against it.

use crate::command;
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates whose tests start emulators.
const PACKAGES: &[&str] = &["octoseal", "octoseal-cli", "octoseal-emulator"];

/// Records the tests' exchanges and has every one of them judged.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("conformance").join("description");
    let programs = workspace.root.join("xtask").join("conformance").join("description");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let python = python(&folder, &programs.join("requirements.txt"))?;
    let run = |program: &str| {
        let mut command = Command::new(&python);
        // Without -B it would leave compiled files beside the programs.
        command.arg("-B").arg(programs.join(program));
        command
    };
    let description = command::read(run("fetch.py").arg(&folder))?;
    command::read(run("check.py").arg(description.trim()))?;
    let recording = record(workspace, &folder)?;
    let operations = workspace.root.join("docs").join("operations.txt");
    let figure = command::read(run("judge.py").arg(description.trim()).arg(operations).arg(recording))?;
    Ok(figure.trim().to_owned())
}

/// The interpreter of an environment that has what is required, made now if there is none.
pub(super) fn python(folder: &Path, requirements: &Path) -> Result<PathBuf, String> {
    let environment = folder.join("venv");
    let python = environment.join("bin").join("python");
    let wanted = fs::read_to_string(requirements).map_err(|error| format!("requirements.txt: {error}"))?;
    // Written last: an environment that was only half made is made again.
    let note = environment.join("installed.txt");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    command::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]);
    command::run(pip.arg("--requirement").arg(requirements))?;
    fs::write(&note, wanted).map_err(|error| format!("{}: {error}", note.display()))?;
    Ok(python)
}

/// Runs the tests, and gives the folder with one file for each of them that spoke with an emulator.
fn record(workspace: &Workspace, folder: &Path) -> Result<PathBuf, String> {
    let recording = folder.join("recording");
    let broken = |error| format!("{}: {error}", recording.display());
    if recording.exists() {
        fs::remove_dir_all(&recording).map_err(broken)?;
    }
    fs::create_dir_all(&recording).map_err(broken)?;
    let mut cargo = command::cargo(&workspace.root);
    cargo.args(["test", "--quiet", "--locked", "--tests"]).env("OCTOSEAL_RECORD", &recording);
    for package in PACKAGES {
        cargo.args(["--package", package]);
    }
    command::run(&mut cargo)?;
    Ok(recording)
}
