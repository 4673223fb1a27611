//! Names that look like tokens. A value that was typed as the name would be visible to everyone.

use crate::consent;
use crate::journal::Journal;
use crate::output::Failure;
use crate::value::looks_like_a_token;

/// Asks the user, or fails without a terminal, unless `yes` accepts the name. The name is not repeated.
pub(crate) async fn check(name: &str, yes: bool, journal: &Journal) -> Result<(), Failure> {
    if yes || !looks_like_a_token(name) {
        return Ok(());
    }
    let question = "This looks like a token, and names are visible. Use it as the name? [y/N] ";
    let answer = consent::ask(question.to_owned(), journal).await?;
    if answer.is_some_and(|answer| matches!(answer.trim(), "y" | "Y" | "yes")) {
        return Ok(());
    }
    Err(Failure::usage("the name looks like a token, and names are visible to everyone with access")
        .hint("the value is asked for, or read from standard input; --yes accepts the name")
        .argument("NAME"))
}
