//! The live check on the real GitHub, with a token of one's own and never in CI; alone it is rehearsed on the emulator.
//!
//! The check itself is the example `live` of the crate octoseal. Only it reads the token.

use crate::command;
use crate::conformance::{Emulator, bounded, emulator};
use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::env::{self, consts::EXE_SUFFIX};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// What the check says last when every store of the emulator's did all it should.
const WELL: &str = "5 stores checked, 0 not for this token, 0 failed";

/// The rehearsal takes a second.
const PATIENCE: Duration = Duration::from_secs(60);

/// What stands behind `live` on the command line.
#[derive(Debug, PartialEq)]
pub(crate) enum Words<'a> {
    DryRun,
    Live { token_env: &'a str, repository: &'a str, api_url: Option<&'a str> },
}

impl<'a> Words<'a> {
    /// The words, or nothing if they make no sense.
    pub(crate) fn parse(words: &'a [String]) -> Option<Self> {
        if words == ["--dry-run"] {
            return Some(Self::DryRun);
        }
        let (mut token_env, mut repository, mut api_url) = (None, None, None);
        for pair in words.chunks(2) {
            let [option, value] = pair else { return None };
            let place = match option.as_str() {
                "--token-env" => &mut token_env,
                "--repository" => &mut repository,
                "--api-url" => &mut api_url,
                _ => return None,
            };
            *place = Some(value.as_str());
        }
        Some(Self::Live { token_env: token_env?, repository: repository?, api_url })
    }
}

/// Runs what the words say.
///
/// # Errors
///
/// If it cannot be run here, or the check is not content.
pub(crate) fn main(words: &Words<'_>) -> Result<(), String> {
    let workspace = Workspace::read()?;
    match *words {
        Words::DryRun => run(&workspace).map(drop),
        Words::Live { token_env, repository, api_url } => check(&workspace, token_env, repository, api_url),
    }
}

/// The rehearsal: the same check against the emulator, which must have nothing left in the end.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let program = program(workspace, None)?;
    let opened = workspace.target.join("live-opened.json");
    let emulator = Emulator::start(&emulator::program(workspace)?, &opened)?;
    let mut live = Command::new(program);
    live.args(["--token-env", "OCTOSEAL_LIVE_TOKEN", "--repository", "octo/hello", "--pause", "0"]);
    live.args(["--api-url", &emulator.url]).env("OCTOSEAL_LIVE_TOKEN", "ghp_any_token_is_good_here");
    let output = bounded::output(&mut live, PATIENCE)?;
    let said = String::from_utf8_lossy(&output.stdout);
    print!("{said}");
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    let left = fs::read_to_string(&opened).map_err(|error| format!("{}: {error}", opened.display()))?;
    verdict(output.status.success(), &said, &left)?;
    Ok(Outcome::Passed)
}

fn verdict(succeeded: bool, said: &str, left: &str) -> Result<(), String> {
    if !succeeded || said.lines().last() != Some(WELL) {
        return Err("the check was not content with the emulator, see above".to_owned());
    }
    match left.trim() {
        "{}" => Ok(()),
        _ => Err("the check left secrets behind in the emulator".to_owned()),
    }
}

fn check(
    workspace: &Workspace,
    token_env: &str,
    repository: &str,
    api_url: Option<&str>,
) -> Result<(), String> {
    if command::in_ci() {
        return Err("the live check never runs in CI".to_owned());
    }
    if env::var_os(token_env).is_none() {
        return Err("the variable that --token-env names is not set".to_owned());
    }
    let mut live = Command::new(program(workspace, Some(token_env))?);
    live.args(["--token-env", token_env, "--repository", repository]);
    if let Some(url) = api_url {
        live.args(["--api-url", url]);
    }
    command::run(&mut live)
}

/// Builds the check and says where it is. What is compiled on the way does not see the token.
fn program(workspace: &Workspace, token_env: Option<&str>) -> Result<PathBuf, String> {
    let mut cargo = command::cargo(&workspace.root);
    token_env.iter().for_each(|variable| {
        cargo.env_remove(variable);
    });
    cargo.args(["build", "--quiet", "--locked", "--package", "octoseal", "--example", "live"]);
    command::run(&mut cargo)?;
    Ok(workspace.target.join("debug/examples").join(format!("live{EXE_SUFFIX}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_token_and_a_repository_must_be_named() {
        let line = words("--token-env T --repository o/r");
        let live = Words::Live { token_env: "T", repository: "o/r", api_url: None };
        assert_eq!(Words::parse(&line), Some(live));
        assert_eq!(Words::parse(&words("--dry-run")), Some(Words::DryRun));
        for line in ["", "--token-env T", "--repository o/r", "--token T --repository o/r", "--dry-run x"] {
            assert_eq!(Words::parse(&words(line)), None, "{line}");
        }
    }

    #[test]
    fn the_rehearsal_must_end_well_and_leave_nothing() {
        assert_eq!(verdict(true, &format!("a\n{WELL}\n"), "{}\n"), Ok(()));
        assert!(verdict(false, WELL, "{}").is_err());
        assert!(verdict(true, "4 stores checked, 1 not for this token, 0 failed", "{}").is_err());
        assert!(verdict(true, WELL, r#"{"user/codespaces":{"A":"eA=="}}"#).is_err());
    }
}
