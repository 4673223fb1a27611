//! Consent to a change of several stores, given at the terminal or by options.

use crate::arguments::Consent;
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::platform;
use crate::value;
use octoseal::AnyStore;
use std::io;

/// A change, for the question.
pub(crate) struct Change<'a> {
    /// A description that follows "This will": `write 50 secrets`.
    pub(crate) what: &'a str,
    /// More lines about it.
    pub(crate) lines: &'a [String],
    /// The stores that the question names.
    pub(crate) stores: &'a [&'a AnyStore],
    pub(crate) count: usize,
    /// The option that sets the limit, and the limit.
    pub(crate) limit: (&'static str, usize),
    /// Whether the change needs no question without a terminal.
    pub(crate) is_small: bool,
}

impl Change<'_> {
    /// The question, with a line for each of a few stores, or for the first of many.
    fn question(&self) -> String {
        let short = format!("This will {}. Continue? [y/N] ", self.what);
        if self.lines.is_empty() && self.stores.is_empty() && short.len() <= WIDTH {
            return short;
        }
        let mut lines = vec![format!("This will {}.", self.what)];
        lines.extend(self.lines.iter().map(|line| format!("  {line}")));
        let named = if self.stores.len() <= FEW { self.stores.len() } else { FIRST };
        lines.extend(self.stores.iter().take(named).map(|store| format!("  {store}")));
        if named < self.stores.len() {
            lines.push(format!("  and {} more stores", self.stores.len() - named));
        }
        lines.push("Continue? [y/N] ".to_owned());
        lines.join("\n")
    }
}

/// Columns of a terminal.
const WIDTH: usize = 80;
/// A question names all stores if they are not more than this, else the first of them.
const FEW: usize = 10;
const FIRST: usize = 8;

/// Asks at the terminal unless `--yes` is given. Without a terminal, `--yes` and the limit are needed.
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
    if !consent.yes {
        match ask(change.question(), journal).await? {
            Some(answer) if matches!(answer.trim(), "y" | "Y" | "yes") => return Ok(()),
            Some(_) => return Err(Failure::new(ExitCode::Failed, "nothing was changed: the answer was no")),
            None if change.is_small => return Ok(()),
            None => return Err(no_terminal(change.what)),
        }
    }
    if change.count > change.limit.1 {
        return Err(too_many(change.what, change.count, change.limit));
    }
    let lines = change.lines.iter().map(String::as_str);
    output.note(
        &[&*format!("this will {}", change.what)].into_iter().chain(lines).collect::<Vec<_>>().join("; "),
    );
    Ok(())
}

/// Refuses a change of several targets that the options cannot allow, before anything is read for it.
///
/// # Errors
///
/// As [`obtain`].
pub(crate) fn check_early(
    what: &str,
    count: usize,
    limit: (&'static str, usize),
    consent: &Consent,
) -> Result<(), Failure> {
    match consent {
        _ if count < 2 || consent.dry_run => Ok(()),
        Consent { yes: true, .. } if count > limit.1 => Err(too_many(what, count, limit)),
        Consent { yes: false, .. } if !platform::has_terminal() => Err(no_terminal(what)),
        _ => Ok(()),
    }
}

fn no_terminal(what: &str) -> Failure {
    let failure = Failure::usage(format!("this would {what}, and there is no terminal to ask at"));
    failure.hint("give --yes, or look first with --dry-run").argument("--yes")
}

fn too_many(what: &str, count: usize, (option, limit): (&'static str, usize)) -> Failure {
    let failure = Failure::usage(format!("this would {what}, and {option} allows {limit}"));
    failure.hint(format!("give {option} {count} if that is meant")).argument(option)
}

/// Asks at the terminal. A signal ends the question, and a later answer is ignored.
pub(crate) async fn ask(question: String, journal: &Journal) -> Result<Option<String>, Failure> {
    journal.begin_value();
    let journal = journal.clone();
    // A separate thread, so that signals are handled during the question.
    let asked = tokio::task::spawn_blocking(move || value::ask_question(&question, &journal));
    asked.await.map_err(|error| Failure::from(io::Error::other(error)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(what: &str, lines: &[String], stores: usize) -> String {
        let stores: Vec<AnyStore> =
            (0..stores).map(|n| format!("repos/acme/r{n}/actions").parse().expect("a store")).collect();
        let stores: Vec<&AnyStore> = stores.iter().collect();
        let (count, limit) = (stores.len(), ("--max-stores", 100));
        Change { what, lines, stores: &stores, count, limit, is_small: false }.question()
    }

    #[test]
    fn a_question_fits_a_terminal_and_names_few_stores() {
        assert_eq!(question("delete A from o/r", &[], 0), "This will delete A from o/r. Continue? [y/N] ");
        let long = question(&format!("delete {} from o/r", "A".repeat(60)), &[], 0);
        assert_eq!(long.lines().count(), 2, "{long}");
        let few = question("update A in 2 stores", &["2 writes, 2 requests".to_owned()], 2);
        assert_eq!(
            few,
            "This will update A in 2 stores.\n  2 writes, 2 requests\n  repos/acme/r0/actions\n  \
             repos/acme/r1/actions\nContinue? [y/N] "
        );
        let many = question("update A in 300 stores", &[], 300);
        assert_eq!(many.lines().count(), 11, "{many}");
        assert!(many.contains("  repos/acme/r7/actions\n  and 292 more stores\n"), "{many}");
    }
}
