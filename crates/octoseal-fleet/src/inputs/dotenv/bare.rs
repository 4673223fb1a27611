//! Values without quotes.

use super::super::fault::Fault;
use super::super::note::Remark;
use super::{Value, WSP};
use octoseal::SecretValue;

/// Reads a value that ends with its line. A `#` after a space or tab begins a comment.
pub(super) fn value(text: &str) -> Result<Value, Fault> {
    if text.starts_with(['#', '`']) {
        return Err(Fault::NeedsQuotes);
    }
    let comment = text.match_indices('#').find(|(offset, _)| text[..*offset].ends_with(WSP));
    let before = comment.map_or(text, |(offset, _)| &text[..offset]);
    let value = before.trim_end_matches(WSP);
    if value.ends_with('\\') {
        return Err(Fault::TrailingBackslash);
    }
    if comment.is_some() && value.contains(['"', '\'', '`']) {
        return Err(Fault::QuoteBeforeComment);
    }
    if has_invisible_end(value) {
        return Err(Fault::InvisibleCharacter);
    }
    let remarks = [('$', Remark::Dollar), ('#', Remark::Hash)];
    let remarks = remarks.into_iter().filter(|(sign, _)| value.contains(*sign)).map(|(_, remark)| remark);
    Ok((SecretValue::from(value), remarks.collect()))
}

/// Returns whether a parser may remove the first or last character, or begin a comment after another space.
fn has_invisible_end(value: &str) -> bool {
    let is_invisible = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let mut before_hash = value.split('#');
    before_hash.next_back();
    value.starts_with(is_invisible)
        || value.ends_with(is_invisible)
        || before_hash.any(|part| part.ends_with(is_invisible))
}

/// Returns the text that ends a PEM block, if one begins here and does not end in the same line.
pub(super) fn end_of_open_pem(value: &str) -> Option<&'static str> {
    const END: &str = "-----END";
    (value.starts_with("-----BEGIN ") && !value.contains(END)).then_some(END)
}
