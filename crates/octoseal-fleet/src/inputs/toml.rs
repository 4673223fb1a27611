//! The TOML parser. The crate `toml` checks the grammar, and only the place of its errors is kept.

use super::error::InputErrors;
use super::fault::{Fault, Kind};
use super::format::Format;
use super::lines::Lines;
use super::member::{Leaf, Member, Place};
use super::pointer::Pointer;
use octoseal::SecretValue;
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};
use zeroize::Zeroize as _;

/// The message of the crate `toml` for a duplicate key.
const REPEATED: &str = "duplicate key";

/// A common part of its messages about too deep nesting.
const TOO_DEEP: &str = "recurs";

/// Maximum length in bytes of a text whose mistakes are all reported.
const MAX_RECOVERABLE: usize = 1_000_000;

/// Reads the members of the table at the pointer.
pub(super) fn members(text: &str, at: &Pointer, errors: &mut InputErrors) -> Vec<Member> {
    let lines = Lines::of(text);
    let (document, mistakes) = parse(text);
    let root = Spanned::new(document.span(), DeValue::Table(document.into_inner()));
    if !mistakes.is_empty() {
        wipe(root.into_inner());
        mistakes.iter().for_each(|mistake| report(text, &lines, mistake, errors));
        return Vec::new();
    }
    match table(root, at, &lines) {
        Ok(table) => {
            let mut members: Vec<_> =
                table.into_iter().map(|(key, value)| member(text, &lines, key, value)).collect();
            members.sort_by_key(|member| member.place);
            members
        }
        Err((place, fault)) => {
            errors.push(place, None, fault);
            Vec::new()
        }
    }
}

/// Finds all mistakes, or only the first one of a long text, since the parser needs hundreds of bytes for
/// each.
fn parse(text: &str) -> (Spanned<DeTable<'_>>, Vec<Error>) {
    if text.len() <= MAX_RECOVERABLE {
        return DeTable::parse_recoverable(text);
    }
    match DeTable::parse(text) {
        Ok(document) => (document, Vec::new()),
        Err(mistake) => (Spanned::new(0..0, DeTable::new()), vec![mistake]),
    }
}

/// Reports a mistake. After the first one, an apparent key may be part of a value.
fn report(text: &str, lines: &Lines<'_>, mistake: &Error, errors: &mut InputErrors) {
    let is_first = errors.is_empty();
    let place = mistake.span().map(|span| lines.place(span.start));
    if mistake.message().contains(TOO_DEEP) {
        errors.push(place, None, Fault::TooDeep);
    } else if mistake.message() == REPEATED {
        let key = mistake.span().and_then(|span| text.get(span)).filter(|_| is_first);
        errors.push(place, key, Fault::RepeatedKey { first: None });
    } else {
        errors.push(place, None, Fault::Syntax(Format::Toml));
    }
}

/// Follows the pointer. Other values are wiped.
fn table<'a>(
    root: Spanned<DeValue<'a>>,
    at: &Pointer,
    lines: &Lines<'_>,
) -> Result<DeTable<'a>, (Place, Fault)> {
    let mut value = root;
    for token in at.tokens() {
        let missing = (lines.place(value.span().start), Fault::NothingThere);
        let children: Vec<(bool, Spanned<DeValue<'_>>)> = match value.into_inner() {
            DeValue::Table(table) => {
                table.into_iter().map(|(key, value)| (key.get_ref() == token, value)).collect()
            }
            DeValue::Array(array) => {
                let index = Pointer::index(token);
                array
                    .into_iter()
                    .enumerate()
                    .map(|(position, value)| (Some(position) == index, value))
                    .collect()
            }
            other => {
                wipe(other);
                Vec::new()
            }
        };
        let mut found = None;
        for (is_found, child) in children {
            if is_found { found = Some(child) } else { wipe(child.into_inner()) }
        }
        value = found.ok_or(missing)?;
    }
    let place = lines.place(value.span().start);
    match value.into_inner() {
        DeValue::Table(table) => Ok(table),
        other => {
            let kind = kind(&other);
            wipe(other);
            Err((place, Fault::NotATable(kind)))
        }
    }
}

fn member(text: &str, lines: &Lines<'_>, key: Spanned<Cow<'_, str>>, value: Spanned<DeValue<'_>>) -> Member {
    let place = lines.place(key.span().start);
    let written = text.get(value.span()).unwrap_or_default();
    let leaf = match value.into_inner() {
        DeValue::String(Cow::Owned(text)) => Leaf::Text(SecretValue::from(text)),
        DeValue::String(Cow::Borrowed(text)) => Leaf::Text(SecretValue::from(text)),
        other => match kind(&other) {
            kind @ (Kind::Number | Kind::Boolean | Kind::DateTime) => {
                Leaf::Scalar(kind, SecretValue::from(written))
            }
            kind => {
                wipe(other);
                Leaf::Other(kind)
            }
        },
    };
    Member::new(key.into_inner().into_owned(), place, leaf)
}

fn kind(value: &DeValue<'_>) -> Kind {
    match value {
        DeValue::String(_) => Kind::Text,
        DeValue::Integer(_) | DeValue::Float(_) => Kind::Number,
        DeValue::Boolean(_) => Kind::Boolean,
        DeValue::Datetime(_) => Kind::DateTime,
        DeValue::Array(_) => Kind::List,
        DeValue::Table(_) => Kind::Table,
    }
}

/// Overwrites the decoded strings. The parser limits the depth.
fn wipe(value: DeValue<'_>) {
    match value {
        DeValue::String(Cow::Owned(mut text)) => text.zeroize(),
        DeValue::Array(array) => array.into_iter().for_each(|value| wipe(value.into_inner())),
        DeValue::Table(table) => table.into_iter().for_each(|(_, value)| wipe(value.into_inner())),
        _ => {}
    }
}
