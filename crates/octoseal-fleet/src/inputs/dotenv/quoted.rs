//! Values in quotes, which may have several lines.

use super::super::fault::Fault;
use super::super::note::Remark;
use super::Value;
use octoseal::SecretValue;
use zeroize::Zeroizing;

/// Returns the length of the quoted text at the beginning, with both quotes.
pub(super) fn length(text: &str) -> Option<usize> {
    let quote = *text.as_bytes().first()?;
    let mut bytes = text.bytes().enumerate().skip(1);
    while let Some((offset, byte)) = bytes.next() {
        match byte {
            b'\\' if quote == b'"' => drop(bytes.next()),
            byte if byte == quote => return Some(offset + 1),
            _ => {}
        }
    }
    None
}

/// Reads the text between two quotes. Single quotes have no escapes.
pub(super) fn value(inside: &str, quote: char, first_line: usize) -> Result<Value, Fault> {
    if has_lone_cr(inside) {
        return Err(Fault::LineBreak);
    }
    let mut remarks = Vec::new();
    if inside.contains('\r') {
        remarks.push(Remark::CarriageReturn);
    }
    if quote == '\'' {
        remarks.extend(inside.contains("\\\\").then_some(Remark::Backslash));
        return Ok((SecretValue::from(inside), remarks));
    }
    if inside.contains('$') {
        remarks.push(Remark::Dollar);
    }
    // The capacity is that of the text, so that the buffer never moves.
    let mut value = Zeroizing::new(Vec::with_capacity(inside.len()));
    let mut bytes = inside.bytes().enumerate();
    while let Some((offset, byte)) = bytes.next() {
        value.push(match byte {
            b'\\' => match bytes.next().and_then(|(_, escaped)| unescape(escaped)) {
                Some(byte) => byte,
                None => {
                    let line = first_line + inside[..offset].matches('\n').count();
                    return Err(Fault::UnknownEscape { line });
                }
            },
            byte => byte,
        });
    }
    Ok((SecretValue::from(std::mem::take(&mut *value)), remarks))
}

fn has_lone_cr(text: &str) -> bool {
    text.split('\r').skip(1).any(|rest| !rest.starts_with('\n'))
}

fn unescape(byte: u8) -> Option<u8> {
    match byte {
        b'n' => Some(b'\n'),
        b'r' => Some(b'\r'),
        b't' => Some(b'\t'),
        b'"' | b'\\' | b'$' => Some(byte),
        _ => None,
    }
}
