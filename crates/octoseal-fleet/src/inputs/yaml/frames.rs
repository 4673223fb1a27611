//! Open tables and lists of a YAML document.

use super::super::error::InputErrors;
use super::super::fault::{Fault, Kind};
use super::super::limits::{MAX_DEPTH, MAX_ENTRIES};
use super::super::member::{Leaf, Member, Place};
use super::super::pointer::Pointer;
use super::scalar::Scalar;
use std::collections::HashMap;

/// One step through a document.
pub(super) enum Step<'a> {
    Scalar(Scalar<'a>),
    Table,
    List,
    /// The end of a table or list.
    End,
    /// An alias, which was already reported.
    Alias,
}

/// The open tables and lists, and the members of the table that the pointer leads to.
pub(super) struct Frames<'a> {
    at: &'a [String],
    open: Vec<Frame>,
    members: Vec<Member>,
    /// Whether the pointer has reached a value.
    was_reached: bool,
}

struct Frame {
    inside: Inside,
    /// Whether the pointer leads to this table or list, or through it.
    is_on_path: bool,
}

enum Inside {
    List { position: usize },
    Table(Table),
}

#[derive(Default)]
struct Table {
    /// The lines of the keys.
    lines: HashMap<String, usize>,
    /// The key of the next value.
    key: Option<(String, Place)>,
}

impl<'a> Frames<'a> {
    pub(super) fn new(at: &'a Pointer) -> Self {
        Self { at: at.tokens(), open: Vec::new(), members: Vec::new(), was_reached: false }
    }

    pub(super) fn into_members(self) -> Vec<Member> {
        self.members
    }

    /// Returns whether there is one member more than allowed, which is sufficient for the error.
    pub(super) fn is_full(&self) -> bool {
        self.members.len() > MAX_ENTRIES
    }

    /// Returns the fault of a document that ended before the pointer reached a value.
    pub(super) fn missing(&self) -> Option<Fault> {
        (!self.was_reached && !self.at.is_empty()).then_some(Fault::NothingThere)
    }

    /// Returns the key of the next value.
    pub(super) fn key(&self) -> Option<&str> {
        match &self.open.last()?.inside {
            Inside::Table(Table { key: Some((key, _)), .. }) => Some(key),
            _ => None,
        }
    }

    /// Handles a step. After an error here the rest cannot be understood.
    pub(super) fn take(
        &mut self,
        step: Step<'_>,
        place: Place,
        errors: &mut InputErrors,
    ) -> Result<(), Fault> {
        let depth = self.open.len();
        match (&step, self.open.last_mut()) {
            (Step::End, _) => {
                self.open.pop();
                Ok(())
            }
            (_, Some(Frame { inside: Inside::Table(table @ Table { key: None, .. }), is_on_path })) => {
                // The filters report duplicate keys of the selected table.
                let is_target = *is_on_path && depth == self.at.len() + 1;
                table.take_key(step, place, is_target, errors)
            }
            _ => self.take_value(step, place, errors),
        }
    }

    fn take_value(&mut self, step: Step<'_>, place: Place, errors: &mut InputErrors) -> Result<(), Fault> {
        let depth = self.open.len();
        let (is_on_path, key) =
            self.open.last_mut().map_or((true, None), |parent| parent.next(self.at.get(depth - 1)));
        let is_in_target =
            self.open.last().is_some_and(|parent| parent.is_on_path) && depth == self.at.len() + 1;
        let opened = match &step {
            Step::Table => Some(Inside::Table(Table::default())),
            Step::List => Some(Inside::List { position: 0 }),
            _ => None,
        };
        let leaf = step.into_leaf();
        if is_on_path && depth == self.at.len() {
            self.was_reached = true;
            match &leaf {
                // An empty document. The missing values are reported later.
                Leaf::Other(Kind::Null) if depth == 0 => {}
                Leaf::Other(Kind::Table) | Leaf::Faulty => {}
                other => errors.push(place, None, Fault::NotATable(other.kind())),
            }
        }
        if let (true, Some((key, place))) = (is_in_target, key) {
            self.members.push(Member::new(key, place, leaf));
        }
        match opened {
            Some(_) if depth >= MAX_DEPTH => Err(Fault::TooDeep),
            Some(inside) => {
                self.open.push(Frame { inside, is_on_path });
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Frame {
    /// Moves to the next value. Returns whether the pointer leads there, and its key in a table.
    fn next(&mut self, token: Option<&String>) -> (bool, Option<(String, Place)>) {
        match &mut self.inside {
            Inside::List { position } => {
                let here = *position;
                *position += 1;
                (self.is_on_path && token.is_some_and(|token| Pointer::index(token) == Some(here)), None)
            }
            Inside::Table(table) => {
                let key = table.key.take();
                let is_next = key.as_ref().is_some_and(|(key, _)| token == Some(key));
                (self.is_on_path && is_next, key)
            }
        }
    }
}

impl Table {
    fn take_key(
        &mut self,
        step: Step<'_>,
        place: Place,
        is_target: bool,
        errors: &mut InputErrors,
    ) -> Result<(), Fault> {
        let key = match step {
            Step::Scalar(scalar) => scalar,
            Step::Alias => Scalar::quoted(""),
            Step::Table | Step::List | Step::End => return Err(Fault::KeyNotText),
        };
        if key.is_merge_key() {
            errors.push(place, None, Fault::MergeKey);
        }
        let key = key.text.into_owned();
        if let Some(first) = self.lines.get(&key).filter(|_| !is_target) {
            errors.push(place, Some(&key), Fault::RepeatedKey { first: Some(*first) });
        }
        self.lines.entry(key.clone()).or_insert(place.line);
        self.key = Some((key, place));
        Ok(())
    }
}

impl Step<'_> {
    fn into_leaf(self) -> Leaf {
        match self {
            Self::Scalar(scalar) => scalar.into_leaf(),
            Self::Table => Leaf::Other(Kind::Table),
            Self::List => Leaf::Other(Kind::List),
            Self::End | Self::Alias => Leaf::Faulty,
        }
    }
}
