//! Properties of the dotenv parser beyond the 65 cases.

use super::{errors, read, secrets};
use octoseal_fleet::inputs::{Format, Settings, parse};
use proptest::prelude::*;

/// Writes a value in double quotes.
fn double_quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for character in value.chars() {
        match character {
            '\\' | '"' | '$' => text.extend(['\\', character]),
            '\r' => text.push_str("\\r"),
            other => text.push(other),
        }
    }
    text + "\""
}

proptest! {
    #[test]
    fn every_value_can_be_written_in_double_quotes(value in "\\PC{1,40}|[ -~\r\n\t]{1,40}|\u{85}|\u{2028}") {
        let text = format!("A={} # comment\nB=1\n", double_quoted(&value));
        let entries = parse(Format::Dotenv, text.as_bytes(), &Settings::new().allow_encrypted(true)).unwrap();
        prop_assert_eq!(secrets(&entries), [("A", &*value), ("B", "1")]);
    }

    #[test]
    fn every_character_in_single_quotes_is_literal(value in "[^'\r\0]{1,40}") {
        prop_assume!(!value.ends_with('\\'));
        let text = format!("export A = '{value}'\r\nB=1");
        let entries = parse(Format::Dotenv, text.as_bytes(), &Settings::new().allow_encrypted(true)).unwrap();
        prop_assert_eq!(secrets(&entries), [("A", &*value), ("B", "1")]);
    }

    #[test]
    fn a_value_without_quotes_is_a_part_of_its_line(value in "[ -~é\t]{0,30}") {
        let settings = Settings::new().allow_empty(true).allow_encrypted(true);
        if let Ok(entries) = parse(Format::Dotenv, format!("A={value}").as_bytes(), &settings) {
            let value = value.trim_matches([' ', '\t']);
            let found = secrets(&entries)[0].1;
            if !value.starts_with(['"', '\'']) {
                prop_assert!(value.starts_with(found));
                let rest = &value[found.len()..];
                prop_assert!(rest.is_empty() || rest.trim_start_matches([' ', '\t']).starts_with('#'), "{:?}", rest);
            }
        }
    }

    #[test]
    fn lines_do_not_change_each_other(first in "[ -~]{0,12}", second in "[ -~]{0,12}") {
        let settings = Settings::new().allow_empty(true).allow_encrypted(true);
        let alone = |text: String| parse(Format::Dotenv, text.as_bytes(), &settings).map_err(|errors| errors.to_string());
        let first = format!("A={first}\n");
        let second = format!("B={second}\n");
        if let Ok(one) = alone(first.clone()) {
            let both = alone(format!("{first}{second}"));
            match (alone(second), both) {
                (Ok(two), Ok(both)) => {
                    prop_assert_eq!([secrets(&one), secrets(&two)].concat(), secrets(&both));
                }
                (Err(two), Err(both)) => prop_assert_eq!(two.replace("line 1", "line 2"), both),
                (two, both) => prop_assert!(false, "{:?} {:?}", two, both),
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<Vec<u8>>()) {
        for format in Format::ALL {
            let _ = parse(format, &text, &Settings::new());
        }
    }
}

#[test]
fn all_errors_of_a_file_are_reported_in_order() {
    let text = "A=1\nnonsense\nb-c=2\nD='open' x\nA=3\na=4\nE=\nF=`x`\n";
    assert_eq!(
        errors(Format::Dotenv, text, &Settings::new()),
        "line 2: the line has no =; write KEY=value, and begin a comment with #\n\
         line 3: the secret name has a character at position 2 that is not a letter (A-Z, a-z), a digit or an underscore\n\
         line 4: something follows the closing quote on line 4; only a space and a comment may follow it\n\
         line 5: the key is already on line 1\n\
         line 6: GitHub has no case in names, so it is the same name as on line 1\n\
         line 7: the value is empty\n\
         line 8: the value begins with # or `, and parsers disagree what that means; put the value in single quotes"
    );
}

#[test]
fn keys_are_named_until_a_line_is_not_understood() {
    let found = errors(Format::Dotenv, "A=\nB=`x`\nnonsense\nC=\n", &Settings::new());
    let keys: Vec<_> = found.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
    assert_eq!(keys[..2], ["A", "B"]);
    assert_eq!(keys[3], "the value is empty");
}

#[test]
fn lines_after_quoted_values_keep_their_numbers() {
    let found = errors(Format::Dotenv, "A='1\n2\n3'\nB='x\ny' z\nC=`\n", &Settings::new());
    let lines: Vec<_> = found.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(lines, ["line 4", "line 6"]);
    assert!(found.contains("closing quote on line 5"), "{found}");
    assert!(errors(Format::Dotenv, "A=\"1\n2\\q\"", &Settings::new()).contains("escape on line 2"));
}

#[test]
fn a_pem_block_without_quotes_is_one_error() {
    let pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQ1\nBADANBgkqhkiG9w0=\n  -----END PRIVATE KEY-----\n";
    let found = errors(Format::Dotenv, &format!("A={pem}B='\n"), &Settings::new());
    assert_eq!(
        found,
        "line 1: A: a value with several lines needs quotes around it\n\
         line 5: B: the closing quote ' is missing, so the rest of the file was not checked"
    );
    let cut = errors(Format::Dotenv, "A=-----BEGIN X-----\nQUJD=\n", &Settings::new());
    assert_eq!(
        cut,
        "line 1: A: a value with several lines needs quotes around it\nline 2: the value is empty"
    );
    let one_line = read(Format::Dotenv, "A=-----BEGIN X-----QUJD-----END X-----").unwrap();
    assert_eq!(secrets(&one_line)[0].1, "-----BEGIN X-----QUJD-----END X-----");
}

#[test]
fn lines_that_look_alike_but_differ_for_parsers_are_refused() {
    for (text, word) in [
        ("A=b\u{a0}", "invisible"),
        ("A=\u{3000}b", "invisible"),
        ("A=b\u{a0}#c", "invisible"),
        ("A=b\u{b} # c", "invisible"),
        ("A=b\u{7}", "invisible"),
        ("A=\u{feff}b", "invisible"),
        ("A=b\u{2028}B=c", "line break"),
        ("# c\rA=b", "line break"),
        ("A='b\rc'", "line break"),
        ("A='b' # c\r", "line break"),
        ("A='b'#c", "follows the closing quote"),
        ("A= # c", "begins with #"),
        ("A B=c", "not a key"),
        ("=c", "not a key"),
        ("export =c", "not a key"),
        ("export export A=c", "not a key"),
        ("Ä=c", "not a key"),
        ("\u{a0}A=c", "not a key"),
        ("A:b=c", "YAML"),
        ("A=\"b\\\nc\"", "unknown escape"),
        ("A=\"b\\x41\"", "unknown escape"),
        ("A=it's # c", "quotation mark"),
        ("A='b\\'", "before the closing quote"),
        ("A='it\\'s'", "before the closing quote"),
    ] {
        let found = errors(Format::Dotenv, text, &Settings::new());
        assert!(found.contains(word) && !found.contains('\n'), "{text:?}: {found}");
    }
}

#[test]
fn unusual_lines_that_all_parsers_agree_on_are_accepted() {
    for (text, name, value) in [
        ("export=c", "EXPORT", "c"),
        ("export\tA=c", "A", "c"),
        ("EXPORT_A=c", "EXPORT_A", "c"),
        ("A=b # don't", "A", "b"),
        ("A=b\t#c", "A", "b"),
        ("A='b'\t# \"", "A", "b"),
        ("A=b \t", "A", "b"),
        ("A=b##c", "A", "b##c"),
        ("A=$", "A", "$"),
        ("A=\"b\\\\\"", "A", "b\\"),
        ("A=a'b\"c`d", "A", "a'b\"c`d"),
        ("A=\u{e9}", "A", "\u{e9}"),
        ("A=a\u{a0}b", "A", "a\u{a0}b"),
    ] {
        assert_eq!(secrets(&read(Format::Dotenv, text).unwrap()), [(name, value)], "{text:?}");
    }
}
