//! What the command prints: data on standard output, messages on standard error, for people or as JSON Lines.

mod exit_code;
mod failure;
mod from_error;
mod phrase;

pub(crate) use exit_code::ExitCode;
pub(crate) use failure::Failure;

use serde_json::{Value, json};
use std::io::{self, Write as _};

/// How to print, and how much.
#[derive(Clone, Copy, Default)]
pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
}

impl Output {
    /// Prints one result: a line of JSON, or text for people.
    pub(crate) fn answer(self, data: &Value, text: impl AsRef<str>) -> Result<(), Failure> {
        if self.json { self.line(&data.to_string()) } else { self.line(text.as_ref()) }
    }

    /// Prints one result whose only purpose is this output, so that a lost reader is a failure.
    pub(crate) fn must_answer(self, data: &Value, text: &str) -> Result<(), Failure> {
        if crate::platform::stdout_is_closed() {
            return Err(unwritable(io::ErrorKind::BrokenPipe.into()));
        }
        let line = if self.json { &data.to_string() } else { text };
        write_line(line).map_err(unwritable)
    }

    /// Prints a line of the result. A reader that has left, as `head` does, is no failure.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        match write_line(text) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result.map_err(unwritable),
        }
    }

    /// Says something that is good to know; silent with `--quiet`.
    pub(crate) fn note(self, text: &str) {
        if !self.quiet {
            self.message("note", text);
        }
    }

    /// Says something that may be a mistake.
    pub(crate) fn warn(self, text: &str) {
        self.message("warning", text);
    }

    /// Says that nothing happens for a while, and why.
    pub(crate) fn wait(self, seconds: f64, reason: &str) {
        if self.json {
            self.event(&json!({ "wait": reason, "seconds": seconds }));
        } else if !self.quiet {
            to_stderr(&format!("waiting {seconds} s: {reason}"));
        }
    }

    /// Prints text for people on standard error.
    pub(crate) fn text(self, text: &str) {
        to_stderr(text);
    }

    /// Prints a line of JSON on standard error.
    pub(crate) fn event(self, event: &Value) {
        to_stderr(&event.to_string());
    }

    /// Says what failed.
    pub(crate) fn report(self, failure: &Failure) {
        if self.json { self.event(&failure.to_json()) } else { to_stderr(&failure.for_people(self.verbose)) }
    }

    fn message(self, kind: &str, text: &str) {
        if self.json { self.event(&json!({ kind: text })) } else { to_stderr(&format!("{kind}: {text}")) }
    }
}

fn write_line(text: &str) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{text}")?;
    stdout.flush()
}

/// Writes a line in one piece, so that lines of several processes do not mix. If standard error is closed, there is no
/// other place to report it.
fn to_stderr(line: &str) {
    io::stderr().write_all(format!("{line}\n").as_bytes()).ok();
}

fn unwritable(error: io::Error) -> Failure {
    Failure::new(ExitCode::File, "the work is done, but its result cannot be written to standard output")
        .because(error)
}
