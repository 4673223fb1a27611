//! The step `package`: the files for the registry are complete, and build from there.

use super::folder;
use crate::process;
use crate::runner::Outcome;
use crate::workspace::{Package, Workspace};
use std::env::{self, consts::EXE_SUFFIX};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The files that every package must contain.
const FILES: [&str; 4] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "Cargo.toml"];

/// Packs all published crates in their order and builds each from its package, then runs the demo of the command.
pub(super) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let target = folder(workspace).join("build");
    remove_unpacked(workspace);
    // Cargo does not compile a version from a registry twice, so the last build must go.
    for arguments in [&["clean", "--quiet"][..], &["package", "--quiet", "--locked"]] {
        let mut cargo = process::cargo(&workspace.root);
        cargo.args(arguments).arg("--target-dir").arg(&target);
        for package in workspace.published() {
            cargo.args(["--package", &package.name]);
        }
        process::run(&mut cargo)?;
    }
    let missing: Vec<_> = workspace.published().flat_map(|package| missing(workspace, package)).collect();
    Outcome::of(&missing)?;
    process::run(Command::new(target.join("debug").join(format!("octoseal{EXE_SUFFIX}"))).arg("demo"))?;
    Ok(Outcome::Passed)
}

/// Removes the former content of cargo's temporary registry, which cargo would mistake for this version.
fn remove_unpacked(workspace: &Workspace) {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(env::var_os("HOME")?).join(".cargo"))).unwrap_or_default();
    // The folder of a registry without a host has a name such as `-7b90fe44f073d964`.
    let registries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    for registry in registries.filter(|registry| registry.file_name().to_string_lossy().starts_with('-')) {
        for package in workspace.published() {
            let _ = fs::remove_dir_all(registry.path().join(format!("{}-{}", package.name, package.version)));
        }
    }
}

/// Returns the file that the registry gets.
pub(super) fn archive(workspace: &Workspace, package: &Package) -> PathBuf {
    packages(workspace).join(format!("{}-{}.crate", package.name, package.version))
}

/// Lists the files that a package lacks. Cargo has unpacked it to build it.
fn missing(workspace: &Workspace, package: &Package) -> Vec<String> {
    let unpacked = packages(workspace).join(format!("{}-{}", package.name, package.version));
    let files = FILES.into_iter().filter(|name| !unpacked.join(name).is_file());
    files.map(|name| format!("the package of {} lacks {name}", package.name)).collect()
}

fn packages(workspace: &Workspace) -> PathBuf {
    folder(workspace).join("build").join("package")
}
