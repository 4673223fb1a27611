//! The step `api`: the public API of every published library is what `docs/api` lists, so no change slips through.
//!
//! The listing is that of cargo-public-api, made by its library from the JSON that rustdoc writes.

mod nightly;
mod renderer;

use crate::cargo_steps::{VENDORED, differences};
use crate::command;
use crate::runner::Outcome;
use crate::workspace::{Package, Workspace};
use std::fs;
use std::path::Path;

/// Where the listings are.
const FOLDER: &str = "docs/api";

/// Compares every listing with what the code says now.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let toolchain = match nightly::toolchain() {
        Ok(toolchain) => toolchain,
        Err(reason) if command::in_ci() => return Err(reason),
        Err(reason) => return Ok(Outcome::Skipped(reason)),
    };
    let mut changes = Vec::new();
    for (name, now) in listings(workspace, &toolchain)? {
        let path = file(&name);
        let listed = fs::read_to_string(workspace.root.join(&path)).unwrap_or_default();
        let changed = differences(&listed, &now);
        if listed != now {
            changes.push(format!("{path}:\n{}", changed.join("\n")));
        }
    }
    match changes.is_empty() {
        true => Ok(Outcome::Passed),
        false => Err(format!(
            "the public API is not what is listed; if it is meant so, `cargo xtask api --bless` lists it anew:\n{}",
            changes.join("\n")
        )),
    }
}

/// Writes every listing anew.
///
/// # Errors
///
/// If there is no nightly Rust of the pinned day, or the code does not compile.
pub(crate) fn bless() -> Result<(), String> {
    let workspace = Workspace::read()?;
    let toolchain = nightly::toolchain()?;
    let tell = |error| format!("{FOLDER}: {error}");
    fs::create_dir_all(workspace.root.join(FOLDER)).map_err(tell)?;
    for (name, now) in listings(&workspace, &toolchain)? {
        println!("{}: {} lines", file(&name), now.lines().count());
        fs::write(workspace.root.join(file(&name)), now).map_err(tell)?;
    }
    Ok(())
}

/// The name and the listing of each published library.
fn listings(workspace: &Workspace, toolchain: &str) -> Result<Vec<(String, String)>, String> {
    let renderer = renderer::program(&workspace.target.join("api-renderer"))?;
    let libraries: Vec<_> = libraries(workspace).collect();
    let target = workspace.target.join("api");
    describe(workspace, toolchain, &libraries, &target)?;
    let name = |package: &&Package| package.name.clone();
    let listing = |package: &&Package| {
        let json = target.join("doc").join(format!("{}.json", package.name.replace('-', "_")));
        Ok((name(package), renderer::render(&renderer, &json)?))
    };
    libraries.iter().map(listing).collect()
}

fn libraries(workspace: &Workspace) -> impl Iterator<Item = &Package> {
    workspace.packages.iter().filter(|package| package.published && package.library)
}

/// Lets rustdoc describe the libraries as JSON, with every feature but the one that builds OpenSSL.
fn describe(
    workspace: &Workspace,
    toolchain: &str,
    libraries: &[&Package],
    target: &Path,
) -> Result<(), String> {
    fs::create_dir_all(target).map_err(|error| format!("{}: {error}", target.display()))?;
    let mut cargo = command::cargo(&workspace.root);
    // The cargo that runs us is of the other toolchain.
    cargo.env("RUSTUP_TOOLCHAIN", toolchain).env_remove("RUSTC").env_remove("RUSTDOC");
    cargo.env("RUSTDOCFLAGS", "-Z unstable-options --output-format json --cap-lints warn");
    // Nothing is linked, so there is no need to build libsodium: any folder will do.
    cargo.env("SODIUM_LIB_DIR", target);
    cargo.args(["doc", "--quiet", "--locked", "--no-deps", "--lib", "--features", &features(libraries)]);
    for package in libraries {
        cargo.args(["--package", &package.name]);
    }
    command::run(cargo.arg("--target-dir").arg(target))
}

fn features(libraries: &[&Package]) -> String {
    let all = libraries.iter().flat_map(|package| {
        let wanted = package.features.iter().filter(|feature| feature.as_str() != VENDORED);
        wanted.map(|feature| format!("{}/{feature}", package.name))
    });
    all.collect::<Vec<_>>().join(",")
}

fn file(name: &str) -> String {
    format!("{FOLDER}/{name}.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_published_libraries_are_listed() {
        let package = |published, library| Package { published, library, ..Package::default() };
        let packages = vec![package(true, true), package(false, true), package(true, false)];
        let workspace = Workspace { packages, ..Workspace::default() };
        assert_eq!(libraries(&workspace).count(), 1);
    }

    #[test]
    fn every_feature_is_listed_but_the_one_that_builds_openssl() {
        let features = vec!["tls".to_owned(), VENDORED.to_owned()];
        let package = Package { name: "a".to_owned(), features, ..Package::default() };
        assert_eq!(super::features(&[&package]), "a/tls");
    }
}
