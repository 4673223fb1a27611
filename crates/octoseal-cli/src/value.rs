//! A value: where it comes from, the newline at its end, and what is refused.

mod newline;
mod prompt;
mod token_shape;
mod typed;

pub(crate) use token_shape::looks_like_a_token;

use crate::arguments::ValueSource;
use crate::files;
use crate::journal::Journal;
use crate::output::{ExitCode, Failure, Output};
use crate::platform;
use octoseal::limits::MAX_VALUE_BYTES;
use octoseal::{CryptoError, SecretValue};
use octoseal_fleet::inputs::ciphertext;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};

/// Whether the value will be asked for at a hidden prompt.
pub(crate) fn is_prompted(source: &ValueSource) -> bool {
    matches!(place(source), Place::Prompt)
}

/// Reads the value, by one rule for all sources: one newline at the end of the whole input is removed unless `--raw` keeps
/// it, and everything else is taken byte for byte.
pub(crate) async fn read(
    source: &ValueSource,
    output: Output,
    journal: &Journal,
) -> Result<SecretValue, Failure> {
    let (place, journal) = (place(source), journal.clone());
    // On a thread of its own, so that a signal is heard while a pipe or a person keeps us waiting.
    let read = tokio::task::spawn_blocking(move || whole_input(&place, &journal));
    let mut value = read.await.map_err(|error| Failure::from(io::Error::other(error)))??;
    let end = newline::at_the_end_of(value.expose());
    if end > 0 && !source.raw {
        value.truncate(value.len() - end);
        output.note("removed one newline at the end of the input (--raw keeps it)");
    }
    check(&value, source, output)?;
    Ok(value)
}

fn check(value: &SecretValue, source: &ValueSource, output: Output) -> Result<(), Failure> {
    if value.len() > MAX_VALUE_BYTES {
        return Err(too_long());
    }
    if value.is_empty() && !source.allow_empty {
        return Err(Failure::usage("the value is empty").hint("--allow-empty allows it"));
    }
    if let Some(kind) = ciphertext::kind(value.expose()).filter(|_| !source.allow_encrypted) {
        let hint = "decrypt it first, or give --allow-encrypted to store it as it is";
        return Err(Failure::usage(format!("the value is {kind}, not the secret itself")).hint(hint));
    }
    if let Some(encoding) = ciphertext::suspicious_encoding(value.expose()) {
        output.warn(&format!("the value {encoding}; it is stored as it is"));
    }
    Ok(())
}

/// Where the value is.
enum Place {
    File(PathBuf),
    Variable(String),
    Stdin,
    Prompt,
}

fn place(source: &ValueSource) -> Place {
    match (&source.from_file, &source.from_env) {
        (Some(path), _) if path != Path::new("-") => Place::File(path.clone()),
        (None, Some(variable)) => Place::Variable(variable.clone()),
        (None, None) if io::stdin().is_terminal() => Place::Prompt,
        _ => Place::Stdin,
    }
}

fn whole_input(place: &Place, journal: &Journal) -> Result<SecretValue, Failure> {
    match place {
        Place::File(path) => read_all(File::open(path).map_err(|error| unreadable(path, error))?)
            .map_err(|failure| failure.argument("--from-file")),
        Place::Variable(name) => match std::env::var_os(name) {
            Some(text) => Ok(SecretValue::from(platform::bytes(text))),
            None => Err(Failure::usage(format!("cannot read the value: {} is not set", shown(name)))
                .argument("--from-env")),
        },
        Place::Stdin => read_all(platform::stdin()?),
        Place::Prompt => prompt::ask(journal),
    }
}

/// The name of a variable. A word that is no name may be a value in the wrong place, and is not repeated.
fn shown(name: &str) -> &str {
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name && !looks_like_a_token(name) { name } else { "the variable that --from-env names" }
}

/// Reports a file that cannot be read. A path that looks like a token is not repeated.
fn unreadable(path: &Path, error: io::Error) -> Failure {
    let name = path.to_string_lossy();
    match name.split(['/', '.', '-']).any(looks_like_a_token) {
        true => Failure::new(ExitCode::File, "cannot read the file that --from-file names").because(error),
        false => files::unreadable(path, error),
    }
    .argument("--from-file")
}

/// Reads to the end, but not more than GitHub takes and a newline.
fn read_all(source: impl Read) -> Result<SecretValue, Failure> {
    SecretValue::read(source, MAX_VALUE_BYTES + newline::LONGEST).map_err(|error| match error {
        CryptoError::TooLong { .. } => too_long(),
        error => Failure::new(ExitCode::File, "cannot read the value").because(error),
    })
}

fn too_long() -> Failure {
    Failure::usage(format!(
        "the value has more than {MAX_VALUE_BYTES} bytes, which is GitHub's limit of 48 KB"
    ))
    .hint("encrypt a long file with a key, and store the key as the secret")
}
