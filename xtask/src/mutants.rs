//! Faults put into the code one at a time, which a test must notice: `cargo xtask mutants` (by hand).

use crate::command;
use crate::runner::Outcome;
use crate::tools;
use crate::workspace::Workspace;
use std::fs;
use std::path::Path;

/// The crates, and what `cargo test` is told for each mutant: all tests but those of what must not compile and the
/// examples, which take longer than all the others together.
const CRATES: &[(&str, &[&str])] = &[
    (
        "octoseal-model",
        &["--lib", "--test=bodies", "--test=names", "--test=operations", "--test=reading", "--test=values"],
    ),
    ("octoseal-crypto", &["--all-features", "--lib", "--tests"]),
];

/// Where the reason stands for each mutant that may survive.
const REASONS: &str = "docs/testing.md";

pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let mut failures = Vec::new();
    for (package, arguments) in CRATES {
        failures.extend(try_all(workspace, package, arguments).err());
    }
    if failures.is_empty() { Ok(Outcome::Passed) } else { Err(failures.join("\n")) }
}

/// Tries every mutant of one crate, in copies of the tree; what happened to each stays under the target folder.
fn try_all(workspace: &Workspace, package: &str, arguments: &[&str]) -> Result<(), String> {
    let output = workspace.target.join("mutants").join(package);
    let mut cargo = tools::MUTANTS.cargo(workspace)?;
    // Each copy has a target folder of its own.
    cargo.env_remove("CARGO_TARGET_DIR").args(["mutants", "--package", package, "--jobs", "2"]);
    cargo.args(["--no-shuffle", "--timeout", "60", "--build-timeout", "300", "--output"]).arg(&output);
    // It ends with 2 if mutants survived, 3 if tests hung.
    let ended = command::run(cargo.arg("--").args(arguments));
    let results = output.join("mutants.out");
    let survivors = read(&results.join("missed.txt"))
        .map_err(|error| format!("{package}: {error}; {}", ended.err().unwrap_or_default()))?;
    let survivors = survivors + &read(&results.join("timeout.txt"))?;
    let unexplained = unexplained(&survivors, &read(&workspace.root.join(REASONS))?);
    match unexplained.is_empty() {
        true => Ok(()),
        false => Err(format!("{package}: these have no reason in {REASONS}:\n{}", unexplained.join("\n"))),
    }
}

/// The mutants that the reasons do not name.
fn unexplained(survivors: &str, reasons: &str) -> Vec<String> {
    let names = survivors.lines().map(name);
    names.filter(|name| !reasons.contains(&format!("* `{name}`: "))).collect()
}

/// The file and the change, without the line and the column, which other changes move.
fn name(mutant: &str) -> String {
    let (place, change) = mutant.split_once(": ").unwrap_or((mutant, ""));
    let path = place.split(':').next().unwrap_or_default();
    let (_, file) = path.split_once("/src/").unwrap_or(("", path));
    format!("{file}: {change}")
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survivor_is_explained_by_its_name_wherever_it_moves() {
        let survivors = "crates/x/src/a/b.rs:68:60: replace + with * in f\n\
            crates/x/src/a.rs:1:2: replace > with >= in g\n";
        let reasons = "text\n* `a/b.rs: replace + with * in f`: both are long.\n";
        assert_eq!(unexplained(survivors, reasons), ["a.rs: replace > with >= in g"]);
    }
}
