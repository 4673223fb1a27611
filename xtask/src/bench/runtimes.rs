//! The other languages' libraries for the bench, in the versions that the encryption guide pins. What cannot be had is
//! told; the bench then runs without it and says so.

use crate::command;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Gets everything that is missing under this folder.
pub(super) fn prepare(root: &Path, folder: &Path) {
    let guide = root.join("docs").join("encrypting");
    let done = [
        ("PyNaCl", python(&guide.join("python").join("requirements.txt"), &folder.join("python"))),
        ("libsodium-wrappers", node(&guide.join("node").join("package.json"), &folder.join("node"))),
        ("rbnacl", ruby()),
    ];
    for (name, end) in done {
        if let Err(error) = end {
            println!("{name} will not run: {error}");
        }
    }
}

fn python(requirements: &Path, folder: &Path) -> Result<(), String> {
    create(folder)?;
    let venv = folder.join("venv");
    if !venv.join("bin").join("python").exists() {
        command::run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
    }
    let mut pip = Command::new(venv.join("bin").join("python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    command::run(pip.args(["--only-binary", ":all:", "--requirement"]).arg(requirements))
}

fn node(package: &Path, folder: &Path) -> Result<(), String> {
    create(folder)?;
    fs::copy(package, folder.join("package.json"))
        .map_err(|error| format!("{}: {error}", package.display()))?;
    let mut npm = Command::new("npm");
    npm.current_dir(folder);
    command::run(npm.args(["install", "--silent", "--no-package-lock", "--ignore-scripts", "--no-audit"]))
}

/// Debian's package, if we may install it.
fn ruby() -> Result<(), String> {
    let probe = || command::read(Command::new("ruby").args(["-e", "require 'rbnacl'"])).map(drop);
    let is_root = || command::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if probe().is_ok() || !is_root() {
        return probe();
    }
    for arguments in ["update", "install --yes --no-install-recommends ruby-rbnacl"] {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["--quiet", "--quiet"]);
        command::run(apt.args(arguments.split(' ')))?;
    }
    probe()
}

fn create(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}
