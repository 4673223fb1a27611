//! What embedding octoseal-crypto alone brings along: no runtime, no HTTP, no JSON, and without libsodium no C.

use crate::command;
use crate::runner::Outcome;
use crate::workspace::Workspace;

const CRATE: &str = "octoseal-crypto";

/// Nothing of these may stand in the tree, whatever features are on.
const FORBIDDEN: &[&str] =
    &["hyper", "http", "tokio", "serde", "serde_core", "serde_json", "openssl-sys", "tracing"];

/// Nothing of these may stand in the tree of the pure backend: they compile or link C.
const NEEDS_C: &[&str] = &["cc", "libsodium-sys", "pkg-config", "cmake"];

pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let all = tree(workspace, CRATE, &["--all-features"])?;
    let pure = tree(workspace, CRATE, &["--no-default-features", "--features", "rustcrypto"])?;
    let default = tree(workspace, CRATE, &[])?;
    println!("octoseal-crypto with what it builds: {} crates, {} in pure Rust", default.len(), pure.len());
    none_of(&all, FORBIDDEN, "octoseal-crypto")?;
    none_of(&pure, NEEDS_C, "octoseal-crypto with rustcrypto alone")?;
    Ok(Outcome::Passed)
}

/// The names of the crates that a crate and its build need, each once, itself included.
///
/// # Errors
///
/// If cargo refuses.
pub(crate) fn tree(workspace: &Workspace, package: &str, features: &[&str]) -> Result<Vec<String>, String> {
    let mut cargo = command::cargo(&workspace.root);
    cargo.args(["tree", "--locked", "--package", package, "--edges", "normal,build"]);
    let text = command::read(cargo.args(["--prefix", "none", "--format", "{p}"]).args(features))?;
    Ok(names(&text))
}

fn names(tree: &str) -> Vec<String> {
    let mut names: Vec<String> =
        tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

fn none_of(names: &[String], forbidden: &[&str], whose: &str) -> Result<(), String> {
    match names.iter().find(|name| forbidden.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => {
            Err(format!("{whose} reaches {name}; `cargo tree -p octoseal-crypto -i {name}` says how"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_crate_is_found_wherever_it_stands() {
        let names = names("octoseal-crypto v0.1.0 (/x)\nzeroize v1.9.2\nserde v1.0.0 (*)\nserde v1.0.0\n");
        assert_eq!(names, ["octoseal-crypto", "serde", "zeroize"]);
        assert!(none_of(&names, FORBIDDEN, "it").unwrap_err().contains("reaches serde"));
        assert_eq!(none_of(&names, NEEDS_C, "it"), Ok(()));
    }
}
