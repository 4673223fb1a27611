//! Child processes: none reads our stdin, and a bad end becomes one plain message.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// Whether this machine is one that must not skip anything: CI sets `CI=true`.
pub(crate) fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| value == "true")
}

/// The cargo that runs us, in the given folder.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(folder);
    command
}

/// Puts a folder before the others on the child's PATH.
///
/// # Errors
///
/// If the folder's name cannot stand in PATH.
pub(crate) fn with_folder_on_path(command: &mut Command, folder: &Path) -> Result<(), String> {
    let old = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(env::split_paths(&old));
    let path = env::join_paths(folders).map_err(|error| format!("{}: {error}", folder.display()))?;
    command.env("PATH", path);
    Ok(())
}

/// Shows the command line, then runs it with its output going where ours goes.
///
/// # Errors
///
/// If it cannot be started or does not end well.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = describe(command);
    println!("$ {line}");
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("`{line}` cannot be started: {error}"))?;
    if status.success() {
        return Ok(());
    }
    Err(format!("`{line}` ended with {status}"))
}

/// Runs a command silently and gives what it printed.
///
/// # Errors
///
/// If it cannot be started, does not end well (with what it wrote to stderr), or prints something else than text.
pub(crate) fn read(command: &mut Command) -> Result<String, String> {
    let line = describe(command);
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("`{line}` cannot be started: {error}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{line}` ended with {}: {}", output.status, stderr.trim()));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("`{line}` printed something else than UTF-8"))
}

/// The command line as a person would type it, without the program's folder.
fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        let quote = if argument.contains(' ') { "'" } else { "" };
        line.push_str(&format!(" {quote}{argument}{quote}"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_cannot_start_is_named() {
        let message = read(&mut Command::new("octoseal-no-such-program")).unwrap_err();
        assert!(message.starts_with("`octoseal-no-such-program` cannot be started"), "{message}");
    }

    #[test]
    fn a_bad_end_carries_what_the_command_said() {
        let message = read(cargo(Path::new(".")).arg("no-such-subcommand")).unwrap_err();
        assert!(message.contains("cargo no-such-subcommand` ended with"), "{message}");
        assert!(message.contains("no such command"), "{message}");
    }

    #[test]
    fn the_line_shown_can_be_typed() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["doc", "a b"]);
        assert_eq!(describe(&command), "cargo doc 'a b'");
    }
}
