//! Which of our crates may know which: the arrows of docs/architecture.md, and no others.

use super::Violation;
use super::tree::Tree;
use crate::workspace::{Dependency, Package};

/// From a crate to those it may use, first always, then in tests alone. A crate that is not listed uses none.
const ARROWS: &[(&str, &[&str], &[&str])] = &[
    ("octoseal-cli", &["octoseal", "octoseal-emulator"], &[]),
    ("octoseal", &["octoseal-crypto", "octoseal-model", "octoseal-transport"], &["octoseal-emulator"]),
    ("octoseal-transport", &[], &["octoseal-emulator"]),
    ("octoseal-emulator", &["octoseal-crypto"], &[]),
];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for package in &tree.packages {
        for dependency in &package.dependencies {
            let ours = tree.packages.iter().any(|other| other.name == dependency.name);
            if ours && !allowed(package, dependency) {
                violations.push(violation(tree, package, dependency));
            }
        }
    }
    violations
}

fn allowed(package: &Package, dependency: &Dependency) -> bool {
    let name = dependency.name.as_str();
    ARROWS.iter().any(|(from, always, in_tests)| {
        *from == package.name && (always.contains(&name) || (dependency.dev && in_tests.contains(&name)))
    })
}

fn violation(tree: &Tree, package: &Package, dependency: &Dependency) -> Violation {
    let text = tree.text(&package.manifest).unwrap_or_default();
    let name = &dependency.name;
    let line = text.lines().position(|line| {
        let rest = line.strip_prefix(name.as_str());
        rest.is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
    });
    let kind = if dependency.dev { " in tests" } else { "" };
    let message = format!(
        "{} may not use {name}{kind}; drop it, or decide on a new arrow in docs/architecture.md and list it in \
         xtask/src/tidy/arrows.rs",
        package.name
    );
    Violation::new(&package.manifest, line.map_or(1, |index| index + 1), message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(from: &str, to: &str, dev: bool) -> Tree {
        let package = |name: &str| Package {
            name: name.to_owned(),
            manifest: format!("crates/{name}/Cargo.toml"),
            ..Package::default()
        };
        let mut user = package(from);
        user.dependencies.push(Dependency { name: to.to_owned(), dev });
        let text = format!("[dependencies]\n{to}.workspace = true\n");
        let mut tree = Tree::of(&[(&user.manifest, &text)]);
        tree.packages = vec![user, package(to)];
        tree
    }

    #[test]
    fn the_emulator_never_knows_the_model() {
        for dev in [false, true] {
            let found = check(&tree("octoseal-emulator", "octoseal-model", dev));
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].line, 2);
        }
    }

    #[test]
    fn only_the_tests_of_the_facade_know_the_emulator() {
        assert!(check(&tree("octoseal", "octoseal-emulator", true)).is_empty());
        assert_eq!(check(&tree("octoseal", "octoseal-emulator", false)).len(), 1);
    }

    #[test]
    fn a_leaf_a_new_crate_and_xtask_know_none_of_ours() {
        for from in ["octoseal-crypto", "octoseal-model", "octoseal-new", "xtask"] {
            assert_eq!(check(&tree(from, "octoseal-transport", true)).len(), 1, "{from}");
        }
    }

    #[test]
    fn every_arrow_of_the_house_is_allowed() {
        for (from, to) in [
            ("octoseal-cli", "octoseal"),
            ("octoseal-cli", "octoseal-emulator"),
            ("octoseal", "octoseal-crypto"),
            ("octoseal", "octoseal-model"),
            ("octoseal", "octoseal-transport"),
            ("octoseal-emulator", "octoseal-crypto"),
        ] {
            assert!(check(&tree(from, to, false)).is_empty(), "{from} to {to}");
        }
    }
}
