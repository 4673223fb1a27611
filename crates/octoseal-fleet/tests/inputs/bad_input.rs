//! Long, deeply nested, truncated and unreadable texts.

use super::{errors, read};
use octoseal_fleet::inputs::limits::{MAX_DEPTH, MAX_ENTRIES, MAX_INPUT_BYTES};
use octoseal_fleet::inputs::{Format, Settings, parse};
use std::time::{Duration, Instant};

/// The same two secrets in each format.
const SAMPLES: [(Format, &str); 4] = [
    (Format::Dotenv, "# c\nexport A='CANARY0' # c\nB=\"CANARY1\\n\"\n"),
    (Format::Json, "{\"A\": \"CANARY0\", \"B\": \"CANARY1\\n\"}"),
    (Format::Toml, "# c\nA = 'CANARY0' # c\nB = \"CANARY1\\n\"\n"),
    (Format::Yaml, "# c\nA: CANARY0 # c\nB: \"CANARY1\\n\"\n"),
];

#[test]
fn a_text_truncated_anywhere_is_read_or_refused_without_showing_a_value() {
    for (format, text) in SAMPLES {
        assert_eq!(read(format, text).unwrap().secrets.len(), 2, "{format}");
        for end in 0..text.len() {
            if let Err(errors) = read(format, &text[..end]) {
                let shown = format!("{errors} {errors:?}");
                assert!(!shown.contains("CANARY"), "{format} {end}: {shown}");
            }
        }
    }
}

#[test]
fn bytes_that_are_not_text_are_refused_with_their_lines() {
    for (format, text) in SAMPLES {
        let mut bytes = text.as_bytes().to_vec();
        bytes.extend_from_slice(b"\n\xFF\n\xC3\n");
        let found = parse(format, &bytes, &Settings::new()).unwrap_err();
        let lines = text.matches('\n').count() + 2;
        assert_eq!(
            found.to_string(),
            format!("line {lines}: the text is not UTF-8\nline {}: the text is not UTF-8", lines + 1)
        );
        let found = errors(format, &format!("{text}\n#\0\n"), &Settings::new());
        assert!(found.starts_with(&format!("line {lines}: there is a NUL character")), "{found}");
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let found = parse(format, &utf16, &Settings::new()).unwrap_err();
        assert_eq!(found.to_string(), "the text is UTF-16; save it as UTF-8");
    }
}

#[test]
fn a_nul_in_a_value_is_refused() {
    for (format, text) in [
        (Format::Json, "{\"A\": \"x\\u0000\"}"),
        (Format::Toml, "A = \"x\\u0000\""),
        (Format::Yaml, "A: \"x\\0\""),
    ] {
        let found = errors(format, text, &Settings::new());
        assert!(found.contains(": A: there is a NUL character"), "{format}: {found}");
    }
}

#[test]
fn encrypted_files_are_refused_as_a_whole() {
    for format in Format::ALL {
        let found = parse(format, b"$ANSIBLE_VAULT;1.1;AES256\n6162\n", &Settings::new()).unwrap_err();
        assert_eq!(found.to_string(), "the input is a file encrypted by ansible-vault; decrypt it first");
        let found = parse(format, b"\0GITCRYPT\0\xFF\xFE", &Settings::new()).unwrap_err();
        assert!(found.to_string().contains("git-crypt"));
    }
}

#[test]
fn inputs_have_a_maximum_size() {
    let long = vec![b'#'; MAX_INPUT_BYTES + 1];
    for format in Format::ALL {
        let found = parse(format, &long, &Settings::new()).unwrap_err();
        assert_eq!(found.to_string(), "the input has more than 10000000 bytes; split it");
    }
}

#[test]
fn texts_of_10_mb_are_read() {
    for (format, entry, prefix, suffix) in [
        (Format::Dotenv, "K#=x\n", "", ""),
        (Format::Json, "\"K#\":\"x\",", "{", "\"L\":\"y\"}"),
        (Format::Toml, "K#='x'\n", "", ""),
        (Format::Yaml, "K#: x\n", "", ""),
    ] {
        let mut text = String::from(prefix);
        for number in 0..9_000 {
            text.push_str(&entry.replace('#', &number.to_string()).replace('x', &"x".repeat(1_000)));
        }
        text.push_str(suffix);
        assert!(read(format, &text).unwrap().secrets.len() >= 9_000, "{format}");
    }
}

