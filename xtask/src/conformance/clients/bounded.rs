//! A program's output, or its end when it takes too long.

use std::io::{self, Read};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Runs a program, and ends it when its time is over.
///
/// # Errors
///
/// If it cannot be started, or took too long.
pub(crate) fn output(command: &mut Command, patience: Duration) -> Result<Output, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let tell = |error| format!("{name}: {error}");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(tell)?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Beside the waiting, so that no full pipe holds the program up.
    thread::scope(|scope| {
        let stdout = scope.spawn(move || read(stdout));
        let stderr = scope.spawn(move || read(stderr));
        let status = wait(&mut child, patience).map_err(tell)?;
        let join = |read: thread::ScopedJoinHandle<'_, Vec<u8>>| read.join().unwrap_or_default();
        Ok(Output { status, stdout: join(stdout), stderr: join(stderr) })
    })
}

fn wait(child: &mut Child, patience: Duration) -> io::Result<std::process::ExitStatus> {
    let deadline = Instant::now() + patience;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() > deadline {
            child.kill()?;
            child.wait()?;
            return Err(io::Error::new(io::ErrorKind::TimedOut, format!("not done after {patience:?}")));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// What came until the pipe was closed or broke.
fn read(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // What came before an error is kept, and the exit code tells the rest.
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let start = Instant::now();
        let message = output(Command::new("sleep").arg("60"), Duration::from_millis(50)).unwrap_err();
        assert!(message.contains("sleep: not done after"), "{message}");
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn both_outputs_are_kept() {
        let mut command = Command::new("sh");
        let output = output(command.args(["-c", "echo out; echo err >&2"]), Duration::from_secs(60)).unwrap();
        assert_eq!((output.stdout.as_slice(), output.stderr.as_slice()), (&b"out\n"[..], &b"err\n"[..]));
    }
}
