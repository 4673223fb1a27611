//! The compiler from Debian bookworm's packages, unpacked into a folder and never installed.

use super::Compiler;
use crate::command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The Rust version that the pinned packages hold.
const VERSION: &str = "1.85";

/// The compiler, its standard library, and the shared libraries that a small system may lack.
const PACKAGES: &[&str] = &[
    "rustc-web=1.85.0+dfsg3-1~deb12u3",
    "libstd-rust-web-dev=1.85.0+dfsg3-1~deb12u3",
    "libstd-rust-web-1.85=1.85.0+dfsg3-1~deb12u3",
    "libllvm19",
    "libbsd0",
    "libedit2",
    "libicu72",
    "libxml2",
    "libz3-4",
];

/// The unpacked compiler, fetched now if it was not before.
///
/// # Errors
///
/// If the packages are of another version, or cannot be had on this machine.
pub(super) fn compiler(folder: &Path, version: &str) -> Result<Compiler, String> {
    if version != VERSION {
        return Err(format!(
            "the packages in xtask/src/msrv/debian.rs hold Rust {VERSION}, not {version}; pin those of {version}"
        ));
    }
    let root = folder.join("debian");
    if !root.is_dir() {
        fetch(folder, &root).map_err(|error| {
            format!(
                "there is no Rust {VERSION}; give it to rustup (`rustup toolchain install {VERSION}`), \
                 or use a system with Debian's package: {error}"
            )
        })?;
    }
    Ok(Compiler { rustc: root.join("usr/bin/rustc"), libraries: Some(root.join("usr/lib/x86_64-linux-gnu")) })
}

/// Downloads and unpacks beside `root`, and takes its place only when all is there.
fn fetch(folder: &Path, root: &Path) -> Result<(), String> {
    let packages = folder.join("packages");
    let unpacked = folder.join("unpacked");
    for scratch in [&packages, &unpacked] {
        let _ = fs::remove_dir_all(scratch);
        fs::create_dir_all(scratch).map_err(|error| format!("{}: {error}", scratch.display()))?;
    }
    download(&packages)?;
    for package in files(&packages)? {
        command::read(Command::new("dpkg").arg("-x").arg(package).arg(&unpacked))?;
    }
    let _ = fs::remove_dir_all(&packages);
    fs::rename(&unpacked, root).map_err(|error| format!("{}: {error}", root.display()))
}

/// Downloads the packages; if apt does not know them yet it reads its lists first and tries once more.
fn download(packages: &Path) -> Result<(), String> {
    command::read(Command::new("apt-get").arg("--version"))?;
    println!("downloading {}", PACKAGES.join(" "));
    let mut apt = Command::new("apt-get");
    apt.current_dir(packages).args(["download", "--quiet"]).args(PACKAGES);
    if command::read(&mut apt).is_ok() {
        return Ok(());
    }
    // May fail for want of rights or of a network; the second download says which package is missing.
    let updated = command::read(Command::new("apt-get").args(["update", "--quiet"]));
    command::read(&mut apt).map_err(|error| match updated {
        Ok(_) => error,
        Err(update) => format!("{error}; {update}"),
    })?;
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let tell = |error| format!("{}: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(tell)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(tell)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_another_version_are_not_taken() {
        let message = compiler(Path::new("no-such-folder"), "1.90").err().unwrap();
        assert!(message.contains("hold Rust 1.85, not 1.90"), "{message}");
    }

    #[test]
    fn the_packages_hold_the_version_they_are_named_for() {
        let compilers = PACKAGES.iter().filter(|package| package.contains("rust"));
        for package in compilers {
            assert!(package.contains(&format!("={VERSION}.")), "{package}");
        }
    }
}
