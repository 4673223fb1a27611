//! The values that the clients store.

use serde_json::json;

/// Returns `{NAME: [first value, updated value]}`. All values are text, because `PyGithub` accepts nothing else.
pub(super) fn json() -> String {
    json!({
        "PLAIN": ["s3cr3t", "an0ther"],
        "MULTI_LINE": ["one\ntwo\r\n\tthree\n\nfive", "-----BEGIN KEY-----\nAAAA==\n-----END KEY-----"],
        "UTF_8": ["žluťoučký 🐙", "日本語 \u{0} €"],
        "SPECIAL": ["$HOME `x` \"q\" 'r' \\n #", "%s {{x}} ${A} &&"],
        "LINE_END": ["value\n", "value\r\n\n"],
        "LARGE": ["0123456789abcdef".repeat(LARGEST / 16), "é".repeat(LARGEST / 2)],
    })
    .to_string()
}

/// GitHub's limit in bytes.
const LARGEST: usize = 48 * 1024;
