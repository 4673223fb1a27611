//! Names that look like tokens: a value that was typed where the name belongs would be visible to everyone.

use crate::output::Failure;
use crate::value::looks_like_a_token;
use octoseal::SecretName;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

/// Asks a person, and refuses elsewhere, unless `yes` accepts the name. The name is not repeated.
pub(super) fn check(name: &SecretName, yes: bool) -> Result<(), Failure> {
    if yes || !looks_like_a_token(name.as_str()) || (io::stdin().is_terminal() && is_meant()) {
        return Ok(());
    }
    Err(Failure::usage("the name looks like a token, and names are visible to everyone with access")
        .hint("the value is asked for, or read from standard input; --yes accepts the name")
        .argument("NAME"))
}

fn is_meant() -> bool {
    let mut stderr = io::stderr();
    write!(stderr, "The name looks like a token, and names are visible. Is it really the name? [y/N] ").ok();
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer).ok();
    matches!(answer.trim(), "y" | "Y" | "yes")
}
