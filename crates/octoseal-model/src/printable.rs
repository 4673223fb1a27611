//! Text from the network, made safe to print. A server could otherwise steer the terminal that shows it.

use crate::limits::{MAX_MESSAGE_CHARACTERS, MAX_NAME_BYTES};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// Replaces every character that steers a terminal or hides other characters, and limits the length.
pub(crate) fn printable(text: &str) -> String {
    text.chars().take(MAX_MESSAGE_CHARACTERS).map(|c| if steers(c) { ' ' } else { c }).collect()
}

/// Returns whether the character is a control character (C0, C1), invisible, or changes the text direction
/// (Unicode, Cf).
fn steers(c: char) -> bool {
    c.is_control() || INVISIBLE.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Reads a name. Listings hold many of them, so their length is limited.
pub(crate) fn deserialize_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let name = String::deserialize(deserializer)?;
    match name.len() <= MAX_FULL_NAME {
        true => Ok(printable(&name)),
        false => Err(D::Error::custom("a name is too long")),
    }
}

/// The maximum in bytes: an owner, a slash and a name.
const MAX_FULL_NAME: usize = 2 * MAX_NAME_BYTES + 1;

/// The format characters (Cf), line separators, variation selectors, and fillers that are displayed as
/// nothing.
const INVISIBLE: [(char, char); 17] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{600}', '\u{605}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{6dd}', '\u{6dd}'),
    ('\u{70f}', '\u{70f}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
    ('\u{fff0}', '\u{fffb}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e0fff}'),
];
