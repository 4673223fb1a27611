//! Child processes. They do not read the standard input of xtask. A failure becomes one message.

use std::env;
use std::ffi::OsString;
use std::io::{ErrorKind, Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Returns whether this is a CI machine (`CI=true`), where no step may be skipped.
pub(crate) fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| value == "true")
}

/// Returns a command for the cargo that runs xtask, in the given folder.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    command.current_dir(folder);
    command
}

/// Puts a folder first on the `PATH` of a command.
pub(crate) fn add_to_path(command: &mut Command, folder: &Path) -> Result<(), String> {
    let old = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(env::split_paths(&old));
    let path = env::join_paths(folders).map_err(|error| format!("{}: {error}", folder.display()))?;
    command.env("PATH", path);
    Ok(())
}

/// Prints the command line, then runs it with the output streams of xtask.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let line = describe(command);
    println!("$ {line}");
    let status = command.stdin(Stdio::null()).status();
    match status.map_err(|error| format!("cannot start `{line}`: {error}"))? {
        status if status.success() => Ok(()),
        status => Err(format!("`{line}` failed: {status}")),
    }
}

/// Runs a command without showing it and returns its standard output.
pub(crate) fn read(command: &mut Command) -> Result<String, String> {
    let line = describe(command);
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("cannot start `{line}`: {error}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{line}` failed: {}: {}", output.status, stderr.trim()));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("the output of `{line}` is not UTF-8"))
}

/// Runs a command with this standard input and returns its output. Kills it when the time limit is reached.
pub(crate) fn output(command: &mut Command, input: &[u8], limit: Duration) -> Result<Output, String> {
    let line = describe(command);
    let failed = |error| format!("`{line}`: {error}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    // One thread for each pipe: a full pipe would block the child.
    thread::scope(|scope| {
        let written = scope.spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(input)));
        let stdout = scope.spawn(move || read_pipe(stdout));
        let stderr = scope.spawn(move || read_pipe(stderr));
        let status = wait(&mut child, limit).map_err(failed)?;
        match written.join() {
            // A program that refuses its arguments need not read its input.
            Ok(Err(error)) if error.kind() != ErrorKind::BrokenPipe => return Err(failed(error)),
            _ => {}
        }
        let join = |reader: thread::ScopedJoinHandle<'_, Vec<u8>>| reader.join().unwrap_or_default();
        Ok(Output { status, stdout: join(stdout), stderr: join(stderr) })
    })
}

fn wait(child: &mut Child, limit: Duration) -> std::io::Result<ExitStatus> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Err(std::io::Error::new(ErrorKind::TimedOut, format!("not finished after {limit:?}")));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn read_pipe(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // The exit status reports the failure, and the earlier bytes are kept.
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

/// Returns the command line as a person would type it, without the program's folder.
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
    fn an_error_names_the_command_and_has_its_standard_error() {
        let message = read(&mut Command::new("octoseal-no-such-program")).unwrap_err();
        assert!(message.starts_with("cannot start `octoseal-no-such-program`"), "{message}");
        let message = read(cargo(Path::new(".")).args(["no-such-subcommand", "a b"])).unwrap_err();
        assert!(message.contains("cargo no-such-subcommand 'a b'` failed"), "{message}");
        assert!(message.contains("no such command"), "{message}");
    }

    #[test]
    fn a_program_that_reaches_the_limit_is_killed() {
        let start = Instant::now();
        let message = output(Command::new("sleep").arg("60"), b"", Duration::from_millis(50)).unwrap_err();
        assert!(message.contains("`sleep 60`: not finished after"), "{message}");
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn the_input_arrives_and_both_outputs_are_kept() {
        let mut command = Command::new("sh");
        let output =
            output(command.args(["-c", "cat; echo err >&2"]), b"in", Duration::from_secs(60)).unwrap();
        assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b"in"[..], &b"err\n"[..]));
    }

    #[test]
    fn a_program_that_does_not_read_its_input_succeeds() {
        let output = output(&mut Command::new("true"), &vec![0; 1 << 20], Duration::from_secs(60)).unwrap();
        assert!(output.status.success());
    }
}
