//! Programs that print values: run without a shell, limited in time and bytes, and without octoseal's
//! credentials.

use super::source::{FIRST, too_long};
use crate::environment::CREDENTIALS;
use crate::journal::Journal;
use crate::output::{ExitCode, Failure};
use crate::platform::ProcessGroup;
use octoseal::SecretValue;
use std::io;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// The maximum time of a program.
const DEADLINE: Duration = Duration::from_secs(60);

/// Runs a program and returns its output. Its standard error passes through.
///
/// # Errors
///
/// If it cannot be started, fails, takes too long, or prints more than `limit` bytes. Its output is never
/// shown.
pub(super) async fn output(
    words: &[String],
    limit: usize,
    journal: &Journal,
) -> Result<SecretValue, Failure> {
    let [name, arguments @ ..] = words else {
        return Err(Failure::usage("no program was given after --"));
    };
    let mut command = Command::new(name);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    for variable in CREDENTIALS {
        command.env_remove(variable);
    }
    ProcessGroup::prepare(&mut command);
    let failed = |why: &str| {
        let failure =
            Failure::new(ExitCode::Failed, format!("the program {name} {why}; nothing was written"));
        failure.hint("what it printed to standard output is not shown")
    };
    let mut child = command.spawn().map_err(|error| {
        let code = if error.kind() == io::ErrorKind::NotFound { ExitCode::Usage } else { ExitCode::File };
        Failure::new(code, format!("cannot start the program {name}")).because(error)
    })?;
    // When this future ends early, this also ends the processes that the program has started.
    let group = ProcessGroup::of(&child);
    let finished = tokio::select! {
        finished = timeout(DEADLINE, finish(&mut child, limit)) => finished,
        () = journal.stopped() => return Err(Failure::interrupted()),
    };
    let (printed, status) = match finished {
        Ok(finished) => finished.map_err(|error| failed("cannot be read").because(error))?,
        Err(_) => return Err(failed(&format!("did not end within {} s", DEADLINE.as_secs()))),
    };
    let Some(printed) = printed else { return Err(too_long(limit)) };
    group.leave();
    match status {
        Some(status) if status.success() => Ok(printed),
        Some(status) => Err(failed(&match status.code() {
            Some(code) => format!("ended with exit code {code}"),
            None => format!("was ended: {status}"),
        })),
        None => Err(failed("did not end")),
    }
}

/// Reads the whole output and waits for the end. `None` if the output is too long.
async fn finish(
    child: &mut Child,
    limit: usize,
) -> io::Result<(Option<SecretValue>, Option<std::process::ExitStatus>)> {
    // The allocator wipes what the buffer leaves behind while it grows.
    let mut bytes = Vec::with_capacity(limit.min(FIRST) + 1);
    let read = match child.stdout.take() {
        Some(stdout) => stdout.take(limit as u64 + 1).read_to_end(&mut bytes).await,
        None => Ok(0),
    };
    let printed = SecretValue::from(bytes);
    read?;
    if printed.len() > limit {
        return Ok((None, None));
    }
    Ok((Some(printed), Some(child.wait().await?)))
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
