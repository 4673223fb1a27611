//! The judge `shells`: bash, fish and zsh complete commands and options with the scripts of `octoseal completions`.

use crate::workspace::Workspace;
use crate::{debian, process};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The time limit of one shell, which takes half a second.
const LIMIT: Duration = Duration::from_secs(60);

/// Each shell, with the options that exclude the user's own settings.
const SHELLS: [(&str, &[&str]); 3] = [("bash", &["--norc"]), ("fish", &["--no-config"]), ("zsh", &["-f"])];

/// The words that each script completes: `pu`, `put --from-f` and `access rem`.
const COMPLETED: &str = "put\n--from-file\nremove\n";

/// Completes three lines in each shell.
///
/// # Errors
///
/// The unexpected output of a shell, or a missing shell.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    debian::install(&SHELLS.map(|(shell, _)| shell))?;
    let mut cargo = process::cargo(&workspace.root);
    process::run(cargo.args(["build", "--quiet", "--locked", "--package", "octoseal-cli"]))?;
    let scripts = workspace.root.join("xtask/conformance/shells");
    for (shell, options) in SHELLS {
        let mut command = Command::new(shell);
        command.args(options).arg(scripts.join(format!("completions.{shell}")));
        completes(shell, &mut command, &workspace.target.join("debug"))?;
    }
    Ok("bash, fish and zsh complete commands and options".to_owned())
}

fn completes(shell: &str, command: &mut Command, programs: &Path) -> Result<(), String> {
    process::add_to_path(command, programs)?;
    let output = process::output(command, b"", LIMIT)?;
    let completed = String::from_utf8_lossy(&output.stdout);
    match completed == COMPLETED {
        true => Ok(()),
        false => Err(format!("{shell} completed {completed:?}: {}", String::from_utf8_lossy(&output.stderr))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_completion_is_reported() {
        let completes = |script| completes("sh", Command::new("sh").args(["-c", script]), Path::new("."));
        assert_eq!(completes("printf 'put\\n--from-file\\nremove\\n'"), Ok(()));
        assert!(completes("echo pull").is_err_and(|message| message.contains("pull")));
    }
}
