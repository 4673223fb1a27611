//! Faults of a text, with their corrections.

use super::format::Format;
use super::limits::{MAX_ENTRIES, MAX_INPUT_BYTES};
use octoseal::limits::MAX_VALUE_BYTES;
use octoseal::{CryptoError, ModelError};
use std::fmt;

/// A fault of a text. It has no byte of a value.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Fault {
    /// The text has more than [`MAX_INPUT_BYTES`].
    InputTooLong,
    /// The whole text is encrypted or a placeholder. The field describes it.
    EncryptedInput(&'static str),
    /// The text is UTF-16.
    Utf16,
    /// The text is not UTF-8.
    NotUtf8,
    /// The text or a value holds a NUL character.
    Nul,
    /// The text has no key.
    NoValues,
    /// The filters select none of the keys.
    NothingSelected,
    /// The table has more than [`MAX_ENTRIES`] keys.
    TooManyEntries,
    /// A dotenv line ends in a carriage return without a line feed, or in another unusual line break.
    LineBreak,
    /// A dotenv line has no `=`.
    NoEqualsSign,
    /// A dotenv line is written as in YAML.
    ColonForEqualsSign,
    /// A dotenv line begins with `;`.
    Semicolon,
    /// The text before the `=` of a dotenv line is not a key.
    InvalidKey,
    /// A dotenv value without quotes begins with `#` or a backtick.
    NeedsQuotes,
    /// A dotenv value without quotes begins or ends with an unusual space or a control character.
    InvisibleCharacter,
    /// A dotenv value without quotes ends in a backslash.
    TrailingBackslash,
    /// A dotenv value without quotes has a quotation mark before a `#`.
    QuoteBeforeComment,
    /// A dotenv value without quotes has several lines.
    SeveralLines,
    /// There is text after the closing quote of a dotenv value.
    TextAfterQuote {
        /// The line of the closing quote.
        line: usize,
    },
    /// A dotenv value in single quotes has a backslash before the closing quote.
    BackslashBeforeQuote,
    /// The closing quote of a dotenv value is missing.
    UnclosedQuote(char),
    /// A dotenv value in double quotes has an escape that parsers treat differently.
    UnknownEscape {
        /// The line of the escape.
        line: usize,
    },
    /// The document does not follow the rules of its format.
    Syntax(Format),
    /// The document ends too early.
    Incomplete(Format),
    /// Tables and lists are nested too deeply. YAML allows [`MAX_DEPTH`](super::limits::MAX_DEPTH) levels.
    TooDeep,
    /// A key is a duplicate in its table.
    RepeatedKey {
        /// The line of the first one, if it is known.
        first: Option<usize>,
    },
    /// A JSON string has an escape for one half of a character.
    LoneSurrogate,
    /// A YAML node has an anchor.
    Anchor,
    /// A YAML node is an alias.
    Alias,
    /// A YAML node has a tag.
    Tag,
    /// A YAML table has a merge key.
    MergeKey,
    /// A YAML key is not a scalar.
    KeyNotText,
    /// The YAML text has several documents.
    SeveralDocuments,
    /// The format has no nested tables to point to.
    NothingNested(Format),
    /// The pointer leads to nothing.
    NothingThere,
    /// The pointer leads to something that is not a table.
    NotATable(Kind),
    /// The value is not a string.
    NotText(Kind),
    /// The value is empty.
    EmptyValue,
    /// The value has more than [`MAX_VALUE_BYTES`].
    ValueTooLong,
    /// The value is encrypted or a placeholder. The field describes it.
    EncryptedValue(&'static str),
    /// GitHub refuses the name.
    InvalidName(ModelError),
    /// Two keys are the same name at GitHub.
    RepeatedName {
        /// The line of the first one.
        first: usize,
    },
    /// A line of a file for two machines lacks a field, or has another one or another type.
    UnexpectedFields,
    /// A line of a file for two machines names no store.
    InvalidStore(ModelError),
    /// The public key of a line is not valid.
    InvalidKeyOfStore(CryptoError),
    /// The key or the sealed value of a line is not valid.
    InvalidSealedValue(Box<octoseal::Error>),
    /// The store or the secret of a line is a duplicate of an earlier line.
    RepeatedLine {
        /// The first line.
        first: usize,
    },
    /// A pattern matches no key.
    UnusedPattern {
        /// The setting: `only`, `except` or `as-variables`.
        setting: &'static str,
        /// The pattern.
        pattern: String,
    },
    /// No key is left for a rename.
    UnusedRename {
        /// The old key.
        key: String,
    },
}

/// A kind of value in a document that is not a string.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// A date or a time.
    DateTime,
    /// `null`.
    Null,
    /// A list.
    List,
    /// A table, also called an object or a mapping.
    Table,
    /// A string, where a table is needed.
    Text,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::DateTime => "a date or time",
            Self::Null => "null",
            Self::List => "a list",
            Self::Table => "a table",
            Self::Text => "a string",
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EncryptedInput(what) => write!(f, "the input is {what}; decrypt it first"),
            Self::TextAfterQuote { line } => write!(
                f,
                "something follows the closing quote on line {line}; only a space and a comment may follow it"
            ),
            Self::UnclosedQuote(quote) => {
                write!(f, "the closing quote {quote} is missing, so the rest of the file was not checked")
            }
            Self::UnknownEscape { line } => write!(
                f,
                "unknown escape on line {line}; double quotes take \\n, \\r, \\t, \\\", \\\\ and \\$, \
                 and single quotes keep every character as it is"
            ),
            Self::Syntax(format) => write!(f, "this is not valid {}", format.title()),
            Self::Incomplete(format) => write!(f, "the {} text ends too early", format.title()),
            Self::RepeatedKey { first: None } => f.write_str("the key is a duplicate"),
            Self::RepeatedKey { first: Some(first) } => write!(f, "the key is already on line {first}"),
            Self::NothingNested(format) => {
                write!(f, "{} has no nested tables, so a pointer leads nowhere", format.title())
            }
            Self::NotATable(kind) => {
                write!(f, "a table of keys and values is needed here, and this is {kind}")
            }
            Self::NotText(kind @ (Kind::Number | Kind::Boolean | Kind::DateTime)) => {
                write!(f, "the value is {kind}, not a string; put it in quotes, or use stringify")
            }
            Self::NotText(kind @ (Kind::List | Kind::Table)) => {
                write!(
                    f,
                    "the value is {kind}, not a string; point to the table that has the values, or leave it out"
                )
            }
            Self::NotText(kind) => write!(f, "the value is {kind}, not a string"),
            Self::EncryptedValue(what) => {
                write!(f, "the value is {what}, not the secret itself; decrypt it first")
            }
            Self::InvalidName(error) | Self::InvalidStore(error) => error.fmt(f),
            Self::InvalidKeyOfStore(error) => write!(f, "the public key cannot be used: {error}"),
            Self::InvalidSealedValue(error) => error.fmt(f),
            Self::RepeatedLine { first } => write!(f, "it is already on line {first}"),
            Self::RepeatedName { first } => {
                write!(f, "GitHub has no case in names, so it is the same name as on line {first}")
            }
            Self::UnusedPattern { setting, pattern } => write!(f, "{setting}: no key matches {pattern}"),
            Self::UnusedRename { key } => write!(f, "rename: no key {key} is left to rename"),
            fixed => fixed.fixed(f),
        }
    }
}

