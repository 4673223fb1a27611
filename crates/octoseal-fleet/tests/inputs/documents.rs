//! JSON, TOML and YAML.

use super::{errors, read, secrets};
use octoseal_fleet::inputs::{Format, Pointer, Settings, parse};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn at(pointer: &str) -> Settings {
    Settings::new().at(pointer.parse::<Pointer>().expect("it is a pointer"))
}

const NESTED: [(Format, &str); 3] = [
    (Format::Json, "{\"data\": [0, {\"a/b\": {\"A\": \"1\", \"b\": \" 2 \"}}], \"n\": null}"),
    (Format::Toml, "n = 1\n[[data]]\n[[data]]\n[data.\"a/b\"]\nA = \"1\"\nb = ' 2 '\n"),
    (Format::Yaml, "n: ~\ndata:\n- 0\n- a/b:\n    A: '1'\n    b: ' 2 '\n"),
];

#[test]
fn values_are_read_at_a_pointer() {
    for (format, text) in NESTED {
        let entries = parse(format, text.as_bytes(), &at("/data/1/a~1b")).unwrap();
        assert_eq!(secrets(&entries), [("A", "1"), ("B", " 2 ")], "{format}");
    }
}

#[test]
fn a_pointer_that_leads_to_no_table_is_an_error() {
    for (format, text) in NESTED {
        for (pointer, word) in [
            ("/x", "leads to nothing"),
            ("/data/2", "leads to nothing"),
            ("/data/01", "leads to nothing"),
            ("/data/-", "leads to nothing"),
            ("/data/1/a~1b/A/x", "leads to nothing"),
            ("/data", "this is a list"),
            ("/data/1/a~1b/A", "this is a string"),
        ] {
            let found = errors(format, text, &at(pointer));
            assert!(found.contains(word) && !found.contains('\n'), "{format} {pointer}: {found}");
        }
    }
    assert!(errors(Format::Dotenv, "A=1", &at("/A")).contains("no nested tables"));
}

#[test]
fn scalars_that_are_not_strings_need_stringify() {
    let texts = [
        (Format::Json, "{\"A\": 1.50, \"B\": true, \"C\": -1e3, \"D\": 123456789012345678901234567890}"),
        (Format::Toml, "A = 1.50\nB = true\nC = -1e3\nD = 0xFF\n"),
        (Format::Yaml, "A: 1.50\nB: true\nC: -1e3\nD: 2001-01-02\n"),
    ];
    for (format, text) in texts {
        let found = errors(format, text, &Settings::new());
        assert_eq!(found.lines().count(), 4, "{found}");
        assert!(found.lines().all(|line| line.contains("not a string")), "{found}");
        let entries = parse(format, text.as_bytes(), &Settings::new().stringify(true)).unwrap();
        assert_eq!(secrets(&entries)[..3], [("A", "1.50"), ("B", "true"), ("C", "-1e3")], "{format}");
    }
}

#[test]
fn null_lists_and_tables_are_never_values() {
    let settings = Settings::new().stringify(true);
    for (format, text, kinds) in [
        (Format::Json, "{\"A\": null, \"B\": [], \"C\": {}}", ["null", "a list", "a table"]),
        (Format::Yaml, "A:\nB: []\nC: {}\n", ["null", "a list", "a table"]),
        (Format::Yaml, "A: ~\nB:\n- 1\nC:\n  d: 1\n", ["null", "a list", "a table"]),
    ] {
        let found = errors(format, text, &settings);
        for (line, kind) in found.lines().zip(kinds) {
            assert!(line.contains(&format!("the value is {kind}, not a string")), "{found}");
        }
        assert_eq!(found.lines().count(), 3, "{found}");
    }
    let found = errors(Format::Toml, "B = []\n[C]\n", &settings);
    assert!(found.contains("a list") && found.contains("a table"), "{found}");
}

#[test]
fn repeated_keys_are_refused() {
    for (format, text, expected) in [
        (
            Format::Json,
            "{\"A\": \"1\",\n\"\\u0041\": \"2\"}",
            "line 2, column 1: A: the key is already on line 1",
        ),
        (Format::Toml, "A = '1'\nA = '2'\n", "line 2, column 1: A: the key is a duplicate"),
        (Format::Yaml, "A: b\nB: c\nA: d\n", "line 3, column 1: A: the key is already on line 1"),
    ] {
        assert_eq!(errors(format, text, &Settings::new()), expected);
    }
    for (format, text) in [
        (Format::Json, "{\"a\": {\"B\": \"1\"}, \"a\": {\"B\": \"2\"}}"),
        (Format::Yaml, "a: {B: b}\na: {B: c}\n"),
    ] {
        assert!(errors(format, text, &at("/a")).contains("a: the key is already on line 1"), "{format}");
    }
    for (format, text) in [
        (Format::Json, "{\"a\": \"1\", \"A\": \"2\"}"),
        (Format::Toml, "a = '1'\nA = '2'\n"),
        (Format::Yaml, "a: b\nA: c\n"),
    ] {
        assert!(
            errors(format, text, &Settings::new()).contains("A: GitHub has no case in names"),
            "{format}"
        );
    }
}

