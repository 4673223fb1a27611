//! The dotenv parser, for the grammar in `docs/dotenv.md`.

mod bare;
mod quoted;

use super::error::InputErrors;
use super::fault::Fault;
use super::limits::MAX_ENTRIES;
use super::member::{Leaf, Member, Place};
use super::note::Remark;
use octoseal::SecretValue;

/// Space and tab. Other characters that look like a space are part of the value.
const WSP: [char; 2] = [' ', '\t'];

/// Reads all entries and all errors. Reading continues after an error.
pub(super) fn members(text: &str, errors: &mut InputErrors) -> Vec<Member> {
    let mut reader =
        Reader { text, offset: 0, line: 1, was_misread: false, has_pem_end: true, members: Vec::new() };
    while let Some(line) = reader.next_line() {
        reader.entry(&line, errors);
        if reader.members.len() > MAX_ENTRIES {
            break;
        }
    }
    reader.members
}

struct Reader<'a> {
    text: &'a str,
    /// The offset of the next line.
    offset: usize,
    /// The number of the next line, counted from 1.
    line: usize,
    /// Whether an earlier line was not understood, so that an apparent key may be part of a value.
    was_misread: bool,
    /// Whether a later line may end a PEM block.
    has_pem_end: bool,
    members: Vec<Member>,
}

/// A line without its line break.
struct Line<'a> {
    text: &'a str,
    number: usize,
    start: usize,
}

type Value = (SecretValue, Vec<Remark>);

impl<'a> Reader<'a> {
    fn next_line(&mut self) -> Option<Line<'a>> {
        let (start, number) = (self.offset, self.line);
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        self.offset = rest.find('\n').map_or(self.text.len(), |length| start + length + 1);
        self.line += 1;
        let text = &self.text[start..self.offset];
        let text = text.strip_suffix("\r\n").or_else(|| text.strip_suffix('\n')).unwrap_or(text);
        Some(Line { text, number, start })
    }

    /// Reads one line, and further lines if a quoted value has several.
    fn entry(&mut self, line: &Line<'a>, errors: &mut InputErrors) {
        let place = Place { line: line.number, column: None };
        let text = line.text.trim_start_matches(WSP);
        if text.is_empty() || text.starts_with('#') {
            if let Err(fault) = line_breaks(text) {
                errors.push(place, None, fault);
            }
            return;
        }
        let (key, value) = match key(text) {
            Ok(entry) => entry,
            Err(fault) => {
                self.was_misread = true;
                return errors.push(place, None, fault);
            }
        };
        // A key whose value has an error still counts: it may be repeated, and patterns may match it.
        let mut member = Member::new(key.to_owned(), place, Leaf::Faulty);
        member.is_nameable = !self.was_misread && !may_end_base64(key, value);
        match self.value(value, line) {
            Ok((value, remarks)) => (member.leaf, member.remarks) = (Leaf::Text(value), remarks),
            Err(fault) => errors.push_member(&member, fault),
        }
        self.members.push(member);
    }

    /// Reads the value that ends a line, or begins there if it is quoted.
    fn value(&mut self, value: &'a str, line: &Line<'a>) -> Result<Value, Fault> {
        if value.starts_with(['"', '\'']) {
            return self.quoted(line.start + line.text.len() - value.len());
        }
        line_breaks(value)?;
        if let Some(end) = bare::end_of_open_pem(value) {
            self.skip_to(end);
            return Err(Fault::SeveralLines);
        }
        // A text that ends in a backslash may continue in the next line.
        bare::value(value).inspect_err(|fault| self.was_misread |= matches!(fault, Fault::TrailingBackslash))
    }

    fn quoted(&mut self, start: usize) -> Result<Value, Fault> {
        let text = self.text;
        let quote = if text[start..].starts_with('"') { '"' } else { '\'' };
        let first_line = self.line - 1;
        let Some(length) = quoted::length(&text[start..]) else {
            self.was_misread = true;
            self.offset = text.len();
            return Err(Fault::UnclosedQuote(quote));
        };
        let inside = &text[start + 1..start + length - 1];
        let last_line = first_line + inside.matches('\n').count();
        // The line of the closing quote is read again, from there on.
        (self.offset, self.line) = (start + length, last_line);
        let after = self.next_line().map_or("", |rest| rest.text);
        self.line = last_line + 1;
        if quote == '\'' && inside.ends_with('\\') {
            self.was_misread = true;
            return Err(Fault::BackslashBeforeQuote);
        }
        if !is_trail(after) {
            self.was_misread = true;
            return Err(Fault::TextAfterQuote { line: last_line });
        }
        line_breaks(after)?;
        quoted::value(inside, quote, first_line)
    }

    /// Skips lines up to one that begins with the text. Without such a line, the rest may be part of a value.
    fn skip_to(&mut self, end: &str) {
        let (offset, line) = (self.offset, self.line);
        // The lines are searched only once, however many blocks have no end.
        while self.has_pem_end {
            let Some(line) = self.next_line() else { break };
            if line.text.trim_start_matches(WSP).starts_with(end) {
                return;
            }
        }
        self.has_pem_end = false;
        (self.offset, self.line, self.was_misread) = (offset, line, true);
    }
}

/// Splits an entry into its key and the text after `=` and the space there.
fn key(text: &str) -> Result<(&str, &str), Fault> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let (before, value) = text.split_once('=').unwrap_or((text, ""));
    let exported = before.strip_prefix("export").filter(|rest| rest.starts_with(WSP));
    let word = exported.unwrap_or(before).trim_matches(WSP);
    if word.trim_start_matches(is_key).trim_start_matches(WSP).starts_with(':') && word.starts_with(is_key) {
        return Err(Fault::ColonForEqualsSign);
    }
    if text.starts_with(';') {
        return Err(Fault::Semicolon);
    }
    if before.len() == text.len() {
        return Err(Fault::NoEqualsSign);
    }
    match !word.is_empty() && word.chars().all(is_key) {
        true => Ok((word, value.trim_start_matches(WSP))),
        false => Err(Fault::InvalidKey),
    }
}

/// Returns whether an entry looks like the last line of a base64 text, padded with `=`.
fn may_end_base64(key: &str, value: &str) -> bool {
    let has = |class: fn(&u8) -> bool| key.as_bytes().iter().any(class);
    matches!(value, "" | "=") && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase)
}

/// Returns whether a text is empty, or space with an optional comment.
fn is_trail(text: &str) -> bool {
    let rest = text.trim_start_matches(WSP);
    rest.is_empty() || rest.len() < text.len() && rest.starts_with('#')
}

/// Refuses characters that some parsers treat as the end of a line.
fn line_breaks(text: &str) -> Result<(), Fault> {
    if text.contains(['\r', '\u{2028}', '\u{2029}']) { Err(Fault::LineBreak) } else { Ok(()) }
}
