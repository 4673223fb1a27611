//! Notes about values that are kept unchanged.

use std::fmt;

/// A note about a value that is kept unchanged. It has no byte of the value.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Note {
    /// The line of the key, counted from 1.
    pub line: usize,
    /// The key in the text.
    pub key: String,
    /// The remark.
    pub remark: Remark,
}

/// The reason of a [`Note`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Remark {
    /// A dotenv value has `$`. Some parsers expand it, octoseal keeps it.
    Dollar,
    /// A dotenv value without quotes has `#`. Some parsers end the value there, octoseal keeps it.
    Hash,
    /// A dotenv value in single quotes has two consecutive backslashes. Some parsers keep one of them,
    /// octoseal keeps both.
    Backslash,
    /// A quoted dotenv value has CR LF. Some parsers convert it to LF, octoseal keeps it.
    CarriageReturn,
    /// The value ends with a newline.
    TrailingNewline,
    /// The encoding of the value is unusual, according to
    /// [`ciphertext::suspicious_encoding`](super::ciphertext::suspicious_encoding).
    Encoding(&'static str),
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, key, remark } = self;
        write!(f, "line {line}: {key}: {remark}")
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dollar => f.write_str("the value holds $, which is kept as it is and not expanded"),
            Self::Hash => f.write_str("the value holds #, which is kept; in quotes, all parsers agree"),
            Self::Backslash => f.write_str("the value holds two backslashes in a row, which are both kept"),
            Self::CarriageReturn => f.write_str("the value holds CR LF line breaks, which are kept"),
            Self::TrailingNewline => f.write_str("the value ends with a newline, which is kept"),
            Self::Encoding(what) => write!(f, "the value {what}; it is kept as it is"),
        }
    }
}
