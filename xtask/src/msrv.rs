//! The step `msrv`: each crate compiles with the oldest Rust that its manifest promises (`rust-version`).

use crate::process;
use crate::runner::Outcome;
use crate::toolchain::Compiler;
use crate::workspace::{Package, Workspace, features};
use std::collections::BTreeMap;

/// Checks libraries and commands with every feature, once for each promised version.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let mut skipped = Vec::new();
    for (version, packages) in promises(workspace)? {
        match Compiler::of_version(workspace, version) {
            Ok(compiler) => check(workspace, &compiler, &packages)?,
            Err(reason) => skipped.push(reason),
        }
    }
    if skipped.is_empty() { Ok(Outcome::Passed) } else { Outcome::skipped(skipped.join("; ")) }
}

/// Groups the crates by the version that they promise.
fn promises(workspace: &Workspace) -> Result<BTreeMap<&str, Vec<&Package>>, String> {
    let mut promises = BTreeMap::<_, Vec<_>>::new();
    for package in &workspace.packages {
        let version = package.rust_version.as_deref();
        let version = version.ok_or_else(|| format!("{} has no rust-version", package.manifest))?;
        promises.entry(version).or_default().push(package);
    }
    Ok(promises)
}

fn check(workspace: &Workspace, compiler: &Compiler, packages: &[&Package]) -> Result<(), String> {
    let version = compiler.version()?;
    println!("Rust {version}:");
    let mut cargo = compiler.cargo(workspace);
    cargo.args(["check", "--locked", "--lib", "--bins", "--features", &features(packages.iter().copied())]);
    for package in packages {
        cargo.args(["--package", &package.name]);
    }
    process::run(cargo.arg("--target-dir").arg(workspace.target.join("msrv").join(version)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_checked_with_the_version_they_promise() {
        let package = |name: &str, version: &str| -> Package {
            serde_json::from_value(serde_json::json!({"name": name, "rust_version": version})).unwrap()
        };
        let packages = vec![package("a", "1.85"), package("cli", "1.96"), package("b", "1.85")];
        let workspace = Workspace { packages, ..Workspace::default() };
        let names = |packages: &Vec<&Package>| packages.iter().map(|one| one.name.clone()).collect();
        let groups: Vec<(_, Vec<_>)> =
            promises(&workspace).unwrap().iter().map(|(version, all)| (*version, names(all))).collect();
        assert_eq!(
            groups,
            [("1.85", vec!["a".to_owned(), "b".to_owned()]), ("1.96", vec!["cli".to_owned()])]
        );
        assert!(promises(&Workspace { packages: vec![Package::default()], ..workspace }).is_err());
    }
}
