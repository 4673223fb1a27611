//! Output of the command: data on standard output, messages on standard error, as text or JSON Lines.

pub(crate) mod age;
pub(crate) mod clock_time;
pub(crate) mod color;
mod exit_code;
mod failure;
mod from_error;
mod phrase;
mod rows;
mod standard_error;
pub(crate) mod table;

pub(crate) use exit_code::ExitCode;
pub(crate) use failure::Failure;
pub(crate) use standard_error::StandardError;

use serde_json::{Value, json};
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// The format and amount of output.
#[derive(Clone, Copy, Default)]
pub(crate) struct Output {
    pub(crate) json: bool,
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
}

impl Output {
    /// Prints one result: a line of JSON, or text.
    pub(crate) fn answer(self, data: &Value, text: impl AsRef<str>) -> Result<(), Failure> {
        if self.json { self.line(&data.to_string()) } else { self.line(text.as_ref()) }
    }

    /// Prints the only result of a command, so that a disconnected reader is a failure.
    pub(crate) fn must_answer(self, data: &Value, text: &str) -> Result<(), Failure> {
        if crate::platform::stdout_is_closed() {
            return Err(unwritable(io::ErrorKind::BrokenPipe.into()));
        }
        let line = if self.json { &data.to_string() } else { text };
        write_line(line).map_err(unwritable)
    }

    /// Prints a line of the result. A reader that has disconnected, as `head` does, is no failure.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        match write_line(text) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                READER_HAS_LEFT.store(true, Ordering::Relaxed);
                Ok(())
            }
            result => result.map_err(unwritable),
        }
    }

    /// Returns whether the reader of standard output has disconnected, so that no more results are needed.
    pub(crate) fn reader_has_left(self) -> bool {
        READER_HAS_LEFT.load(Ordering::Relaxed)
    }

    /// Prints a useful note. Silent with `--quiet`.
    pub(crate) fn note(self, text: &str) {
        if !self.quiet {
            self.message("note", text);
        }
    }

    /// Prints a warning about a possible mistake.
    pub(crate) fn warn(self, text: &str) {
        self.message("warning", text);
    }

    /// Whether lines can be rewritten: on a terminal, and if they are for people.
    pub(crate) fn can_rewrite(self) -> bool {
        !self.json && standard_error::can_rewrite()
    }

    /// Prints a line that stays until it is rewritten, or until the next line. Only for a terminal.
    pub(crate) fn rewrite(self, text: &str) {
        standard_error::show(text);
    }

    /// Erases the line that would be rewritten.
    pub(crate) fn erase(self) {
        standard_error::erase();
    }

    /// Shows how far a run has come, below all lines; empty text shows nothing. Only for a terminal.
    pub(crate) fn progress(self, text: &str) {
        standard_error::progress(text);
    }

    /// Prints text on standard error.
    pub(crate) fn text(self, text: &str) {
        standard_error::print(&color::message(text.to_owned()));
    }

    /// Prints a line of JSON on standard error.
    pub(crate) fn event(self, event: &Value) {
        standard_error::print(&event.to_string());
    }

    /// Prints a failure.
    pub(crate) fn report(self, failure: &Failure) {
        if self.json {
            self.event(&failure.to_json());
        } else {
            let text = failure.for_people(self.verbose);
            // A log has no rows, and no user runs a job again to read the rest.
            let is_cut = !self.verbose && io::stderr().is_terminal();
            standard_error::print(&color::message(if is_cut { rows::fit(&text) } else { text }));
        }
    }

    fn message(self, kind: &str, text: &str) {
        if self.json {
            self.event(&json!({ kind: text }));
        } else {
            standard_error::print(&color::message(format!("{kind}: {text}")));
        }
    }
}

static READER_HAS_LEFT: AtomicBool = AtomicBool::new(false);

fn write_line(text: &str) -> io::Result<()> {
    standard_error::aside(|| {
        let mut stdout = io::stdout().lock();
        writeln!(stdout, "{text}")?;
        stdout.flush()
    })
}

fn unwritable(error: io::Error) -> Failure {
    Failure::new(ExitCode::File, "the result cannot be written to standard output").because(error)
}
