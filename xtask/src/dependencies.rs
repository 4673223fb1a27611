//! The step `dependencies`: the dependencies that a crate must not have.
//!
//! `.cargo/deny.toml` lists the allowed dependencies between the crates of this workspace.

use crate::process;
use crate::runner::Outcome;
use crate::workspace::Workspace;

/// A crate, its features for `cargo tree`, and the crates that it must not reach outside of tests.
const RULES: &[(&str, &str, &[&str])] = &[
    // Sealing needs no runtime, no HTTP and no JSON.
    (
        "octoseal-crypto",
        "--all-features",
        &["hyper", "http", "tokio", "serde", "serde_core", "serde_json", "openssl-sys", "tracing"],
    ),
    // The pure backend needs no C compiler and no C library.
    (
        "octoseal-crypto",
        "--no-default-features --features=rustcrypto",
        &["cc", "libsodium-sys", "pkg-config", "cmake"],
    ),
    // Only tests and the command use the emulator.
    ("octoseal", "--all-features", &["octoseal-emulator"]),
    ("octoseal-fleet", "--all-features", &["octoseal-emulator"]),
    ("octoseal-transport", "--all-features", &["octoseal-emulator"]),
];

/// Looks for forbidden crates in the dependency tree of each rule.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let mut failures = Vec::new();
    for (package, features, forbidden) in RULES {
        let names = tree(workspace, package, features)?;
        println!("{package} {features}: {} crates", names.len());
        failures.extend(names.iter().filter(|name| forbidden.contains(&name.as_str())).map(|name| {
            format!("{package} {features} reaches {name}; `cargo tree -p {package} -i {name}` shows how")
        }));
    }
    Outcome::of(&failures)
}

/// Lists the crates that a crate and its build need, itself included. `features` are options of cargo.
pub(crate) fn tree(workspace: &Workspace, package: &str, features: &str) -> Result<Vec<String>, String> {
    let mut cargo = process::cargo(&workspace.root);
    cargo.args(["tree", "--locked", "--package", package, "--edges", "normal,build"]);
    cargo.args(["--prefix", "none", "--format", "{p}"]).args(features.split_whitespace());
    Ok(names(&process::read(&mut cargo)?))
}

fn names(tree: &str) -> Vec<String> {
    let mut names: Vec<String> =
        tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_crate_of_a_tree_is_listed_once() {
        let names = names("octoseal-crypto v0.1.0 (/x)\nzeroize v1.9.2\nserde v1.0.0 (*)\nserde v1.0.0\n");
        assert_eq!(names, ["octoseal-crypto", "serde", "zeroize"]);
    }

    #[test]
    fn a_forbidden_crate_would_be_found() {
        let names = tree(
            &Workspace::read().unwrap(),
            "octoseal-crypto",
            "--no-default-features --features=libsodium",
        );
        assert!(names.unwrap().contains(&"libsodium-sys".to_owned()));
    }
}
