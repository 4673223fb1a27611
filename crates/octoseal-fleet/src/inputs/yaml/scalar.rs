//! The kinds of YAML scalars.

use super::super::fault::Kind;
use super::super::member::Leaf;
use octoseal::SecretValue;
use saphyr_parser::ScalarStyle;
use std::borrow::Cow;

/// A scalar of a document.
pub(super) struct Scalar<'a> {
    pub(super) text: Cow<'a, str>,
    style: ScalarStyle,
}

impl<'a> Scalar<'a> {
    pub(super) fn new(text: Cow<'a, str>, style: ScalarStyle) -> Self {
        Self { text, style }
    }

    pub(super) fn quoted(text: &'a str) -> Self {
        Self::new(Cow::Borrowed(text), ScalarStyle::DoubleQuoted)
    }

    pub(super) fn is_merge_key(&self) -> bool {
        self.style == ScalarStyle::Plain && self.text == "<<"
    }

    /// Returns the value. Quoted and block scalars are always strings.
    pub(super) fn into_leaf(self) -> Leaf {
        let kind = if self.style == ScalarStyle::Plain { kind(&self.text) } else { Kind::Text };
        let value = match self.text {
            Cow::Owned(text) => SecretValue::from(text),
            Cow::Borrowed(text) => SecretValue::from(text),
        };
        match kind {
            Kind::Text => Leaf::Text(value),
            Kind::Null => Leaf::Other(kind),
            kind => Leaf::Scalar(kind, value),
        }
    }
}

/// Returns the kind of a plain scalar. A text that YAML 1.2 or YAML 1.1 resolves to another type is not a
/// string.
fn kind(text: &str) -> Kind {
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        Kind::Null
    } else if is_boolean(text) {
        Kind::Boolean
    } else if is_number(text) {
        Kind::Number
    } else if is_date(text) {
        Kind::DateTime
    } else {
        Kind::Text
    }
}

fn is_boolean(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    let is_title = text.get(1..).is_some_and(|rest| word.ends_with(rest));
    let is_one_case = text == word || text == word.to_ascii_uppercase() || is_title;
    is_one_case && matches!(word.as_str(), "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n")
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let with_digits = |prefix: &str, radix: u32| {
        let digits = unsigned.strip_prefix(prefix).unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|c| c == '_' || c.is_digit(radix))
    };
    matches!(unsigned, ".inf" | ".Inf" | ".INF")
        || matches!(text, ".nan" | ".NaN" | ".NAN")
        || with_digits("0x", 16)
        || with_digits("0o", 8)
        || with_digits("0b", 2)
        || is_decimal(unsigned)
        || is_base_60(unsigned)
}

/// Returns whether the text has a form like `1`, `1_000`, `1.`, `.5` or `1e-3`.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit());
    is_digits(whole)
        && is_digits(fraction)
        && (starts_with_digit(whole) || whole.is_empty() && starts_with_digit(fraction))
        && starts_with_digit(exponent)
        && is_digits(exponent)
}

/// Returns whether the text has a form like `1:30` or `20:30:15.5`, which are numbers in YAML 1.1.
fn is_base_60(text: &str) -> bool {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let mut parts = whole.split(':');
    let first = parts.next().is_some_and(|part| {
        starts_with_digit(part) && part.bytes().all(|byte| byte == b'_' || byte.is_ascii_digit())
    });
    let is_part =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    first && whole.contains(':') && parts.all(is_part)
}

/// Returns whether the text is a date like `2001-01-02`, alone or with a time.
fn is_date(text: &str) -> bool {
    let (date, time) = match text.find(['T', 't', ' ', '\t']) {
        Some(end) => (&text[..end], text[end + 1..].trim_start()),
        None => (text, "0"),
    };
    let lengths: Vec<usize> = date.split('-').map(str::len).collect();
    let is_digits = date.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    matches!(lengths[..], [4, 1 | 2, 1 | 2]) && is_digits && starts_with_digit(time)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_that_some_version_of_yaml_resolves_are_not_strings() {
        let table: &[(Kind, &[&str])] = &[
            (Kind::Null, &["", "~", "null", "Null", "NULL"]),
            (Kind::Boolean, &["true", "False", "YES", "no", "On", "off", "y", "N"]),
            (
                Kind::Number,
                &[
                    "0",
                    "-1",
                    "+1",
                    "0777",
                    "0o17",
                    "0x1F",
                    "0b11",
                    "1_000",
                    "1.",
                    ".5",
                    "1.5",
                    "1e3",
                    "1.0E-3",
                    ".inf",
                    "-.INF",
                    ".nan",
                    "1:30",
                    "190:20:30.15",
                ],
            ),
            (Kind::DateTime, &["2001-01-02", "2001-1-2", "2001-01-02T03:04:05Z", "2001-01-02 03:04:05"]),
            (
                Kind::Text,
                &[
                    "a",
                    "tRUE",
                    "yEs",
                    "nulL",
                    "1.2.3",
                    "1e",
                    "e3",
                    "0x",
                    "-",
                    ".",
                    "_1",
                    "1a",
                    "10.0.0.1",
                    "a:1",
                    "1:234",
                    "2001-01",
                    "2001-01-02 text",
                    "2001-01-02-03",
                    "é",
                    "-.nan",
                ],
            ),
        ];
        for (expected, texts) in table {
            texts.iter().for_each(|text| assert_eq!(kind(text), *expected, "{text:?}"));
        }
    }

    #[test]
    fn quoted_scalars_are_strings() {
        for style in
            [ScalarStyle::SingleQuoted, ScalarStyle::DoubleQuoted, ScalarStyle::Literal, ScalarStyle::Folded]
        {
            assert!(matches!(Scalar::new(Cow::Borrowed("1"), style).into_leaf(), Leaf::Text(_)), "{style:?}");
        }
    }
}
