//! No error and no `Debug` shows a byte of a value.

use octoseal_fleet::inputs::{Format, Settings, parse};

/// Texts with an error in or near a value. Every value is made of the word CANARY and a number.
const TEXTS: &[(Format, &str)] = &[
    (Format::Dotenv, "A=CANARY1\n- oops CANARY0\nB=\"CANARY2\nC=CANARY3\n"),
    (Format::Dotenv, "A=\"CANARY1\"CANARY2\nB='CANARY3' CANARY4\nC=`CANARY5`\nCANARY6\nCANARY7: x\n"),
    (Format::Dotenv, "A=-----BEGIN K-----\nCANARY1=\nCANARY2\n-----END K-----\n"),
    (Format::Dotenv, "A=CANARY1\\\nCANARY2-=\n1CANARY3=\n"),
    (Format::Dotenv, "A\nCANARY3=\nCANARY4==\nCANARY-5=x\n"),
    (Format::Dotenv, "A=\"CANARY1\\CANARY2\"\nA=CANARY3\na=CANARY4\n"),
    (Format::Json, "{\"A\": CANARY1}"),
    (Format::Json, "{\"A\": \"CANARY1\", \"A\": \"CANARY2\", \"a-b\": \"CANARY3\"}"),
    (Format::Json, "{\"A\": [\"CANARY1\"], \"B\": {\"CANARY2\": 1}, \"C\": \"CANARY3\\ud800\"}"),
    (Format::Json, "{\"A\": \"CANARY1\n\"}"),
    (Format::Json, "[\"CANARY1\"]"),
    (Format::Json, "\"CANARY1\""),
    (Format::Toml, "A = CANARY1\n"),
    (Format::Toml, "A = 'CANARY1' CANARY2\nCANARY3\n"),
    (Format::Toml, "A = \"CANARY1\\q\"\nB = \"CANARY2\n"),
    (Format::Toml, "A = \"\"\"CANARY1\nCANARY2 = 1\nCANARY2 = 1\n"),
    (Format::Toml, "A = 'x\nCANARY2 = 1\nCANARY2 = 1\n"),
    (Format::Yaml, "A: &CANARY1 CANARY2\nB: *CANARY1\n"),
    (Format::Yaml, "A: !CANARY1 CANARY2\n"),
    (Format::Yaml, "A: \"CANARY1\\q\"\n"),
    (Format::Yaml, "A: 'CANARY1\nB: CANARY2\n"),
    (Format::Yaml, "A: CANARY1: CANARY2\n"),
    (Format::Yaml, "A: [CANARY1, CANARY2\n"),
    (Format::Yaml, "A: |\n  CANARY1\n CANARY2\n"),
    (Format::Yaml, "CANARY1\n"),
    (Format::Yaml, "- CANARY1\n"),
];

#[test]
fn errors_show_no_byte_of_a_value() {
    for (format, text) in TEXTS {
        let errors = parse(*format, text.as_bytes(), &Settings::new()).unwrap_err();
        let shown = format!("{errors} {errors:?} {errors:#?}");
        assert!(!shown.contains("CANARY"), "{format} {text:?}: {shown}");
        assert!(errors.iter().all(|error| error.line().is_some()), "{errors}");
    }
}

#[test]
fn debug_and_notes_show_no_byte_of_a_value() {
    let text = b"A='CANARY1$\n'\nB=CANARY2#$\n";
    let entries = parse(Format::Dotenv, text, &Settings::new()).unwrap();
    let notes: Vec<_> = entries.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes.len(), 3);
    assert!(!format!("{entries:?} {notes:?}").contains("CANARY"));
}
