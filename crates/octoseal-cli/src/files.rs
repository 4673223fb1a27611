//! Files of the command: limited in size, written completely or not at all, and private to their owner.

use crate::output::{ExitCode, Failure};
use crate::platform;
use crate::value::looks_like_a_token;
use octoseal::SecretValue;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use tempfile::NamedTempFile;

/// Reads a whole file of text.
///
/// # Errors
///
/// If it cannot be read, or has more than `limit` bytes.
pub(crate) fn read_text(path: &Path, limit: u64) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(limit + 1).read_to_string(&mut text)?;
    if text.len() as u64 > limit { Err(too_long(limit)) } else { Ok(text) }
}

/// Reads standard input as text.
///
/// # Errors
///
/// If it cannot be read, or has more than `limit` bytes.
pub(crate) fn read_stdin(limit: u64) -> io::Result<String> {
    let mut text = String::new();
    io::stdin().lock().take(limit + 1).read_to_string(&mut text)?;
    if text.len() as u64 > limit { Err(too_long(limit)) } else { Ok(text) }
}

/// Reads a whole file into memory that is wiped.
///
/// # Errors
///
/// If it cannot be read, or has more than `limit` bytes.
pub(crate) fn read_secret(path: &Path, limit: usize) -> io::Result<SecretValue> {
    // The full capacity is reserved: a growing buffer would leave copies in memory.
    let mut bytes = Vec::with_capacity(limit + 1);
    let result = File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes);
    let content = SecretValue::from(bytes);
    result?;
    if content.len() > limit { Err(too_long(limit as u64)) } else { Ok(content) }
}

/// Creates or empties a private file. Follows no link.
pub(crate) fn create_private(path: &Path) -> io::Result<File> {
    platform::open_regular(OpenOptions::new().write(true).create(true).truncate(true), path)
}

/// Replaces a file by a private one. No reader ever sees a part of it.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let mut builder = tempfile::Builder::new();
    let mut file: NamedTempFile = builder.prefix(name).tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}

/// Returns the path, unless it looks like a token.
pub(crate) fn shown(path: &Path) -> Option<String> {
    let is_odd = path.to_string_lossy().split(['/', '.', '-']).any(looks_like_a_token);
    (!is_odd).then(|| path.display().to_string())
}

/// Reports a file that cannot be read.
///
/// A path that looks like a token is not repeated.
pub(crate) fn unreadable(path: &Path, error: io::Error) -> Failure {
    let message = match shown(path) {
        Some(path) => format!("cannot read {path}"),
        None => "cannot read the file: its path looks like a token".to_owned(),
    };
    Failure::new(ExitCode::File, message).because(error)
}

/// Reports a file that cannot be written.
pub(crate) fn unwritable(path: &Path, error: io::Error) -> Failure {
    Failure::new(ExitCode::File, format!("cannot write {}", path.display())).because(error)
}

fn too_long(limit: u64) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("it has more than {limit} bytes"))
}
