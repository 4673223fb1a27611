//! What goes to the registry: packed, looked into, unpacked elsewhere and built there.

use super::folder;
use crate::command;
use crate::runner::Outcome;
use crate::workspace::{Package, Workspace};
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What every packed crate must hold beside its code.
const ALWAYS: [&str; 4] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "Cargo.toml"];

/// Packs all published crates and unpacks them into a workspace of their own.
pub(super) fn package(workspace: &Workspace) -> Result<Outcome, String> {
    let packages = order(workspace)?;
    let names: Vec<_> = packages.iter().map(|package| package.name.as_str()).collect();
    println!("in this order: {}", names.join(", "));
    let mut cargo = command::cargo(&workspace.root);
    // They are built by the next step, together: alone none finds the others, which no registry has yet.
    cargo.args(["package", "--locked", "--no-verify"]);
    for name in &names {
        cargo.args(["--package", name]);
    }
    command::run(&mut cargo)?;
    let unpacked = folder(workspace).join("packed");
    let _ = fs::remove_dir_all(&unpacked);
    let tell = |error| format!("{}: {error}", unpacked.display());
    fs::create_dir_all(&unpacked).map_err(tell)?;
    for package in &packages {
        unpack(workspace, package, &unpacked)?;
    }
    fs::write(unpacked.join("Cargo.toml"), root_manifest(&packages)).map_err(tell)?;
    fs::copy(workspace.root.join("Cargo.lock"), unpacked.join("Cargo.lock")).map_err(tell)?;
    Ok(Outcome::Passed)
}

/// Builds each packed crate by itself, then lets the packed command show everything.
pub(super) fn outside(workspace: &Workspace) -> Result<Outcome, String> {
    let root = unpacked(workspace)?;
    let target = folder(workspace).join("build");
    for package in order(workspace)? {
        let mut cargo = command::cargo(&root);
        cargo.args(["build", "--quiet", "--package", &package.name, "--target-dir"]).arg(&target);
        command::run(&mut cargo)?;
    }
    command::run(Command::new(target.join("debug").join(format!("octoseal{EXE_SUFFIX}"))).arg("demo"))?;
    Ok(Outcome::Passed)
}

/// The workspace of the unpacked crates.
///
/// # Errors
///
/// If nothing was packed yet.
pub(super) fn unpacked(workspace: &Workspace) -> Result<PathBuf, String> {
    let root = folder(workspace).join("packed");
    match root.join("Cargo.toml").is_file() {
        true => Ok(root),
        false => Err(format!("nothing is packed yet: {} package", super::COMMAND)),
    }
}

/// The file that the registry gets.
pub(super) fn archive(workspace: &Workspace, package: &Package) -> PathBuf {
    workspace.target.join("package").join(format!("{}-{}.crate", package.name, package.version))
}

/// The published crates, each behind those it needs: they must be published in this order.
pub(super) fn order(workspace: &Workspace) -> Result<Vec<&Package>, String> {
    let mut left: Vec<_> = workspace.packages.iter().filter(|package| package.published).collect();
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let waits = |package: &&Package| {
            package.dependencies.iter().any(|needed| left.iter().any(|other| other.name == needed.name))
        };
        let (waiting, ready): (Vec<_>, Vec<_>) = left.iter().partition(|package| waits(package));
        if ready.is_empty() {
            let names: Vec<_> = left.iter().map(|package| package.name.as_str()).collect();
            return Err(format!(
                "these need one another, so none can be published first: {}",
                names.join(", ")
            ));
        }
        ordered.extend(ready);
        left = waiting;
    }
    Ok(ordered)
}

fn unpack(workspace: &Workspace, package: &Package, into: &Path) -> Result<(), String> {
    let archive = archive(workspace, package);
    // All files in an archive have one old date, by which cargo would take them for those it has built already.
    command::read(Command::new("tar").arg("-xzmf").arg(&archive).arg("-C").arg(into))?;
    let root = into.join(folder_name(package));
    let missing: Vec<_> = ALWAYS.into_iter().filter(|name| !root.join(name).is_file()).collect();
    match missing.is_empty() {
        true => Ok(()),
        false => Err(format!("{} holds no {}", archive.display(), missing.join(", no "))),
    }
}

/// A workspace in which our crates find one another where they were unpacked.
fn root_manifest(packages: &[&Package]) -> String {
    let members: Vec<_> = packages.iter().map(|package| format!("{:?}", folder_name(package))).collect();
    let mut text = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    text.push_str("\n[patch.crates-io]\n");
    for package in packages {
        text.push_str(&format!("{} = {{ path = {:?} }}\n", package.name, folder_name(package)));
    }
    text
}

fn folder_name(package: &Package) -> String {
    format!("{}-{}", package.name, package.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Dependency;

    fn package(name: &str, needs: &[&str]) -> Package {
        let dependency = |name: &&str| Dependency { name: (*name).to_owned(), dev: false };
        Package {
            name: name.to_owned(),
            version: "0.1.0".to_owned(),
            published: name != "xtask",
            dependencies: needs.iter().map(dependency).collect(),
            ..Package::default()
        }
    }

    #[test]
    fn a_crate_stands_behind_what_it_needs() {
        let packages = vec![
            package("c", &["b", "http"]),
            package("xtask", &[]),
            package("b", &["a"]),
            package("a", &[]),
        ];
        let workspace = Workspace { packages, ..Workspace::default() };
        let names: Vec<_> = order(&workspace).unwrap().iter().map(|package| package.name.clone()).collect();
        assert_eq!(names, ["a", "b", "c"]);
    }

    #[test]
    fn crates_that_need_one_another_are_named() {
        let packages = vec![package("a", &["b"]), package("b", &["a"]), package("c", &[])];
        let message = order(&Workspace { packages, ..Workspace::default() }).unwrap_err();
        assert!(message.ends_with("first: a, b"), "{message}");
    }

    #[test]
    fn the_unpacked_crates_find_one_another() {
        let text = root_manifest(&[&package("a", &[])]);
        assert!(text.contains("members = [\"a-0.1.0\"]"), "{text}");
        assert!(text.ends_with("[patch.crates-io]\na = { path = \"a-0.1.0\" }\n"), "{text}");
    }
}
