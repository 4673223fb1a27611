//! The escapes of JSON strings.

use super::super::fault::Fault;
use zeroize::Zeroizing;

/// Decodes a string with its quotes, whose grammar was already checked, into a buffer that never moves.
pub(super) fn unescape(literal: &str) -> Result<Zeroizing<String>, Fault> {
    let mut rest = literal.get(1..literal.len().saturating_sub(1)).unwrap_or_default();
    let mut text = Zeroizing::new(String::with_capacity(rest.len()));
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        let (character, length) = character(escape)?;
        text.push(character);
        rest = &escape[length..];
    }
    text.push_str(rest);
    Ok(text)
}

/// Returns the character of an escape, and the length of the escape after its backslash.
fn character(escape: &str) -> Result<(char, usize), Fault> {
    let simple = match escape.as_bytes().first() {
        Some(b'u') => return unicode(escape),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'"') => '"',
        Some(b'/') => '/',
        _ => '\\',
    };
    Ok((simple, 1))
}

fn unicode(escape: &str) -> Result<(char, usize), Fault> {
    let unit = |start: usize| u16::from_str_radix(escape.get(start..start + 4)?, 16).ok();
    let first = unit(1).ok_or(Fault::LoneSurrogate)?;
    let second = if escape.get(5..7) == Some("\\u") { unit(7) } else { None };
    let mut characters = char::decode_utf16([Some(first), second].into_iter().flatten());
    match characters.next() {
        Some(Ok(character)) => Ok((character, if character.len_utf16() == 2 { 11 } else { 5 })),
        _ => Err(Fault::LoneSurrogate),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_escape_is_decoded() {
        for (literal, text) in [
            (r#""""#, ""),
            (r#""a\"b""#, "a\"b"),
            (r#""\b\f\n\r\t\/\\""#, "\u{8}\u{c}\n\r\t/\\"),
            (r#""\u00e9\u0000x""#, "é\0x"),
            (r#""\uD83D\uDE00!""#, "😀!"),
            (r#""\u0041\u0042""#, "AB"),
            (r#""\\u0041""#, "\\u0041"),
        ] {
            assert_eq!(unescape(literal).unwrap().as_str(), text, "{literal}");
        }
    }

    #[test]
    fn half_a_character_is_refused() {
        for literal in
            [r#""\uD83D""#, r#""\uDE00\uD83D""#, r#""\uD83Dx""#, r#""\uD83D\u0041""#, r#""\uD83D\n""#]
        {
            assert!(matches!(unescape(literal), Err(Fault::LoneSurrogate)), "{literal}");
        }
    }
}
