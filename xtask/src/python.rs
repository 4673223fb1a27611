//! Python environments with pinned packages. Only finished packages (wheels) are installed.

use crate::{files, process};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the interpreter of the virtual environment in a folder, and makes it anew if its requirements changed.
pub(crate) fn environment(folder: &Path, requirements: &Path) -> Result<PathBuf, String> {
    let python = folder.join("bin").join("python");
    let wanted = files::read(requirements)?;
    // Written last, so that an incomplete environment is made again.
    let installed = folder.join("installed.txt");
    if files::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
    process::run(pip(&python).arg("--requirement").arg(requirements))?;
    files::write(&installed, &wanted)?;
    Ok(python)
}

/// Installs one package without its dependencies into a folder.
pub(crate) fn install_package(package: &str, folder: &Path) -> Result<(), String> {
    let mut pip = pip(Path::new("python3"));
    process::read(pip.args(["--no-deps", "--upgrade", "--target"]).arg(folder).arg(package)).map(drop)
}

fn pip(python: &Path) -> Command {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]);
    pip
}
