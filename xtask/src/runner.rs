//! Runs steps in order: names each, measures it, stops at the first failure, and ends with a table.

use crate::process;
use crate::workspace::Workspace;
use std::time::{Duration, Instant};

/// One check, which `cargo xtask NAME` runs alone.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// The fact that it proves, for the table of verbs.
    pub(crate) proves: &'static str,
    /// The approximate time on two cores when everything is compiled.
    pub(crate) time: &'static str,
    run: Run,
}

/// The function of a step.
enum Run {
    Plain(fn(&Workspace) -> Result<Outcome, String>),
    /// The arguments that the step takes, for messages, and its function.
    WithArguments(&'static str, fn(&Workspace, &[&str]) -> Result<Outcome, String>),
}

/// The result of a step that did not fail.
#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Passed,
    /// A part of the step cannot run on this machine, with the reason.
    Incomplete(String),
    /// The step cannot run on this machine, with the reason.
    Skipped(String),
    /// The step does not take these arguments.
    Usage,
}

/// Makes a step that takes no arguments.
pub(crate) const fn plain(
    name: &'static str,
    time: &'static str,
    proves: &'static str,
    run: fn(&Workspace) -> Result<Outcome, String>,
) -> Step {
    Step { name, time, proves, run: Run::Plain(run) }
}

/// Makes a step that takes arguments.
pub(crate) const fn with(
    name: &'static str,
    time: &'static str,
    proves: &'static str,
    arguments: &'static str,
    run: fn(&Workspace, &[&str]) -> Result<Outcome, String>,
) -> Step {
    Step { name, time, proves, run: Run::WithArguments(arguments, run) }
}

impl Outcome {
    /// Skips a step on a contributor's machine.
    ///
    /// # Errors
    ///
    /// The reason, on a CI machine.
    pub(crate) fn skipped(reason: String) -> Result<Self, String> {
        if process::in_ci() { Err(reason) } else { Ok(Self::Skipped(reason)) }
    }

    /// Passes if there are no failures.
    ///
    /// # Errors
    ///
    /// The failures, one a line.
    pub(crate) fn of(failures: &[String]) -> Result<Self, String> {
        if failures.is_empty() { Ok(Self::Passed) } else { Err(failures.join("\n")) }
    }
}

impl Step {
    /// Returns the arguments that it takes, for messages.
    pub(crate) fn arguments(&self) -> Option<&'static str> {
        match self.run {
            Run::Plain(_) => None,
            Run::WithArguments(arguments, _) => Some(arguments),
        }
    }

    fn call(&self, workspace: &Workspace, arguments: &[&str]) -> Result<Outcome, String> {
        match self.run {
            Run::Plain(run) if arguments.is_empty() => run(workspace),
            Run::Plain(_) => Ok(Outcome::Usage),
            Run::WithArguments(_, run) => run(workspace, arguments),
        }
    }
}

/// Runs the steps in order and prints the table. `command` is what a person types before the name of a step.
///
/// # Errors
///
/// The first failure, with the command that runs its step alone. The steps after it do not run.
pub(crate) fn run(
    command: &str,
    steps: &[&Step],
    arguments: &[&str],
    workspace: &Workspace,
) -> Result<Outcome, String> {
    let mut rows = Vec::new();
    let mut failure = None;
    for step in steps {
        if failure.is_some() {
            rows.push((step.name, None, "not run"));
            continue;
        }
        println!("==> {}: {}", step.name, step.proves);
        let start = Instant::now();
        let result = match step.call(workspace, arguments) {
            Ok(Outcome::Usage) => return Ok(Outcome::Usage),
            Ok(Outcome::Passed) => "passed",
            Ok(Outcome::Incomplete(reason)) => {
                println!("{} NOT CHECKED: {reason}", step.name);
                "INCOMPLETE"
            }
            Ok(Outcome::Skipped(reason)) => {
                println!("{} SKIPPED: {reason}", step.name);
                "SKIPPED"
            }
            Err(message) => {
                let name = step.name;
                failure = Some(format!("{name} failed: {message}\nto run this step alone: {command} {name}"));
                "FAILED"
            }
        };
        rows.push((step.name, Some(start.elapsed()), result));
    }
    print!("{}", table(&rows));
    failure.map_or(Ok(Outcome::Passed), Err)
}

/// Returns a line for each step: its name, its time if it ran, its result.
fn table(rows: &[(&str, Option<Duration>, &str)]) -> String {
    let mut text = format!("\n{:<12}{:>9}\n", "step", "seconds");
    for (name, time, result) in rows {
        let seconds = time.map_or("-".to_owned(), |time| format!("{:.1}", time.as_secs_f64()));
        text.push_str(&format!("{name:<12}{seconds:>9}  {result}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Step = plain("good", "", "", |_| Ok(Outcome::Passed));
    const SKIPPED: Step = plain("skipped", "", "", |_| Ok(Outcome::Skipped("no compiler".to_owned())));
    const BAD: Step = plain("bad", "", "", |_| Err("broken".to_owned()));
    const NEVER: Step = plain("never", "", "", |_| Err("ran after a failure".to_owned()));

    fn run_all(steps: &[&Step], arguments: &[&str]) -> Result<Outcome, String> {
        run("cargo xtask", steps, arguments, &Workspace::default())
    }

    #[test]
    fn the_first_failure_ends_the_run_and_names_its_command() {
        let message = run_all(&[&GOOD, &BAD, &NEVER], &[]).unwrap_err();
        assert!(message.contains("bad failed: broken"), "{message}");
        assert!(message.ends_with("cargo xtask bad"), "{message}");
    }

    #[test]
    fn a_skipped_step_is_no_failure() {
        assert_eq!(run_all(&[&GOOD, &SKIPPED], &[]), Ok(Outcome::Passed));
    }

    #[test]
    fn a_step_without_arguments_refuses_one() {
        assert_eq!(run_all(&[&BAD], &["--bless"]), Ok(Outcome::Usage));
    }

    #[test]
    fn the_table_has_seconds_and_the_steps_that_did_not_run() {
        let rows = [("fmt", Some(Duration::from_millis(1250)), "passed"), ("fmt", None, "not run")];
        let fmt = "fmt               1.2  passed\nfmt                 -  not run\n";
        assert_eq!(table(&rows), format!("\nstep          seconds\n{fmt}"));
    }
}
