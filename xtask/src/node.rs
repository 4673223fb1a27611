//! Node.js packages, installed as a package.json pins them.

use crate::process;
use std::path::Path;
use std::process::Command;

/// Installs what the package.json in a folder names, without running scripts of the packages.
pub(crate) fn install(folder: &Path) -> Result<(), String> {
    let mut npm = Command::new("npm");
    npm.args(["install", "--silent", "--no-package-lock", "--ignore-scripts", "--no-audit"]);
    process::run(npm.current_dir(folder))
}
