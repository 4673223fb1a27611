//! The JSON parser. `serde_json` checks the grammar, and strings are decoded here, so that no copy stays in
//! memory.

mod unescape;

use super::error::InputErrors;
use super::fault::{Fault, Kind};
use super::format::Format;
use super::limits::MAX_ENTRIES;
use super::lines::Lines;
use super::member::{Leaf, Member, Place};
use super::pointer::Pointer;
use octoseal::SecretValue;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt;
use unescape::unescape;

/// Reads the members of the table at the pointer. Tables on the way must not have duplicate keys either.
pub(super) fn members(text: &str, at: &Pointer, errors: &mut InputErrors) -> Vec<Member> {
    let document = Document { text, lines: Lines::of(text) };
    match document.table(at, errors) {
        Ok(Table(members)) => {
            // One more than allowed is sufficient for the error.
            let members = members.into_iter().take(MAX_ENTRIES + 1);
            members.filter_map(|(key, value)| document.member(key, value, errors)).collect()
        }
        Err((place, fault)) => {
            errors.push(place, None, fault);
            Vec::new()
        }
    }
}

struct Document<'a> {
    text: &'a str,
    lines: Lines<'a>,
}

type Failure = (Option<Place>, Fault);

impl<'a> Document<'a> {
    /// Follows the pointer, one level at a time.
    fn table(&self, at: &Pointer, errors: &mut InputErrors) -> Result<Table<'a>, Failure> {
        let mut value: &RawValue = read(self.text)?;
        for token in at.tokens() {
            let missing = (Some(self.place(value)), Fault::NothingThere);
            value = match kind(value) {
                Kind::Table => {
                    let table: Table<'_> = read(value.get())?;
                    self.report_repeated(&table, errors);
                    let mut members = table.0.into_iter();
                    let found = members.find(|(key, _)| unescape(key.get()).is_ok_and(|key| *key == *token));
                    found.ok_or(missing)?.1
                }
                Kind::List => {
                    let list: Vec<&RawValue> = read(value.get())?;
                    *Pointer::index(token).and_then(|index| list.get(index)).ok_or(missing)?
                }
                _ => return Err(missing),
            };
        }
        match kind(value) {
            Kind::Table => read(value.get()),
            other => Err((Some(self.place(value)), Fault::NotATable(other))),
        }
    }

    fn report_repeated(&self, table: &Table<'a>, errors: &mut InputErrors) {
        let mut seen = HashMap::new();
        for (key, _) in &table.0 {
            let place = self.place(key);
            let key = unescape(key.get()).map(|key| key.to_string()).unwrap_or_default();
            if let Some(first) = seen.insert(key.clone(), place) {
                errors.push(place, Some(&key), Fault::RepeatedKey { first: Some(first.line) });
            }
        }
    }

    fn member(&self, key: &'a RawValue, value: &'a RawValue, errors: &mut InputErrors) -> Option<Member> {
        let place = self.place(key);
        let Ok(name) = unescape(key.get()).map(|key| key.to_string()) else {
            errors.push(place, None, Fault::LoneSurrogate);
            return None;
        };
        let mut member = Member::new(name, place, Leaf::Faulty);
        member.leaf = match kind(value) {
            Kind::Text => match unescape(value.get()) {
                Ok(mut text) => Leaf::Text(SecretValue::from(std::mem::take(&mut *text))),
                Err(fault) => {
                    errors.push_member(&member, fault);
                    Leaf::Faulty
                }
            },
            kind @ (Kind::Number | Kind::Boolean) => Leaf::Scalar(kind, SecretValue::from(value.get())),
            kind => Leaf::Other(kind),
        };
        Some(member)
    }

    /// Returns the place of a value, which is a slice of the text.
    fn place(&self, value: &RawValue) -> Place {
        let offset = (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.lines.place(offset)
    }
}

fn kind(value: &RawValue) -> Kind {
    match value.get().as_bytes().first() {
        Some(b'{') => Kind::Table,
        Some(b'[') => Kind::List,
        Some(b'"') => Kind::Text,
        Some(b't' | b'f') => Kind::Boolean,
        Some(b'n') => Kind::Null,
        _ => Kind::Number,
    }
}

/// Reads a text. Of an error only the place and the kind are kept.
fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|error| {
        let column = Some(error.column()).filter(|column| *column > 0);
        let place = Some(Place { line: error.line(), column }).filter(|place| place.line > 0);
        let fault =
            if error.is_eof() { Fault::Incomplete(Format::Json) } else { Fault::Syntax(Format::Json) };
        (place, fault)
    })
}

/// The members of a table in their order, as written, including duplicates.
struct Table<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Table<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Table<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Table<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Table(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}
