//! The other end of the lines: a contestant says what it is, then answers one line to each.

use std::io::{self, BufRead as _, Write as _};

/// Says `ready` and what this is, then answers until there are no more lines.
///
/// # Errors
///
/// If there is no answer to a line, or nobody reads it.
pub fn serve(version: &str, mut answer: impl FnMut(&[&str]) -> Result<String, String>) -> Result<(), String> {
    let tell = |error: io::Error| error.to_string();
    let mut answers = io::stdout().lock();
    writeln!(answers, "ready {version}").map_err(tell)?;
    for line in io::stdin().lock().lines() {
        let line = line.map_err(tell)?;
        let words: Vec<_> = line.split(' ').collect();
        writeln!(answers, "{}", answer(&words)?).map_err(tell)?;
    }
    Ok(())
}

/// A word as a number.
///
/// # Errors
///
/// If it is none.
pub fn number(word: &str) -> Result<usize, String> {
    word.parse().map_err(|error| format!("`{word}`: {error}"))
}
