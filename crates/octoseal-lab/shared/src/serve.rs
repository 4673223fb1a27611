//! The contestant's side of the line protocol: it prints its version, then answers each line with one line.

use std::io::{self, BufRead as _, Write as _};

/// Prints `ready` and the version, then answers until the input ends.
///
/// # Errors
///
/// If a request fails, or the output is closed.
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

/// Parses a word as a number.
///
/// # Errors
///
/// If it is not a number.
pub fn number(word: &str) -> Result<usize, String> {
    word.parse().map_err(|error| format!("`{word}`: {error}"))
}
