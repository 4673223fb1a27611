//! Consent to a change of several stores: asked at the terminal, or given by options.

use crate::arguments::Consent;
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::platform;

/// What a change touches.
pub(crate) struct Change<'a> {
    /// What it is, to follow "This will": `write 50 secrets`.
    pub(crate) what: &'a str,
    pub(crate) count: usize,
    /// The option that allows more, and how many it allows.
    pub(crate) limit: (&'static str, usize),
    /// Whether the change can be made without a question where there is no terminal.
    pub(crate) is_small: bool,
}

/// Asks at the terminal unless `--yes` is given. Where there is no terminal, `--yes` and the limit are needed.
///
/// # Errors
///
/// If the answer is no, or the options do not allow the change.
pub(crate) async fn obtain(
    change: &Change<'_>,
    consent: &Consent,
    output: Output,
    journal: &Journal,
) -> Result<(), Failure> {
    let (option, limit) = change.limit;
    if !consent.yes {
        let question = format!("This will {}. Continue? [y/N] ", change.what);
        match ask(question, journal).await? {
            Some(answer) if matches!(answer.trim(), "y" | "Y" | "yes") => return Ok(()),
            Some(_) => return Err(Failure::new(ExitCode::Failed, "the answer was no; nothing was changed")),
            None if change.is_small => return Ok(()),
            None => {
                let message = format!("this would {}, and there is no terminal to ask at", change.what);
                return Err(Failure::usage(message)
                    .hint("give --yes, or look first with --dry-run")
                    .argument("--yes"));
            }
        }
    }
    if change.count > limit {
        let message = format!("this would {}, and {option} allows {limit}", change.what);
        return Err(Failure::usage(message)
            .hint(format!("give {option} {} if that is meant", change.count))
            .argument(option));
    }
    output.note(&format!("this will {}", change.what));
    Ok(())
}

/// Asks at the terminal. A signal ends the question, and an answer after it counts for nothing.
pub(crate) async fn ask(question: String, journal: &Journal) -> Result<Option<String>, Failure> {
    // On a thread of its own, so that a signal is heard.
    let asked = tokio::task::spawn_blocking(move || platform::ask(&question));
    tokio::select! {
        biased;
        () = journal.stopped() => Err(Failure::interrupted()),
        answer = asked => Ok(answer.ok().flatten()),
    }
}
