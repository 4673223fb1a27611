//! The values that the clients store: each name with the first value and the one it is updated with.

use serde_json::json;

/// As JSON: `{NAME: [first, second]}`. All are text, because `PyGithub` takes nothing else.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_largest_value_is_among_them_and_every_update_changes_something() {
        let values: serde_json::Value = serde_json::from_str(&json()).unwrap();
        for (name, pair) in values.as_object().unwrap() {
            let lengths: Vec<usize> =
                pair.as_array().unwrap().iter().map(|value| value.as_str().unwrap().len()).collect();
            assert_ne!(pair[0], pair[1], "{name}");
            assert!(name != "LARGE" || lengths == [LARGEST; 2], "{lengths:?}");
        }
    }
}
