//! The judge `schemathesis`: a fuzzer for HTTP APIs reads GitHub's description and tries the emulator.

use crate::emulator::Emulator;
use crate::workspace::Workspace;
use crate::{files, process, python};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The time limit. It takes 30 seconds on two cores.
const LIMIT: Duration = Duration::from_secs(180);

/// The maximum number of requests for each operation, the same in each run.
const EXAMPLES: &str = "10";
const SEED: &str = "4";

/// The file in which the hooks count the answers: `{"METHOD /path STATUS": number}`.
const TALLY: &str = "tally.json";

/// The checks of each answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";

/// Lets schemathesis send valid and invalid requests.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    let conformance = workspace.target.join("conformance");
    let (folder, downloads) = (conformance.join("schemathesis"), conformance.join("description"));
    let hooks = workspace.root.join("xtask/conformance/schemathesis");
    files::create_folder(&downloads)?;
    files::create_folder(&folder)?;
    let python = python::environment(&folder.join("venv"), &hooks.join("requirements.txt"))?;
    let mut prepare = Command::new(python);
    // -B: Python must not write compiled files into the work tree.
    prepare.arg("-B").arg(hooks.join("prepare.py")).arg(downloads);
    prepare.arg(workspace.root.join("docs/operations.txt")).arg(folder.join("description.json"));
    process::read(&mut prepare)?;
    let emulator = Emulator::start(workspace, &folder.join("opened.json"))?;
    let output = process::output(&mut schemathesis(&folder, &hooks, &emulator.url), b"", LIMIT)?;
    if !output.status.success() {
        let log = String::from_utf8_lossy(&output.stdout);
        return Err(format!("schemathesis failed: {}:\n{log}", output.status));
    }
    figures(&files::read(folder.join(TALLY))?, include_str!("../../../docs/operations.txt"))
}

/// Returns the command. It runs in its own folder, because it writes files where it runs.
fn schemathesis(folder: &Path, hooks: &Path, url: &str) -> Command {
    let mut command = Command::new(folder.join("venv/bin/st"));
    command.current_dir(folder).args(["run", "description.json", "--url", url]);
    command.args(["--checks", CHECKS, "--phases", "fuzzing", "--max-examples", EXAMPLES, "--seed", SEED]);
    command.args(["--generation-database", "none", "--suppress-health-check", "all"]);
    command.args(["--max-redirects", "0", "--warnings", "off", "--no-color"]);
    command
        .env("SCHEMATHESIS_HOOKS", "hooks")
        .env("OCTOSEAL_TALLY", folder.join(TALLY))
        .env("PYTHONPATH", hooks);
    command.env("PYTHONDONTWRITEBYTECODE", "1").env("NO_PROXY", "127.0.0.1");
    command
}

/// Returns the number of answers. Every operation must succeed at least once, or only refusals would be judged.
fn figures(tally: &str, operations: &str) -> Result<String, String> {
    let tally: BTreeMap<String, u64> =
        serde_json::from_str(tally).map_err(|error| format!("the counts of answers: {error}"))?;
    let (mut succeeded, mut successes, mut refusals) = (BTreeSet::new(), 0, 0);
    for (answer, count) in &tally {
        let (operation, status) = answer.rsplit_once(' ').unwrap_or_default();
        if status.starts_with('2') {
            succeeded.insert(operation);
            successes += count;
        } else {
            refusals += count;
        }
    }
    let never: Vec<_> = operations.lines().filter(|operation| !succeeded.contains(operation)).collect();
    match never.as_slice() {
        [] => Ok(format!(
            "{} operations, {successes} successes and {refusals} refusals as described, 0 server errors",
            succeeded.len()
        )),
        _ => Err(format!("these operations never succeeded:\n{}", never.join("\n"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_that_never_succeeded_is_named() {
        let tally = r#"{"GET /user 200": 3, "GET /user 401": 2, "GET /versions 404": 1}"#;
        let good = "1 operations, 3 successes and 3 refusals as described, 0 server errors";
        assert_eq!(figures(tally, "GET /user\n").as_deref(), Ok(good));
        let message = figures(tally, "GET /user\nGET /versions\n").unwrap_err();
        assert_eq!(message, "these operations never succeeded:\nGET /versions");
    }
}
