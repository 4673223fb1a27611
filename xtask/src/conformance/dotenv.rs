//! The judge `dotenv`: npm dotenv and python-dotenv read the values that octoseal reads from a file.

use crate::workspace::Workspace;
use crate::{files, node, process, python};
use serde::Deserialize;
use std::env::consts::EXE_SUFFIX;
use std::process::Command;
use std::time::Duration;

/// The program that prints what octoseal reads: an example of octoseal-fleet.
const EXAMPLE: &str = "dotenv_values";

/// The files behind the grammar, with recorded answers.
const CASES: &str = "crates/octoseal-fleet/tests/inputs/dotenv_cases.json";

/// The time limit. It takes 3 seconds.
const LIMIT: Duration = Duration::from_secs(120);

/// The minimum number of values to compare. A judge with almost no values would always pass.
const FEWEST: u64 = 10_000;

#[derive(Deserialize)]
struct Report {
    texts: u64,
    accepted: u64,
    compared: u64,
    failures: Vec<String>,
}

/// Compares the values of the cases and of random files, except for the differences that `docs/dotenv.md` explains.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("conformance/dotenv");
    files::copy_folder(&workspace.root.join("xtask/conformance/dotenv"), &folder)?;
    let python = python::environment(&folder.join("venv"), &folder.join("requirements.txt"))?;
    node::install(&folder)?;
    let mut cargo = process::cargo(&workspace.root);
    cargo.args(["build", "--quiet", "--locked", "--package", "octoseal-fleet", "--example", EXAMPLE]);
    process::run(&mut cargo)?;
    let program = workspace.target.join("debug/examples").join(format!("{EXAMPLE}{EXE_SUFFIX}"));
    let mut judge = Command::new(python);
    judge.current_dir(&folder).args(["-B", "judge.py"]).arg(program).arg(workspace.root.join(CASES));
    let output = process::output(&mut judge, b"", LIMIT)?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("judge.py failed: {}:\n{stderr}", output.status));
    }
    let report =
        serde_json::from_slice(&output.stdout).map_err(|error| format!("the report of judge.py: {error}"))?;
    figures(&report)
}

fn figures(Report { texts, accepted, compared, failures }: &Report) -> Result<String, String> {
    if !failures.is_empty() {
        let first = failures[..failures.len().min(20)].join("\n");
        return Err(format!("{} differences, the first of them:\n{first}", failures.len()));
    }
    match compared < &FEWEST {
        true => Err(format!("only {compared} values were compared")),
        false => Ok(format!("{texts} files, {accepted} accepted, {compared} values equal or explained")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_and_too_few_comparisons_are_failures() {
        let report = |compared, failures: &[&str]| Report {
            texts: 9,
            accepted: 8,
            compared,
            failures: failures.iter().map(|failure| (*failure).to_owned()).collect(),
        };
        assert!(figures(&report(FEWEST, &["A differs"])).unwrap_err().contains("A differs"));
        assert!(figures(&report(FEWEST - 1, &[])).is_err());
        assert!(figures(&report(FEWEST, &[])).unwrap().starts_with("9 files"));
    }
}
