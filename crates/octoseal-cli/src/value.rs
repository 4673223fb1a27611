//! Where a value comes from: standard input, a file, an environment variable or a hidden prompt.

use crate::arguments::ValueSource;
use crate::failure::{Code, Failure};
use octoseal::CryptoError;
use octoseal::SecretValue;
use octoseal::limits::MAX_VALUE_BYTES;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::os::fd::AsFd as _;
use std::os::unix::ffi::OsStringExt as _;

/// Reads the value.
///
/// Standard input loses exactly one newline at its end (`\n` or `\r\n`) unless `--raw` says otherwise; everything else
/// is taken byte for byte.
pub(crate) async fn read(source: &ValueSource) -> Result<SecretValue, Failure> {
    let value = match source {
        ValueSource { file: Some(path), .. } => {
            let unreadable =
                |cause| Failure::new(Code::File, "the file that --file names cannot be read").because(cause);
            whole(File::open(path).map_err(unreadable)?, 0)?
        }
        ValueSource { env: Some(variable), .. } => from_variable(variable)?,
        _ if io::stdin().is_terminal() => prompt().await?,
        ValueSource { raw, .. } => from_stdin(*raw)?,
    };
    if value.len() > MAX_VALUE_BYTES {
        return Err(too_long());
    }
    if value.is_empty() && !source.allow_empty {
        return Err(Failure::usage("the value is empty; if that is meant, say --allow-empty"));
    }
    Ok(value)
}

fn from_variable(variable: &str) -> Result<SecretValue, Failure> {
    match std::env::var_os(variable) {
        Some(text) => Ok(SecretValue::from(text.into_vec())),
        None => Err(Failure::usage("the variable that --env names is not set")),
    }
}

fn from_stdin(raw: bool) -> Result<SecretValue, Failure> {
    // The standard library's own handle would keep the value in a buffer that is never wiped.
    let stdin = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let mut value = whole(stdin, 2)?;
    if !raw {
        value.truncate(without_newline(value.expose()));
    }
    Ok(value)
}

/// The length of `value` without one newline at its end.
fn without_newline(value: &[u8]) -> usize {
    let value = value.strip_suffix(b"\n").map_or(value, |rest| rest.strip_suffix(b"\r").unwrap_or(rest));
    value.len()
}

/// Asks for one line without showing it. Ctrl-C ends the command, and the terminal shows again what is typed.
async fn prompt() -> Result<SecretValue, Failure> {
    let failed =
        |cause| Failure::new(Code::File, "the value cannot be read from the terminal").because(cause);
    let before = rustix::termios::tcgetattr(io::stdin()).map_err(|error| failed(error.into()))?;
    // From the first time on, tokio takes Ctrl-C away from the system: somebody must listen to the end.
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Now, &before).ok();
            std::process::exit(INTERRUPTED);
        }
    });
    let asked = tokio::task::spawn_blocking(|| rpassword::prompt_password("Value, one line (hidden): "));
    match asked.await.map_err(|error| failed(io::Error::other(error)))? {
        Ok(line) => Ok(SecretValue::from(line)),
        // The signal woke the one who asks first.
        Err(error) if error.kind() == io::ErrorKind::Interrupted => std::process::exit(INTERRUPTED),
        Err(error) => Err(failed(error)),
    }
}

/// What shells say of a command that Ctrl-C has ended: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Reads to the end, but not more than GitHub takes and `more` bytes.
fn whole(source: impl Read, more: usize) -> Result<SecretValue, Failure> {
    SecretValue::read(source, MAX_VALUE_BYTES + more).map_err(|error| match error {
        CryptoError::TooLong { .. } => too_long(),
        error => Failure::new(Code::File, "the value cannot be read").because(error),
    })
}

fn too_long() -> Failure {
    Failure::usage(format!("the value has more than {MAX_VALUE_BYTES} bytes; GitHub's limit is 48 KB"))
}

#[cfg(test)]
mod tests {
    use super::without_newline;

    #[test]
    fn exactly_one_newline_is_lost() {
        for (value, left) in
            [("a", 1), ("a\n", 1), ("a\r\n", 1), ("a\n\n", 2), ("a\r", 2), ("\n", 0), ("", 0), ("a\n\r\n", 2)]
        {
            assert_eq!(without_newline(value.as_bytes()), left, "{value:?}");
        }
    }
}
