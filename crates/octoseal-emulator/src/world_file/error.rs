//! Errors of a world file, with line and column.

use std::error;
use std::fmt;
use std::ops::Range;

/// The world file cannot be used.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct WorldFileError {
    /// Line and column.
    place: Option<(usize, usize)>,
    message: String,
}

/// A mistake, with its range of bytes in the text.
pub(super) struct Wrong {
    pub(super) place: Range<usize>,
    pub(super) message: String,
}

impl WorldFileError {
    pub(super) fn new(place: Option<(usize, usize)>, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }

    /// Takes the message of the TOML parser without the file's text, which could have a token.
    pub(super) fn of_toml(text: &str, error: &toml::de::Error) -> Self {
        let place = error.span().map(|span| place(text, span.start));
        Self::new(place, without_the_text(error.message()))
    }

    /// Returns the line of the mistake, counted from 1, if it has one.
    pub fn line(&self) -> Option<usize> {
        self.place.map(|(line, _)| line)
    }

    /// Returns the column in that line, in characters, counted from 1.
    pub fn column(&self) -> Option<usize> {
        self.place.map(|(_, column)| column)
    }
}

/// Removes the file's text from the parser's message. The part after "expected" is this crate's, the rest
/// could have a token.
fn without_the_text(message: &str) -> String {
    let message = message.trim_end().replace('\n', "; ");
    match message.split_once("expected") {
        Some((found, expected)) if found.starts_with("unknown") => {
            format!("an unknown key or value; expected{expected}")
        }
        Some((_, expected)) => format!("expected{expected}"),
        None if message.starts_with("duplicate") => "a duplicate key".to_owned(),
        None if message.starts_with("invalid") => "this is not TOML".to_owned(),
        None => message, // a message that quotes nothing of the file
    }
}

impl Wrong {
    pub(super) fn new<T>(place: &toml::Spanned<T>, message: impl Into<String>) -> Self {
        Self { place: place.span(), message: message.into() }
    }

    pub(super) fn in_text(self, text: &str) -> WorldFileError {
        WorldFileError::new(Some(place(text, self.place.start)), self.message)
    }
}

/// Returns the line and column of a byte offset.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let start_of_line = before.rfind('\n').map_or(0, |end| end + 1);
    (1 + before.matches('\n').count(), 1 + before[start_of_line..].chars().count())
}

impl fmt::Display for WorldFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => {
                write!(f, "the world file, line {line}, column {column}: {}", self.message)
            }
            None => write!(f, "the world file: {}", self.message),
        }
    }
}

impl error::Error for WorldFileError {}
