//! What the command prints: data on standard output, talk on standard error.

use crate::failure::{Code, Failure};
use serde_json::{Value, json};
use std::error::Error as _;
use std::io::{self, Write as _};
use std::iter;
use std::process::ExitCode;

/// How to print: for people or for machines.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

impl Output {
    /// Prints the result: `data` for machines, or `text` for people.
    pub(crate) fn answer(self, data: &Value, text: impl AsRef<str>) -> Result<(), Failure> {
        if self.json { self.line(&data.to_string()) } else { self.line(text.as_ref()) }
    }

    /// Prints a line of the result. A reader that has left, as `head` does, is no failure.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        match writeln!(io::stdout(), "{text}") {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => result.map_err(|error| {
                let message = "what was asked for is done, but standard output cannot be written";
                Failure::new(Code::File, message).because(error)
            }),
        }
    }

    /// Says something that is not the result.
    pub(crate) fn note(self, text: &str) {
        // Nobody may be listening, and there is nobody else to tell.
        writeln!(io::stderr(), "octoseal: {text}").ok();
    }

    /// Says that nothing happens for a while, and why.
    pub(crate) fn wait(self, seconds: f64, reason: &str) {
        if self.json {
            writeln!(io::stderr(), "{}", json!({ "waits_seconds": seconds, "reason": reason })).ok();
        } else {
            self.note(&format!("waits {seconds} s: {reason}"));
        }
    }

    /// Says what went wrong with all its causes, and gives the exit code.
    pub(crate) fn report(self, failure: &Failure) -> ExitCode {
        let causes: Vec<String> =
            iter::successors(failure.source(), |&cause| cause.source()).map(ToString::to_string).collect();
        if self.json {
            let error = json!({
                "error": failure.message, "causes": causes, "exit_code": failure.code as u8,
            });
            writeln!(io::stderr(), "{error}").ok();
        } else {
            self.note(&failure.message);
            for cause in causes {
                writeln!(io::stderr(), "  because {cause}").ok();
            }
        }
        ExitCode::from(failure.code as u8)
    }
}
