//! Debian packages: installed on this machine, or unpacked into a separate folder.

use crate::{files, process};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Installs packages. Does nothing for a user who may not install them.
pub(crate) fn install(packages: &[&str]) -> Result<(), String> {
    let is_root = || process::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if packages.is_empty() || !is_root() {
        return Ok(());
    }
    let mut apt = Command::new("apt-get");
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    apt.args(["install", "--quiet", "--quiet", "--yes", "--no-install-recommends"]).args(packages);
    with_lists(|| process::run(&mut apt))
}

/// Downloads packages and unpacks them into the folder `root`, which appears only when it is complete.
pub(crate) fn unpack(packages: &[String], root: &Path) -> Result<(), String> {
    let (downloads, scratch) = (root.with_extension("packages"), root.with_extension("unpacked"));
    files::empty_folder(&downloads)?;
    files::empty_folder(&scratch)?;
    println!("downloading {}", packages.join(" "));
    let mut apt = Command::new("apt-get");
    apt.current_dir(&downloads).args(["download", "--quiet"]).args(packages);
    process::read(&mut apt)?;
    let failed = |error| format!("{}: {error}", root.display());
    for package in fs::read_dir(&downloads).map_err(failed)? {
        let package = package.map_err(failed)?.path();
        process::read(Command::new("dpkg").arg("-x").arg(package).arg(&scratch))?;
    }
    fs::remove_dir_all(&downloads).map_err(failed)?;
    fs::rename(&scratch, root).map_err(failed)
}

/// Lists the versions of a package that this system offers, the newest first.
pub(crate) fn versions(package: &str) -> Result<Vec<String>, String> {
    with_lists(|| {
        let listing = process::read(Command::new("apt-cache").args(["madison", package]))?;
        let versions: Vec<_> = listing.lines().filter_map(|line| line.split('|').nth(1)).collect();
        match versions.is_empty() {
            true => Err(format!("apt does not know the package {package}")),
            false => Ok(versions.into_iter().map(|version| version.trim().to_owned()).collect()),
        }
    })
}

/// Lists the packages that a package depends on.
pub(crate) fn dependencies(package: &str) -> Result<Vec<String>, String> {
    let listing = process::read(Command::new("apt-cache").args(["depends", "--important", package]))?;
    Ok(listing.lines().filter_map(|line| Some(line.trim().strip_prefix("Depends: ")?.to_owned())).collect())
}

/// Tries again with fresh package lists: a new system has none.
fn with_lists<T>(mut attempt: impl FnMut() -> Result<T, String>) -> Result<T, String> {
    attempt().or_else(|first| {
        process::read(Command::new("apt-get").args(["update", "--quiet"]))
            .map_err(|error| format!("{first}; {error}"))?;
        attempt()
    })
}
