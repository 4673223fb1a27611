//! The file of stores: one a line, with comments.

use crate::arguments::MoreStores;
use crate::files;
use crate::output::Failure;
use std::path::Path;

/// Maximum number of bytes of a file of stores.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// Reads the file of stores, and returns each with the number of its line.
pub(super) fn lines(more: &MoreStores) -> Result<Vec<(usize, String)>, Failure> {
    let Some(path) = &more.stores_from else { return Ok(Vec::new()) };
    let text = match path.as_os_str() == "-" {
        true => files::read_stdin(MAX_FILE),
        false => files::read_text(path, MAX_FILE),
    };
    let text = text.map_err(|error| files::unreadable(path, error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // A comment begins at the start of a line or after a blank, since a name of an environment may have a #.
    let lines = text.lines().map(|line| line.split(" #").next().unwrap_or_default().trim());
    let stores = lines.zip(1..).filter(|(line, _)| !line.is_empty() && !line.starts_with('#'));
    let stores: Vec<_> = stores.map(|(line, number)| (number, line.to_owned())).collect();
    match stores.is_empty() {
        true => Err(Failure::usage(format!("{} names no store", source(path))).argument("--stores-from")),
        false => Ok(stores),
    }
}

/// Adds the line number in the file of stores to a failure.
pub(super) fn in_line(path: Option<&Path>, number: usize, mut failure: Failure) -> Failure {
    let path = path.map(source).unwrap_or_default();
    let message = &failure.message;
    failure.message = format!("{path}, line {number}: {message}");
    failure.argument("--stores-from")
}

/// Names the file of stores in messages.
fn source(path: &Path) -> String {
    match path.as_os_str() == "-" {
        true => "standard input".to_owned(),
        false => path.display().to_string(),
    }
}
