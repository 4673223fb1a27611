//! The values of a text, with their names.

use super::note::Note;
use octoseal::{SecretName, SecretValue};

/// The values of a text, in the order of the text. There is at least one.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Entries {
    /// The secrets.
    pub secrets: Vec<Entry>,
    /// The variables.
    pub variables: Vec<Entry>,
    /// Remarks about the values.
    pub notes: Vec<Note>,
}

/// A value with its name.
#[derive(Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The name at GitHub, in upper case.
    pub name: SecretName,
    /// The value.
    pub value: SecretValue,
    /// The key in the text.
    pub key: String,
    /// The line of the key, counted from 1.
    pub line: usize,
}
