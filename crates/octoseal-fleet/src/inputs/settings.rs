//! The selection from a text, with names.

use super::pattern::Pattern;
use super::pointer::Pointer;
use super::rename::Rename;

/// The selection from a text, with names. By default it selects all keys as secrets, under their own names.
///
/// Patterns and renames match the keys of the text. One that matches no key is an error.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub(super) at: Pointer,
    pub(super) only: Vec<Pattern>,
    pub(super) except: Vec<Pattern>,
    pub(super) prefix: String,
    pub(super) rename: Vec<Rename>,
    pub(super) as_variables: Vec<Pattern>,
    pub(super) stringify: bool,
    pub(super) allow_empty: bool,
    pub(super) allow_encrypted: bool,
}

impl Settings {
    /// Selects all keys as secrets, under their own names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the table at this place of a nested document, instead of its root.
    #[must_use]
    pub fn at(self, at: Pointer) -> Self {
        Self { at, ..self }
    }

    /// Selects only keys that match one of the patterns. Without patterns it selects all keys.
    #[must_use]
    pub fn only(self, patterns: impl IntoIterator<Item = Pattern>) -> Self {
        Self { only: patterns.into_iter().collect(), ..self }
    }

    /// Leaves out keys that match one of the patterns.
    #[must_use]
    pub fn except(self, patterns: impl IntoIterator<Item = Pattern>) -> Self {
        Self { except: patterns.into_iter().collect(), ..self }
    }

    /// Puts a prefix before each name, except before names that a rename gives.
    #[must_use]
    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), ..self }
    }

    /// Gives keys other names.
    #[must_use]
    pub fn rename(self, renames: impl IntoIterator<Item = Rename>) -> Self {
        Self { rename: renames.into_iter().collect(), ..self }
    }

    /// Selects keys that match one of the patterns as variables, not secrets.
    #[must_use]
    pub fn as_variables(self, patterns: impl IntoIterator<Item = Pattern>) -> Self {
        Self { as_variables: patterns.into_iter().collect(), ..self }
    }

    /// Accepts numbers, booleans and dates as the text in the document. `null` is always refused.
    #[must_use]
    pub fn stringify(self, stringify: bool) -> Self {
        Self { stringify, ..self }
    }

    /// Allows empty values.
    #[must_use]
    pub fn allow_empty(self, allow_empty: bool) -> Self {
        Self { allow_empty, ..self }
    }

    /// Allows values that are encrypted or a placeholder, according to
    /// [`ciphertext::kind`](super::ciphertext::kind).
    #[must_use]
    pub fn allow_encrypted(self, allow_encrypted: bool) -> Self {
        Self { allow_encrypted, ..self }
    }
}
