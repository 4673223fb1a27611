//! The step `mutants`: a test must detect each fault that cargo-mutants puts into the code.

use crate::runner::Outcome;
use crate::workspace::Workspace;
use crate::{files, process, tools};

/// The crates, with the arguments of `cargo test`: all tests except examples and compile failures, which take longer
/// than the others together.
const CRATES: &[(&str, &[&str])] = &[
    (
        "octoseal-model",
        &["--lib", "--test=bodies", "--test=names", "--test=operations", "--test=reading", "--test=values"],
    ),
    ("octoseal-crypto", &["--all-features", "--lib", "--tests"]),
];

/// The page with the reason for each mutant that may survive.
const REASONS: &str = "docs/testing.md";

pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let failures = CRATES.iter().filter_map(|(package, tests)| try_crate(workspace, package, tests).err());
    Outcome::of(&failures.collect::<Vec<_>>())
}

/// Tries every mutant of one crate, in copies of the work tree. The logs stay under the target folder.
fn try_crate(workspace: &Workspace, package: &str, tests: &[&str]) -> Result<(), String> {
    let output = workspace.target.join("mutants").join(package);
    let mut cargo = tools::MUTANTS.cargo(workspace)?;
    // Each copy needs its own target folder.
    cargo.env_remove("CARGO_TARGET_DIR").args(["mutants", "--package", package, "--jobs", "2"]);
    cargo.args(["--no-shuffle", "--timeout", "60", "--build-timeout", "300", "--output"]).arg(&output);
    // Surviving mutants and endless tests are failures of cargo-mutants too.
    let result = process::run(cargo.arg("--").args(tests));
    let results = output.join("mutants.out");
    let survivors = files::read(results.join("missed.txt"))
        .map_err(|error| format!("{package}: {error}; {}", result.err().unwrap_or_default()))?;
    let survivors = survivors + &files::read(results.join("timeout.txt"))?;
    match unexplained(&survivors, &files::read(workspace.root.join(REASONS))?).as_slice() {
        [] => Ok(()),
        names => Err(format!("{package}: {REASONS} has no reason for these:\n{}", names.join("\n"))),
    }
}

/// Lists the survivors without a reason.
fn unexplained(survivors: &str, reasons: &str) -> Vec<String> {
    let names = survivors.lines().map(name);
    names.filter(|name| !reasons.contains(&format!("* `{name}`: "))).collect()
}

/// Returns the file and the change of a mutant, without line and column, which other changes move.
fn name(mutant: &str) -> String {
    let (place, change) = mutant.split_once(": ").unwrap_or((mutant, ""));
    let path = place.split(':').next().unwrap_or_default();
    let (_, file) = path.split_once("/src/").unwrap_or(("", path));
    format!("{file}: {change}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survivor_is_explained_by_its_name_on_any_line() {
        let survivors = "crates/x/src/a/b.rs:68:60: replace + with * in f\n\
            crates/x/src/a.rs:1:2: replace > with >= in g\n";
        let reasons = "text\n* `a/b.rs: replace + with * in f`: both are long.\n";
        assert_eq!(unexplained(survivors, reasons), ["a.rs: replace > with >= in g"]);
    }
}
