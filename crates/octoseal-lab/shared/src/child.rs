//! A contestant as a running program: one line for each request, one line for each answer.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{self, ChildStdin, ChildStdout, Command, Stdio};

/// A running contestant. It ends when it is dropped.
pub struct Child {
    /// Its version, as it reported it.
    pub version: String,
    process: process::Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Child {
    /// Starts the program and waits until it is ready.
    ///
    /// # Errors
    ///
    /// If it does not start, or does not begin with `ready`.
    pub fn start(command: &mut Command) -> Result<Self, String> {
        // The folder is omitted: the message may be published, and the folder belongs to one machine.
        let program = Path::new(command.get_program()).file_name().unwrap_or_default();
        let name = program.to_string_lossy().into_owned();
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name} cannot be started: {error}"))?;
        let (Some(questions), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(format!("{name} has no pipes"));
        };
        let mut child = Self { version: String::new(), process, questions, answers: BufReader::new(answers) };
        let line = child.read().map_err(|error| format!("{name}: {error}"))?;
        match line.strip_prefix("ready ") {
            Some(version) => child.version = version.to_owned(),
            None => return Err(format!("{name} printed `{line}` instead of ready")),
        }
        Ok(child)
    }

    /// Sends one line and returns the line of the answer.
    ///
    /// # Errors
    ///
    /// If the program ended, as it does when a request fails.
    pub fn ask(&mut self, question: &str) -> Result<String, String> {
        writeln!(self.questions, "{question}")
            .map_err(|error| format!("it ended before {question}: {error}"))?;
        self.read()
    }

    fn read(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(0) => Err("it ended without an answer".to_owned()),
            Ok(_) => Ok(line.trim_end().to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // It may have ended already, so the result is ignored.
        let _: io::Result<()> = self.process.kill();
        let _: io::Result<_> = self.process.wait();
    }
}
