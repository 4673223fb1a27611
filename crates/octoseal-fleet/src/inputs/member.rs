//! Members of a text in any format: keys with their places and values.

use super::fault::Kind;
use super::note::Remark;
use octoseal::SecretValue;

/// A place in a text. Lines and columns are counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: Option<usize>,
}

/// A key and its value, as written in the text.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) key: String,
    pub(super) place: Place,
    pub(super) leaf: Leaf,
    /// Whether an error may name the key. After a line that was not understood, a key may be part of a value.
    pub(super) is_nameable: bool,
    pub(super) remarks: Vec<Remark>,
}

/// The value of a key.
#[derive(Debug)]
pub(super) enum Leaf {
    Text(SecretValue),
    /// A number, a boolean or a date, with its text in the document.
    Scalar(Kind, SecretValue),
    /// `null`, a list or a table.
    Other(Kind),
    /// A value with an error that was already reported.
    Faulty,
}

impl Member {
    pub(super) fn new(key: String, place: Place, leaf: Leaf) -> Self {
        Self { key, place, leaf, is_nameable: true, remarks: Vec::new() }
    }
}

impl Leaf {
    /// Returns the kind of value, for an error that requires a table.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Text(_) | Self::Faulty => Kind::Text,
            Self::Scalar(kind, _) | Self::Other(kind) => *kind,
        }
    }
}
