//! The 65 dotenv files behind the grammar, with the answers of thirteen other parsers.

use octoseal_fleet::inputs::{Entry, Format, Remark, Settings, parse};
use serde_json::{Map, Value};

#[derive(serde::Deserialize)]
struct Case {
    case: u32,
    /// The text, or its bytes in hexadecimal digits.
    file: Option<String>,
    hex: Option<String>,
    /// The values by key, or the errors.
    octoseal: Value,
    /// The values by key that other parsers find, or null if they refuse the file.
    others: Map<String, Value>,
}

impl Case {
    fn bytes(&self) -> Vec<u8> {
        let byte =
            |pair: &[u8]| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).expect("it is a byte");
        match (&self.file, &self.hex) {
            (Some(file), _) => file.clone().into_bytes(),
            (None, Some(hex)) => hex.as_bytes().chunks(2).map(byte).collect(),
            _ => panic!("case {} has no text", self.case),
        }
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("dotenv_cases.json")).expect("the cases are JSON")
}

fn answer(text: &[u8]) -> Value {
    let pair = |entry: Entry| (entry.key, String::from_utf8_lossy(entry.value.expose()).into());
    match parse(Format::Dotenv, text, &Settings::new().allow_empty(true)) {
        Ok(entries) => Value::Object(entries.secrets.into_iter().map(pair).collect()),
        Err(errors) => errors.to_string().into(),
    }
}

#[test]
fn every_case_gives_its_values_or_its_errors() {
    let cases = cases();
    assert_eq!(cases.len(), 65);
    for case in cases {
        assert_eq!(answer(&case.bytes()), case.octoseal, "case {}", case.case);
    }
}

#[test]
fn a_line_break_at_the_end_of_the_file_changes_nothing() {
    for case in cases() {
        let mut bytes = case.bytes();
        // In these two files the closing quote is missing, or a lone CR ends the file.
        if bytes.ends_with(b"\n") || bytes.ends_with(b"\r") {
            continue;
        }
        bytes.extend_from_slice(b"\n");
        assert_eq!(answer(&bytes), case.octoseal, "case {}", case.case);
        bytes.extend_from_slice(b"\n# end\n");
        assert_eq!(answer(&bytes), case.octoseal, "case {}", case.case);
    }
}

/// Every case in which a value differs from that of gh, compose, npm dotenv or python-dotenv, with the
/// parsers that differ. The keys of the differences are documented in `docs/dotenv.md`.
#[test]
fn values_differ_from_other_parsers_only_as_documented() {
    const DIFFERENCES: &[(u32, &str)] = &[
        (10, "npm dotenv"),
        (18, "npm dotenv"),
        (20, "gh compose"),
        (22, "gh compose"),
        (23, "compose"),
        (24, "npm dotenv python-dotenv"),
        (25, "gh compose"),
        (35, "gh"),
        (37, "gh npm dotenv python-dotenv"),
        (65, "npm dotenv"),
    ];
    let mut found = Vec::new();
    for case in cases().into_iter().filter(|case| case.octoseal.is_object()) {
        let compared = ["gh", "compose", "npm dotenv", "python-dotenv"];
        let differ: Vec<_> =
            compared.into_iter().filter(|other| case.others[*other] != case.octoseal).collect();
        if !differ.is_empty() {
            found.push((case.case, differ.join(" ")));
        }
    }
    let found: Vec<_> = found.iter().map(|(case, others)| (*case, others.as_str())).collect();
    assert_eq!(found, DIFFERENCES);
}

#[test]
fn values_that_other_parsers_change_get_a_note() {
    for (text, remarks) in [
        ("A=b#c", &[Remark::Hash][..]),
        ("A=b # c", &[]),
        ("A='b#c$d'", &[]),
        ("A=p$HOME", &[Remark::Dollar]),
        ("A=\"p$HOME\"", &[Remark::Dollar]),
        ("A=\"p\\$HOME\"", &[Remark::Dollar]),
        ("A=\"a\r\nb\"", &[Remark::CarriageReturn]),
        ("A='a\r\nb'", &[Remark::CarriageReturn]),
        ("A=\"a\\n\"", &[Remark::TrailingNewline]),
        ("A='b\\\\c'", &[Remark::Backslash]),
        ("A='b\\c'", &[]),
        ("A=b\r\n", &[]),
    ] {
        let entries = super::read(Format::Dotenv, text).unwrap();
        let found: Vec<_> = entries.notes.iter().map(|note| note.remark).collect();
        assert_eq!(found, remarks, "{text:?}");
        assert!(entries.notes.iter().all(|note| note.key == "A" && note.line == 1));
    }
}
