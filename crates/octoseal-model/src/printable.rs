//! Text from the network, made safe to print: a server could otherwise steer the terminal that shows it.

use crate::limits::MAX_MESSAGE_CHARACTERS;
use serde::{Deserialize, Deserializer};

/// `text` with every character replaced that steers a terminal or hides others, and not too long.
pub(crate) fn printable(text: &str) -> String {
    text.chars().take(MAX_MESSAGE_CHARACTERS).map(|c| if steers(c) { ' ' } else { c }).collect()
}

/// Control characters (C0, C1), and those that are invisible or change the direction of what follows (Unicode, Cf).
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Reads a text of an answer.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map(|text| printable(&text))
}
