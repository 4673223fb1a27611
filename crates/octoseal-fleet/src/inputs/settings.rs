//! What to take from a text, and under which names.

use super::pattern::Pattern;
use super::pointer::Pointer;
use super::rename::Rename;

/// What to take from a text, and under which names. By default everything, as secrets, under the keys of the text.
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
    /// Takes everything, as secrets, under the keys of the text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the table at this place of a nested document, instead of its root.
    #[must_use]
    pub fn at(self, at: Pointer) -> Self {
        Self { at, ..self }
    }

    /// Takes only keys that match one of the patterns. No pattern means all keys.
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

    /// Makes variables, not secrets, of keys that match one of the patterns.
    #[must_use]
    pub fn as_variables(self, patterns: impl IntoIterator<Item = Pattern>) -> Self {
        Self { as_variables: patterns.into_iter().collect(), ..self }
    }

    /// Takes numbers, booleans and dates as the text that stands in the document. `null` is always refused.
    #[must_use]
    pub fn stringify(self, stringify: bool) -> Self {
        Self { stringify, ..self }
    }

    /// Allows empty values.
    #[must_use]
    pub fn allow_empty(self, allow_empty: bool) -> Self {
        Self { allow_empty, ..self }
    }

    /// Allows values that are encrypted or a placeholder, as [`ciphertext::kind`](super::ciphertext::kind) finds them.
    #[must_use]
    pub fn allow_encrypted(self, allow_encrypted: bool) -> Self {
        Self { allow_encrypted, ..self }
    }
}
