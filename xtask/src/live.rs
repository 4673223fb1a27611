//! The step `live`: the example `live` of the crate octoseal checks the real GitHub with a person's token.
//!
//! Without arguments it checks the emulator instead, as CI does. Only the example reads the token.

use crate::emulator::Emulator;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use crate::{files, process};
use std::env::{self, consts::EXE_SUFFIX};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// The last line of a check in which everything worked in every store of the emulator.
const SUCCESS: &str = "5 stores checked, 0 not for this token, 0 failed";

/// The time limit for the check of the emulator, which takes a second.
const LIMIT: Duration = Duration::from_secs(60);

/// Checks GitHub if the arguments name a token and a repository, and otherwise the emulator.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome, String> {
    if arguments.is_empty() || arguments == ["--dry-run"] {
        return check_emulator(workspace);
    }
    let value_of =
        |option: &str| arguments.chunks(2).find(|pair| pair[0] == option).and_then(|pair| pair.get(1));
    let (Some(token_env), Some(_)) = (value_of("--token-env"), value_of("--repository")) else {
        return Ok(Outcome::Usage);
    };
    if process::in_ci() {
        return Err("cannot check GitHub: the live check never runs in CI".to_owned());
    }
    if env::var_os(token_env).is_none() {
        return Err("cannot check GitHub: the variable that --token-env names is not set".to_owned());
    }
    process::run(Command::new(program(workspace, Some(token_env))?).args(arguments))?;
    Ok(Outcome::Passed)
}

/// Runs the check on the emulator, which must be empty afterwards.
fn check_emulator(workspace: &Workspace) -> Result<Outcome, String> {
    let program = program(workspace, None)?;
    let opened = workspace.target.join("live-opened.json");
    let emulator = Emulator::start(workspace, &opened)?;
    let mut live = Command::new(program);
    live.args(["--token-env", "OCTOSEAL_LIVE_TOKEN", "--repository", "octo/hello", "--pause", "0"]);
    live.args(["--api-url", &emulator.url]).env("OCTOSEAL_LIVE_TOKEN", "ghp_any_token_is_good_here");
    let output = process::output(&mut live, b"", LIMIT)?;
    let log = String::from_utf8_lossy(&output.stdout);
    print!("{log}");
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    verdict(output.status.success(), &log, &files::read(opened)?)
}

fn verdict(succeeded: bool, log: &str, left: &str) -> Result<Outcome, String> {
    if !succeeded || log.lines().last() != Some(SUCCESS) {
        return Err("the live check failed on the emulator; its output is above".to_owned());
    }
    match left.trim() {
        "{}" => Ok(Outcome::Passed),
        _ => Err("the live check left secrets in the emulator".to_owned()),
    }
}

/// Builds the example and returns its path. The compiler does not see the token.
fn program(workspace: &Workspace, token_env: Option<&str>) -> Result<PathBuf, String> {
    let mut cargo = process::cargo(&workspace.root);
    if let Some(variable) = token_env {
        cargo.env_remove(variable);
    }
    cargo.args(["build", "--quiet", "--locked", "--package", "octoseal", "--example", "live"]);
    process::run(&mut cargo)?;
    Ok(workspace.target.join("debug/examples").join(format!("live{EXE_SUFFIX}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_of_the_emulator_must_succeed_and_leave_nothing() {
        assert_eq!(verdict(true, &format!("a\n{SUCCESS}\n"), "{}\n"), Ok(Outcome::Passed));
        assert!(verdict(false, SUCCESS, "{}").is_err());
        assert!(verdict(true, "4 stores checked, 1 not for this token, 0 failed", "{}").is_err());
        assert!(verdict(true, SUCCESS, r#"{"user/codespaces":{"A":"eA=="}}"#).is_err());
    }
}