impl Fault {
    /// Writes the messages without variable parts.
    fn fixed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InputTooLong => {
                return write!(f, "the input has more than {MAX_INPUT_BYTES} bytes; split it");
            }
            Self::TooManyEntries => {
                return write!(f, "the table has more than {MAX_ENTRIES} keys; split it");
            }
            Self::ValueTooLong => {
                return write!(
                    f,
                    "the value has more than {MAX_VALUE_BYTES} bytes, which is GitHub's limit of 48 KB"
                );
            }
            _ => {}
        }
        f.write_str(match self {
            Self::Utf16 => "the text is UTF-16; save it as UTF-8",
            Self::NotUtf8 => "the text is not UTF-8",
            Self::Nul => "there is a NUL character, which a secret cannot hold here; store binary data as base64",
            Self::NoValues => "there are no values",
            Self::NothingSelected => "the filters leave no value",
            Self::LineBreak => "the line break is unusual (CR, U+2028 or U+2029); end lines with LF or CR LF",
            Self::NoEqualsSign => "the line has no =; write KEY=value, and begin a comment with #",
            Self::ColonForEqualsSign => "the line has a : after the key; write KEY=value, or read the text as YAML",
            Self::Semicolon => "the line begins with ;; begin a comment with #",
            Self::InvalidKey => "the text before = is not a key; a key has only A-Z, a-z, 0-9, _, . and -",
            Self::NeedsQuotes => {
                "the value begins with # or `, and parsers disagree what that means; put the value in single quotes"
            }
            Self::InvisibleCharacter => {
                "an invisible character stands at an end of the value; put the value in quotes, or remove it"
            }
            Self::TrailingBackslash => {
                "the value ends in \\, which some programs take for a continued line; use double quotes and \\\\"
            }
            Self::BackslashBeforeQuote => {
                "\\ stands before the closing quote ', and most parsers take it for an escape; use double quotes and \\\\"
            }
            Self::QuoteBeforeComment => {
                "a quotation mark stands before #, and parsers disagree where the value ends; put the value in quotes"
            }
            Self::SeveralLines => "a value with several lines needs quotes around it",
            Self::TooDeep => "tables and lists are nested too deep",
            Self::LoneSurrogate => "a \\u escape is half of a character",
            Self::Anchor => "an anchor (&) is not allowed",
            Self::Alias => "an alias (*) is not allowed; repeat the value, or put it in quotes if it begins with *",
            Self::Tag => "a tag (!) is not allowed; put the value in quotes if it begins with !",
            Self::MergeKey => "a merge key (<<) is not allowed",
            Self::KeyNotText => "a key is not a scalar",
            Self::SeveralDocuments => "there are several YAML documents; keep one",
            Self::NothingThere => "the pointer leads to nothing",
            Self::UnexpectedFields => "a field is missing, unknown, or of another type",
            Self::EmptyValue => "the value is empty",
            _ => "the input is not valid",
        })
    }
}
