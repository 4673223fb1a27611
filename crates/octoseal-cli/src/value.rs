//! Values: their sources, the newline at the end, and refused values.

mod input;
mod newline;
mod program;
mod prompt;
mod source;
mod token_shape;
mod typed;

pub(crate) use input::{Input, invalid, place};
pub(crate) use prompt::ask_question;
pub(crate) use source::Source;
pub(crate) use token_shape::{has_token_prefix, looks_like_a_token};

use crate::arguments::ValueSource;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::platform;
use octoseal::SecretValue;
use octoseal::limits::MAX_VALUE_BYTES;
use octoseal_fleet::inputs::ciphertext;
use std::io::{self, IsTerminal as _};
use std::path::Path;

/// Returns whether the value will be read at a hidden prompt.
pub(crate) fn is_prompted(source: &ValueSource) -> bool {
    matches!(source_of(source), Source::Prompt)
}

/// Hides what is typed from now on, as a value may be pasted before its prompt appears.
pub(crate) fn hide_early_input() {
    // The prompt reports a terminal that cannot be hidden.
    platform::hide_terminal().ok();
}

/// Reads the value, by one rule for all sources: one newline at the end of the whole input is removed unless
/// `--raw` keeps it, and everything else is kept byte for byte.
pub(crate) async fn read(
    source: &ValueSource,
    output: Output,
    journal: &Journal,
) -> Result<SecretValue, Failure> {
    journal.begin_value();
    let limit = MAX_VALUE_BYTES + newline::LONGEST;
    let mut value = source_of(source).read(limit, journal).await?;
    let end = newline::at_the_end_of(value.expose());
    if end > 0 && !source.raw {
        value.truncate(value.len() - end);
        output.note("removed one newline at the end of the input (--raw keeps it)");
    }
    check(value, source, output)
}

/// Refuses or warns of what is probably a mistake.
pub(crate) fn check(
    value: SecretValue,
    source: &ValueSource,
    output: Output,
) -> Result<SecretValue, Failure> {
    if value.len() > MAX_VALUE_BYTES {
        return Err(too_long());
    }
    if value.is_empty() && !source.allow.empty {
        let message = match source_of(source) {
            Source::Stdin => "standard input is empty",
            Source::File(_) => "the file is empty",
            Source::Program(_) => "the program printed nothing",
            Source::Variable(_) | Source::Prompt => "the value is empty",
        };
        return Err(Failure::usage(message).hint("--allow-empty allows an empty value"));
    }
    if let Some(kind) = ciphertext::kind(value.expose()).filter(|_| !source.allow.encrypted) {
        let first = match kind {
            kind if kind.contains("LFS") => "run git lfs pull first",
            kind if kind.contains("annex") => "run git annex get first",
            kind if kind.contains("1Password") => "read it with octoseal put NAME STORE -- op read REFERENCE",
            _ => "decrypt it first",
        };
        let hint = format!("{first}, or give --allow-encrypted to store it as it is");
        return Err(Failure::usage(format!("the value is {kind}, not the secret itself")).hint(hint));
    }
    if let Some(encoding) = ciphertext::suspicious_encoding(value.expose()) {
        output.warn(&format!("the value {encoding}; it is stored as it is"));
    }
    Ok(value)
}

fn source_of(source: &ValueSource) -> Source {
    match (&source.from_file, &source.from_env) {
        _ if !source.program.is_empty() => Source::Program(source.program.clone()),
        (Some(path), _) if path != Path::new("-") => Source::File(path.clone()),
        (None, Some(variable)) => Source::Variable(variable.clone()),
        // This also applies to `--from-file -`: typed input must not be shown.
        (_, None) if io::stdin().is_terminal() => Source::Prompt,
        _ => Source::Stdin,
    }
}

fn too_long() -> Failure {
    Failure::usage(format!(
        "the value has more than {MAX_VALUE_BYTES} bytes, which is GitHub's limit of 48 KB"
    ))
    .hint("encrypt a long file with a key, and store the key as the secret")
}
