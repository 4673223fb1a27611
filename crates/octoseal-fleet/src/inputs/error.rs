//! Errors of a text, each with its place and its key, and without a byte of a value.

use super::fault::Fault;
use super::limits::MAX_ERRORS;
use super::member::{Member, Place};
use std::error;
use std::fmt;

/// The longest key that an error shows, in bytes.
const MAX_SHOWN: usize = 64;

/// The shortest key that may be a line of base64 instead, in bytes.
const BASE64_LINE: usize = 20;

/// All errors of a text, in the order of the text. There is at least one.
#[derive(Clone, Debug)]
pub struct InputErrors {
    errors: Vec<InputError>,
    omitted: usize,
}

/// One error of a text.
#[derive(Clone, Debug)]
pub struct InputError {
    place: Option<Place>,
    key: Option<String>,
    fault: Fault,
}

impl InputErrors {
    pub(super) fn none() -> Self {
        Self { errors: Vec::new(), omitted: 0 }
    }

    pub(super) fn one(fault: Fault) -> Self {
        Self { errors: vec![InputError { place: None, key: None, fault }], omitted: 0 }
    }

    pub(super) fn push(&mut self, place: impl Into<Option<Place>>, key: Option<&str>, fault: Fault) {
        if self.errors.len() < MAX_ERRORS {
            let key = key.filter(|key| is_shown(key)).map(str::to_owned);
            self.errors.push(InputError { place: place.into(), key, fault });
        } else {
            self.omitted += 1;
        }
    }

    pub(super) fn push_member(&mut self, member: &Member, fault: Fault) {
        self.push(member.place, Some(&*member.key).filter(|_| member.is_nameable), fault);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    pub(super) fn sort(&mut self) {
        self.errors.sort_by_key(|error| error.place);
    }

    /// Returns the errors, at most [`MAX_ERRORS`].
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &InputError> {
        self.errors.iter()
    }

    /// Returns the number of errors that were counted but not kept.
    pub fn omitted(&self) -> usize {
        self.omitted
    }
}

impl InputError {
    /// Returns the line, counted from 1. An error of the whole text has none.
    pub fn line(&self) -> Option<usize> {
        self.place.map(|place| place.line)
    }

    /// Returns the column, counted in characters from 1. An error of dotenv has none.
    pub fn column(&self) -> Option<usize> {
        self.place?.column
    }

    /// Returns the key as written in the text.
    ///
    /// It is missing if the key is unknown, may be part of a value, or cannot be printed.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Returns the fault.
    pub fn fault(&self) -> &Fault {
        &self.fault
    }
}

/// Returns whether a key can be printed, and does not look like a line of base64.
fn is_shown(key: &str) -> bool {
    let is_printable = key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    let has = |class: fn(&u8) -> bool| key.as_bytes().iter().any(class);
    let may_be_base64 = key.len() >= BASE64_LINE
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit);
    (1..=MAX_SHOWN).contains(&key.len()) && is_printable && !may_be_base64
}

impl fmt::Display for InputErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, error) in self.errors.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        match self.omitted {
            0 => Ok(()),
            omitted => write!(f, "\n{omitted} more errors"),
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { line, column }) = self.place {
            write!(f, "line {line}")?;
            if let Some(column) = column {
                write!(f, ", column {column}")?;
            }
            f.write_str(": ")?;
        }
        if let Some(key) = &self.key {
            write!(f, "{key}: ")?;
        }
        self.fault.fmt(f)
    }
}

impl error::Error for InputErrors {}

impl error::Error for InputError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_may_be_data_are_not_shown() {
        for (key, shown) in [
            ("NPM_TOKEN", true),
            ("npm.token", true),
            ("aB1", true),
            ("MIIEvQIBADANBgkqhkiG9w0", false),
            ("", false),
            ("a\u{1b}[0m", false),
            ("ключ", false),
            (&"A".repeat(65), false),
        ] {
            assert_eq!(is_shown(key), shown, "{key}");
        }
    }

    #[test]
    fn errors_above_the_limit_are_counted() {
        let mut errors = InputErrors::none();
        for line in 0..MAX_ERRORS + 2 {
            errors.push(Place { line, column: None }, None, Fault::NoEqualsSign);
        }
        assert_eq!((errors.iter().len(), errors.omitted()), (MAX_ERRORS, 2));
        assert!(errors.to_string().ends_with("\n2 more errors"));
    }
}
