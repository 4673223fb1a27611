//! What a run of a program takes.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The first argument of a process that runs one program.
pub(crate) const ONCE: &str = "--once";

/// What one run, or several one after the other, took.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) wall_ms: f64,
    pub(crate) cpu_ms: f64,
    pub(crate) memory_mb: f64,
    pub(crate) succeeded: bool,
}

impl Cost {
    /// Joins the costs of two runs, one after the other.
    pub(crate) fn then(self, next: Self) -> Self {
        Self {
            wall_ms: self.wall_ms + next.wall_ms,
            cpu_ms: self.cpu_ms + next.cpu_ms,
            memory_mb: self.memory_mb.max(next.memory_mb),
            succeeded: self.succeeded && next.succeeded,
        }
    }
}

/// Runs a program and prints its cost for [`of`].
pub(crate) fn once(program: &str, arguments: &[String]) -> Result<String, String> {
    let start = Instant::now();
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status();
    let wall = start.elapsed();
    let status = status.map_err(|error| format!("{program} cannot be started: {error}"))?;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let cpu = usage.user_time() + usage.system_time();
    let (wall, cpu, kilobytes) = (wall.as_micros(), cpu.num_microseconds(), usage.max_rss());
    Ok(format!("cost {wall} {cpu} {kilobytes} {}", status.success()))
}

/// Runs a program with a command that was prepared for it: environment, input, and arguments after `--once`.
pub(crate) fn of(command: &mut Command) -> Result<Cost, String> {
    let output = command.stderr(Stdio::piped()).output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let words: Vec<&str> = text.trim().split(' ').collect();
    let ["cost", wall, cpu, kilobytes, succeeded] = words[..] else {
        return Err(format!("no cost: {text}{}", String::from_utf8_lossy(&output.stderr)));
    };
    let number = |text: &str| text.parse::<f64>().map_err(|error| error.to_string());
    Ok(Cost {
        wall_ms: number(wall)? / 1e3,
        cpu_ms: number(cpu)? / 1e3,
        memory_mb: number(kilobytes)? / 1024.0,
        succeeded: succeeded == "true",
    })
}
