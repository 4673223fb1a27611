//! The judge `schemathesis`: a fuzzer that we did not write reads GitHub's description and tries the emulator.

use super::clients::bounded;
use super::clients::emulator::{self, Emulator};
use super::description;
use crate::command;
use crate::workspace::Workspace;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// How long it may take for everything; it needs some 30 seconds on two cores.
const PATIENCE: Duration = Duration::from_secs(180);

/// Requests for each of the 72 operations, at most; always the same ones.
const EXAMPLES: &str = "10";
const SEED: &str = "4";

/// What is asked of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";

/// Lets schemathesis send what the description allows and what it forbids.
///
/// # Errors
///
/// What it found; an operation that it never got to succeed; also if it cannot be installed.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    let judge = Judge::prepare(workspace)?;
    let program = emulator::program(workspace)?;
    let emulator = Emulator::start(&program, &judge.folder.join("opened.json"))?;
    let output = bounded::output(&mut judge.command(&emulator.url), PATIENCE)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stdout);
        return Err(format!("schemathesis ended with {}:\n{said}", output.status));
    }
    let tally = fs::read_to_string(judge.tally()).map_err(|error| format!("the tally: {error}"))?;
    figure(&tally, include_str!("../../../docs/operations.txt"))
}

/// Where everything is that it needs.
struct Judge {
    /// Under the target folder.
    folder: PathBuf,
    /// Our hooks.
    hooks: PathBuf,
}

impl Judge {
    /// Installs it, if it is not there, and cuts the description down.
    fn prepare(workspace: &Workspace) -> Result<Self, String> {
        let conformance = workspace.target.join("conformance");
        let hooks = workspace.root.join("xtask").join("conformance").join("schemathesis");
        let judge = Self { folder: conformance.join("schemathesis"), hooks };
        let kept = conformance.join("description");
        for folder in [&judge.folder, &kept] {
            fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        }
        let python = description::python(&judge.folder, &judge.hooks.join("requirements.txt"))?;
        let mut prepare = Command::new(python);
        // Without -B it would leave compiled files beside the programs.
        prepare.arg("-B").arg(judge.hooks.join("prepare.py")).arg(kept);
        prepare.arg(workspace.root.join("docs").join("operations.txt")).arg(judge.description());
        command::read(&mut prepare)?;
        Ok(judge)
    }

    /// The program with all that it is told; it changes to a folder of its own, for it writes files where it stands.
    fn command(&self, url: &str) -> Command {
        let mut command = Command::new(self.folder.join("venv").join("bin").join("st"));
        command.current_dir(&self.folder).arg("run").arg(self.description()).args(["--url", url]);
        command.args(["--checks", CHECKS, "--phases", "fuzzing", "--max-examples", EXAMPLES, "--seed", SEED]);
        command.args(["--generation-database", "none", "--suppress-health-check", "all"]);
        command.args(["--max-redirects", "0", "--warnings", "off", "--no-color"]);
        command.env("SCHEMATHESIS_HOOKS", "hooks").env("OCTOSEAL_TALLY", self.tally());
        command
            .env("PYTHONPATH", &self.hooks)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("NO_PROXY", "127.0.0.1");
        command
    }

    fn description(&self) -> PathBuf {
        self.folder.join("description.json")
    }

    fn tally(&self) -> PathBuf {
        self.folder.join("tally.json")
    }
}

/// How much was answered, if every operation also succeeded once: else nothing was judged but refusals.
fn figure(tally: &str, operations: &str) -> Result<String, String> {
    let tally: Value =
        serde_json::from_str(tally).map_err(|error| format!("the tally is no JSON: {error}"))?;
    let (mut done, mut successes, mut refusals) = (BTreeSet::new(), 0, 0);
    for (line, count) in tally.as_object().into_iter().flatten() {
        let (operation, status) = line.rsplit_once(' ').unwrap_or_default();
        let count = count.as_u64().unwrap_or_default();
        if status.starts_with('2') {
            done.insert(operation);
            successes += count;
        } else {
            refusals += count;
        }
    }
    let never: Vec<_> = operations.lines().filter(|operation| !done.contains(operation)).collect();
    if never.is_empty() {
        return Ok(format!(
            "{} operations, {successes} successes and {refusals} refusals as described, 0 server errors",
            done.len()
        ));
    }
    Err(format!("schemathesis never got these to succeed:\n{}", never.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_that_never_succeeded_is_named() {
        let tally = r#"{"GET /user 200": 3, "GET /user 401": 2, "GET /versions 404": 1}"#;
        let figure_of = |operations| figure(tally, operations);
        let good = "1 operations, 3 successes and 3 refusals as described, 0 server errors";
        assert_eq!(figure_of("GET /user\n").as_deref(), Ok(good));
        let message = figure_of("GET /user\nGET /versions\n").unwrap_err();
        assert_eq!(message, "schemathesis never got these to succeed:\nGET /versions");
    }
}
