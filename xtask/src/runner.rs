//! Runs steps one after the other: names each, times it, stops at the first failure, ends with a table.

use crate::workspace::Workspace;
use std::time::{Duration, Instant};

/// One thing to check, runnable alone as `cargo xtask NAME`.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) help: &'static str,
    pub(crate) run: fn(&Workspace) -> Result<Outcome, String>,
}

/// How a step ended that did not fail.
pub(crate) enum Outcome {
    Passed,
    /// The step could not do its work on this machine, for the reason given.
    Skipped(String),
}

/// One line of the closing table.
struct Row {
    name: &'static str,
    took: Option<Duration>,
    end: &'static str,
}

/// Runs the steps in order and prints the table.
///
/// # Errors
///
/// The first failure, with the command that runs its step alone; the steps after it do not run.
pub(crate) fn run(steps: &[&Step], workspace: &Workspace) -> Result<(), String> {
    run_of("cargo xtask", steps, workspace)
}

/// The same for steps that are run alone by another command.
///
/// # Errors
///
/// As [`run`].
pub(crate) fn run_of(command: &str, steps: &[&Step], workspace: &Workspace) -> Result<(), String> {
    let mut rows = Vec::new();
    let mut failure = None;
    for step in steps {
        if failure.is_some() {
            rows.push(Row { name: step.name, took: None, end: "not run" });
            continue;
        }
        println!("==> {}: {}", step.name, step.help);
        let start = Instant::now();
        let result = (step.run)(workspace);
        let end = match result {
            Ok(Outcome::Passed) => "passed",
            Ok(Outcome::Skipped(reason)) => {
                println!("{} SKIPPED: {reason}", step.name);
                "SKIPPED"
            }
            Err(message) => {
                failure = Some(explain(command, step.name, &message));
                "FAILED"
            }
        };
        rows.push(Row { name: step.name, took: Some(start.elapsed()), end });
    }
    print!("{}", table(&rows));
    failure.map_or(Ok(()), Err)
}

fn explain(command: &str, name: &str, message: &str) -> String {
    format!("the step `{name}` failed: {message}\nxtask: to run this step alone: {command} {name}")
}

fn table(rows: &[Row]) -> String {
    let mut text = format!("\n{:<10}{:>9}\n", "step", "seconds");
    for Row { name, took, end } in rows {
        let seconds = took.map_or("-".to_owned(), |took| format!("{:.1}", took.as_secs_f64()));
        text.push_str(&format!("{name:<10}{seconds:>9}  {end}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Step = Step { name: "good", help: "passes", run: |_| Ok(Outcome::Passed) };
    const AWAY: Step =
        Step { name: "away", help: "cannot run here", run: |_| Ok(Outcome::Skipped("not here".to_owned())) };
    const BAD: Step = Step { name: "bad", help: "fails", run: |_| Err("broken".to_owned()) };
    const NEVER: Step = Step {
        name: "never",
        help: "stands after a failure",
        run: |_| Err("ran after a failure".to_owned()),
    };

    #[test]
    fn the_first_failure_ends_the_run_and_names_its_command() {
        let message = run(&[&GOOD, &BAD, &NEVER], &Workspace::default()).unwrap_err();
        assert!(message.contains("`bad` failed: broken"), "{message}");
        assert!(message.ends_with("cargo xtask bad"), "{message}");
    }

    #[test]
    fn a_skipped_step_is_no_failure() {
        assert_eq!(run(&[&GOOD, &AWAY], &Workspace::default()), Ok(()));
    }

    #[test]
    fn the_table_tells_seconds_and_what_did_not_run() {
        let row = |took, end| Row { name: "fmt", took, end };
        let rows = [row(Some(Duration::from_millis(1250)), "passed"), row(None, "not run")];
        assert_eq!(
            table(&rows),
            "\nstep        seconds\nfmt             1.2  passed\nfmt               -  not run\n"
        );
    }
}