#[test]
fn tables_have_a_maximum_size() {
    for (format, entry, prefix, suffix) in [
        (Format::Dotenv, "K#=x\n", "", ""),
        (Format::Json, "\"K#\":\"x\",", "{", "\"L\":\"y\"}"),
        (Format::Yaml, "K#: x\n", "", ""),
    ] {
        let entries: String =
            (0..=MAX_ENTRIES).map(|number| entry.replace('#', &number.to_string())).collect();
        let found = errors(format, &format!("{prefix}{entries}{suffix}"), &Settings::new());
        assert_eq!(found, "the table has more than 10000 keys; split it", "{format}");
    }
}

#[test]
fn deep_nesting_is_an_error() {
    for depth in [10_000, 1_000_000] {
        for (format, text) in [
            (Format::Json, format!("{{\"A\": {}{}}}", "[".repeat(depth), "]".repeat(depth))),
            (Format::Json, format!("{{\"A\": {}", "{\"a\":".repeat(depth))),
            (Format::Toml, format!("A = {}{}", "[".repeat(depth), "]".repeat(depth))),
            (Format::Toml, format!("A = {}", "{a=".repeat(depth))),
            (Format::Toml, format!("A{} = 1", ".a".repeat(depth))),
            (Format::Toml, format!("[A{}]", ".a".repeat(depth))),
            (Format::Yaml, format!("A: {}{}", "[".repeat(depth), "]".repeat(depth))),
            (Format::Yaml, format!("A: {}", "{a: ".repeat(depth))),
            (Format::Yaml, format!("A:\n  {}x", "- ".repeat(depth))),
            (Format::Yaml, format!("{}x", "? ".repeat(depth))),
        ] {
            assert!(!errors(format, &text, &Settings::new()).is_empty());
        }
    }
    let deep = |depth: usize| format!("A: x\nB: {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(errors(Format::Yaml, &deep(MAX_DEPTH), &Settings::new()).contains("nested too deep"));
    assert!(errors(Format::Yaml, &deep(MAX_DEPTH - 1), &Settings::new()).contains("the value is a list"));
    assert!(errors(Format::Yaml, &deep(1_000), &Settings::new()).contains("nested too deep"));
}

#[test]
fn one_long_value_among_thirty_is_named() {
    for (format, line, prefix, suffix) in [
        (Format::Dotenv, "K#='x'\n", "", ""),
        (Format::Json, "\"K#\":\"x\",\n", "{\n", "\"L\":\"y\"}"),
        (Format::Toml, "K#='x'\n", "", ""),
        (Format::Yaml, "K#: 'x'\n", "", ""),
    ] {
        let value = |number| "x".repeat(if number == 17 { 48 * 1024 + 1 } else { 48 * 1024 });
        let lines: String = (0..30)
            .map(|number| line.replace('x', &value(number)).replace('#', &number.to_string()))
            .collect();
        let found = errors(format, &format!("{prefix}{lines}{suffix}"), &Settings::new());
        assert!(
            found.contains("K17: the value has more than 49152 bytes") && !found.contains('\n'),
            "{found}"
        );
    }
}

#[test]
fn texts_that_repeat_one_mistake_are_read_once() {
    for (format, line) in [
        (Format::Dotenv, "A=-----BEGIN X\n"),
        (Format::Dotenv, "A='\n"),
        (Format::Dotenv, "nonsense\n"),
        (Format::Toml, "=\n"),
        (Format::Toml, "A = 1\n"),
        (Format::Yaml, "A: 1\n"),
    ] {
        let start = Instant::now();
        let text = line.repeat(2_000_000 / line.len());
        assert!(!errors(format, &text, &Settings::new()).is_empty());
        // A time that is quadratic in the length would be hours.
        assert!(start.elapsed() < Duration::from_secs(120), "{format} {line:?}: {:?}", start.elapsed());
    }
}

#[test]
fn a_long_toml_text_with_mistakes_has_its_first_one_reported() {
    let text = format!("{}B =\nC =\n", "# c\n".repeat(300_000));
    let found = errors(Format::Toml, &text, &Settings::new());
    assert_eq!(found, "line 300001, column 4: this is not valid TOML");
}
