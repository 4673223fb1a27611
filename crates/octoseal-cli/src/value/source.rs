//! Sources of values, read completely and limited in size, into memory that is wiped.

use super::{looks_like_a_token, program, prompt};
use crate::files;
use crate::journal::Journal;
use crate::output::{ExitCode, Failure};
use crate::platform;
use octoseal::SecretValue;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A source of a value, or of a text of many values.
#[derive(Debug)]
pub(crate) enum Source {
    File(PathBuf),
    Variable(String),
    Stdin,
    Prompt,
    /// A program and its arguments.
    Program(Vec<String>),
}

impl Source {
    /// Returns what messages call the source.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::File(path) => files::shown(path).unwrap_or_else(|| "the file".to_owned()),
            Self::Variable(name) => shown(name).to_owned(),
            Self::Stdin => "standard input".to_owned(),
            Self::Prompt => "the value".to_owned(),
            Self::Program(words) => match words.first().filter(|word| !looks_like_a_token(word)) {
                Some(program) => format!("the output of {program}"),
                None => "the output of the program".to_owned(),
            },
        }
    }

    /// Reads everything.
    ///
    /// # Errors
    ///
    /// If it cannot be read, has more than `limit` bytes, or a signal comes first.
    pub(crate) async fn read(self, limit: usize, journal: &Journal) -> Result<SecretValue, Failure> {
        if let Self::Program(words) = &self {
            return program::output(words, limit, journal).await;
        }
        let may_be_cut = self.may_be_cut();
        let work = journal.clone();
        // A separate thread, so that signals are handled while a pipe or the user blocks.
        let read = tokio::task::spawn_blocking(move || self.read_here(limit, &work));
        let value = read.await.map_err(|error| Failure::from(io::Error::other(error)))?;
        if may_be_cut {
            // A signal to the whole pipeline may have ended the program that wrote the value.
            tokio::time::sleep(AFTER_END).await;
            if journal.is_stopped() {
                return Err(Failure::interrupted());
            }
        }
        value
    }

    /// Returns whether another program may have written the value, as in a pipeline.
    fn may_be_cut(&self) -> bool {
        match self {
            Self::File(path) => !path.is_file(),
            Self::Stdin => true,
            _ => false,
        }
    }

    fn read_here(self, limit: usize, journal: &Journal) -> Result<SecretValue, Failure> {
        match self {
            Self::File(path) => {
                let file = File::open(&path).map_err(|error| unreadable(&path, error))?;
                if path.is_dir() {
                    return Err(unreadable(&path, io::ErrorKind::IsADirectory.into()));
                }
                read_all(file, limit).map_err(|failure| failure.argument("--from-file"))
            }
            Self::Variable(name) => match std::env::var_os(&name) {
                Some(text) => Ok(SecretValue::from(platform::bytes(text))),
                None => Err(Failure::usage(format!("cannot read the value: {} is not set", shown(&name)))
                    .argument("--from-env")),
            },
            Self::Stdin => read_all(platform::stdin()?, limit),
            Self::Prompt => prompt::ask_value(journal),
            Self::Program(_) => Err(Failure::new(ExitCode::Failed, "a program is not read here")),
        }
    }
}

/// Reads at most `limit` bytes. The allocator wipes what the buffer leaves behind while it grows; to reserve the whole limit
/// would cost as much memory for every input.
fn read_all(source: impl Read, limit: usize) -> Result<SecretValue, Failure> {
    let mut bytes = Vec::with_capacity(limit.min(FIRST) + 1);
    let read = source.take(limit as u64 + 1).read_to_end(&mut bytes);
    let value = SecretValue::from(bytes);
    read.map_err(|error| Failure::new(ExitCode::File, "cannot read the value").because(error))?;
    if value.len() > limit { Err(too_long(limit)) } else { Ok(value) }
}

pub(super) fn too_long(limit: usize) -> Failure {
    match limit < MANY {
        true => super::too_long(),
        false => Failure::usage(format!("the input has more than {limit} bytes")),
    }
}

/// The time after the end of a pipe in which a signal is still expected.
const AFTER_END: Duration = Duration::from_millis(3);

/// The first size of a buffer, in bytes: more than most inputs have.
pub(super) const FIRST: usize = 64 * 1024;

/// In bytes. A limit below it is that of a single value.
const MANY: usize = 1024 * 1024;

/// Returns the name of a variable. An invalid name may be a value in the wrong place, and is not repeated.
fn shown(name: &str) -> &str {
    // Without a small letter, as variables are called by convention: `--from-env "$TOKEN"` gives the value.
    let is_name = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    if is_name && !looks_like_a_token(name) { name } else { "the variable that --from-env names" }
}

/// Reports a file that cannot be read.
fn unreadable(path: &Path, error: io::Error) -> Failure {
    files::unreadable(path, error).argument("--from-file")
}