#[test]
fn yaml_that_needs_interpretation_is_refused() {
    for (text, word) in [
        ("A: &x b\n", "an anchor"),
        ("A: &x b\nB: *x\n", "an alias"),
        ("A: !!str 1\n", "a tag"),
        ("A: !secret b\n", "a tag"),
        ("A: &x {b: c}\nB:\n  <<: *x\n", "a merge key"),
        ("<<: {A: b}\n", "a merge key"),
        ("? [a]\n: b\n", "not a scalar"),
        ("? {a: b}\n: b\n", "not a scalar"),
        ("A: b\n---\nB: c\n", "several YAML documents"),
        ("- A\n", "this is a list"),
        ("text", "this is a string"),
    ] {
        assert!(errors(Format::Yaml, text, &Settings::new()).contains(word), "{text}");
    }
    let found = errors(Format::Yaml, "A: &x b\nB: *x\nC: !t c\n", &Settings::new());
    assert_eq!(
        found,
        "line 1, column 4: A: an anchor (&) is not allowed\n\
         line 2, column 4: B: an alias (*) is not allowed; repeat the value, or put it in quotes if it begins with *\n\
         line 3, column 4: C: a tag (!) is not allowed; put the value in quotes if it begins with !"
    );
}

#[test]
fn values_are_what_the_specification_of_the_format_says() {
    for (format, text, value) in [
        (Format::Json, r#"{"A": " \u00e9\ud83d\ude00\n\t\\\/ "}"#, " é😀\n\t\\/ "),
        (Format::Toml, "A = '''\n a\\n\n'''", " a\\n\n"),
        (Format::Toml, "A = \"\\u00e9\\t\"", "é\t"),
        (Format::Yaml, "A: |\n  a\n  b\n", "a\nb\n"),
        (Format::Yaml, "A: |-\n  a\n  b\n", "a\nb"),
        (Format::Yaml, "A: >\n  a\n  b\n", "a b\n"),
        (Format::Yaml, "A: it's # c\n", "it's"),
        (Format::Yaml, "A: \"\\u00e9\\x41\"\n", "éA"),
        (Format::Yaml, "A: 'it''s'\n", "it's"),
        (Format::Yaml, "A: a$b#c\n", "a$b#c"),
    ] {
        assert_eq!(secrets(&read(format, text).unwrap()), [("A", value)], "{format} {text}");
    }
}

#[test]
fn a_text_that_breaks_the_rules_of_its_format_has_a_place() {
    for (format, text, expected) in [
        (Format::Json, "{\"A\": \"1\",\n]", "line 2, column 1: this is not valid JSON"),
        (Format::Json, "{\"A\": \"1\"} x", "line 1, column 12: this is not valid JSON"),
        (Format::Json, "{'A': 1}", "line 1, column 2: this is not valid JSON"),
        (Format::Json, "{\"A\": \"1", "line 1, column 8: the JSON text ends too early"),
        (Format::Json, "{\"A\": \"\\ud800\"}", "line 1, column 2: A: a \\u escape is half of a character"),
        (
            Format::Json,
            "[1]",
            "line 1, column 1: a table of keys and values is needed here, and this is a list",
        ),
        (Format::Toml, "A = 1\nB = \n", "line 2, column 5: this is not valid TOML"),
        (Format::Yaml, "A: 'b\n", "line 1, column 4: this is not valid YAML"),
    ] {
        assert_eq!(errors(format, text, &Settings::new()), expected, "{text}");
    }
    assert_eq!(errors(Format::Toml, "A = \nB = \nC = 'x'\n", &Settings::new()).lines().count(), 2);
}

proptest! {
    #[test]
    fn documents_of_other_writers_round_trip(
        values in prop::collection::btree_map("[A-F][A-Z_]{0,4}", "\\PC{1,30}|[ -~\r\n\t]{1,30}", 1..6)
    ) {
        let values: BTreeMap<String, String> = values;
        let json = serde_json::to_string(&values).unwrap();
        let toml = toml::Table::from_iter(values.iter().map(|(key, value)| (key.clone(), value.clone().into())));
        let toml = toml::to_string(&toml).unwrap();
        let expected: Vec<_> = values.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let settings = Settings::new().allow_encrypted(true);
        // A JSON text is a YAML text, too.
        for (format, text) in [(Format::Json, &json), (Format::Toml, &toml), (Format::Yaml, &json)] {
            let entries = parse(format, text.as_bytes(), &settings).unwrap();
            prop_assert_eq!(secrets(&entries), expected.clone(), "{} {}", format, text);
        }
    }

    #[test]
    fn any_json_is_read_like_another_parser_does(text in "[\\[\\]{}\":,\\\\u0-9a-f tn\\-.]{0,24}") {
        let ours = parse(Format::Json, text.as_bytes(), &Settings::new().allow_empty(true));
        let theirs = serde_json::from_str::<BTreeMap<String, serde_json::Value>>(&text);
        if let Ok(entries) = ours {
            prop_assert!(theirs.is_ok(), "{}", text);
            prop_assert!(!entries.secrets.is_empty());
        } else if let Ok(theirs) = theirs {
            let is_name = |name: &String| octoseal::SecretName::new(name).is_ok();
            prop_assert!(!theirs.iter().all(|(name, value)| value.is_string() && is_name(name)) || theirs.is_empty()
                || text.matches(':').count() > theirs.len(), "{}", text);
        }
    }
}
