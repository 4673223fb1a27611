//! Texts of all formats, with accepted values and with errors.

use crate::case::{Case, Expected, Held};
use crate::child::Child;
use octoseal_fleet::inputs::{Format, Settings, parse};
use std::hint::black_box;
use std::mem;
use zeroize::Zeroizing;

/// A short value, one of a page, and a long one.
const LENGTHS: &[usize] = &[32, 4_096, 20_000];

const fn taken(name: &'static str, run: fn(&Child) -> Held) -> Case {
    Case::new(name, Expected::Wiped, run).lengths(LENGTHS)
}

const fn refused(name: &'static str, run: fn(&Child) -> Held) -> Case {
    Case::new(name, Expected::Nothing, run).lengths(LENGTHS)
}

/// `@` stands for the value.
pub(crate) const CASES: &[Case] = &[
    Case::new("control_a_living_copy_is_found", Expected::Found, |child| {
        mem::forget(child.plain());
        None
    }),
    refused("control_a_freed_copy_is_not_found", |child| {
        drop(black_box(child.plain()));
        None
    }),
    taken("dotenv", |child| {
        read(child, Format::Dotenv, "A=x@\nB='@'\nC=\"@\\n\\\"@\" # c\nexport D='@\n@'\n")
    }),
    refused("dotenv_with_errors", |child| {
        let texts = [
            "A='@'\n1='@'\n",
            "A='@'\na='@'\n",
            "A=x@\n@\n",
            "A=\"\\n@",
            "A='@'\nB='@' x\n",
            "A=@\n=@\nB=\"\\x@\"",
        ];
        errors(child, Format::Dotenv, &texts)
    }),
    taken("json", |child| read(child, Format::Json, r#"{"A": "@", "B": "\u0041@\n@", "C": "é@"}"#)),
    refused("json_with_errors", |child| {
        let texts = [
            r#"{"A": "@", "B": "\n@"#,
            r#"{"A": "\n@", "B": {"C": "\n@"}}"#,
            r#"{"A": "@", "A": "\u0041@"}"#,
            r#"{"A": "@", "B": 1}"#,
            r#"{"A": "@\x"}"#,
            r#"{"A": "\n@"} x"#,
            r#"["\n@"]"#,
        ];
        errors(child, Format::Json, &texts)
    }),
    taken("toml", |child| {
        let text = "A = \"@\"\nB = '@'\nC = \"\"\"\n@\\n@\"\"\"\nD = '''\n@'''\nE = \"\\u0041@\"\n";
        read(child, Format::Toml, text)
    }),
    refused("toml_with_errors", |child| {
        let texts = [
            "A = \"@\"\nB = @\n",
            "A = \"\\n@\"\nB = \"@",
            "A = \"\\n@\"\nA = \"@\"\n",
            "A = \"\\n@\"\n[B]\nC = \"\\n@\"\n",
            "A = \"@\\x\"\n",
            "A = ['@', \"\\n@\"]\n",
            "A = '''@",
        ];
        errors(child, Format::Toml, &texts)
    }),
    taken("yaml", |child| {
        let text = "A: x@\nB: \"@\\n@\"\nC: '@''@'\nD: |\n  @\n  @\nE: >-\n  @\n  @\n";
        read(child, Format::Yaml, text)
    }),
    refused("yaml_with_errors", |child| {
        let texts = [
            "A: \"@\\n\"\nB: \"@",
            "A: &a x@\nB: *a\n",
            "A: !t \"@\\n\"\n",
            "A: |\n  @\n  @\nA: x@\n",
            "A: x@\n B: x@\n",
            "A: x@\n\tB: x@\n",
            "A:\n- x@\n- \"@\\n\"\n",
            "A: x@\n--- \nB: x@\n",
        ];
        errors(child, Format::Yaml, &texts)
    }),
];

/// Reads a text without errors.
fn read(child: &Child, format: Format, text: &str) -> Held {
    let text = with_values(child, text);
    Some(Box::new(parse(format, &text, &Settings::new()).unwrap()))
}

/// Reads texts with errors, and formats the errors.
fn errors(child: &Child, format: Format, texts: &[&str]) -> Held {
    for text in texts {
        let text = with_values(child, text);
        let errors = parse(format, &text, &Settings::new()).unwrap_err();
        black_box(format!("{errors} {errors:?}"));
    }
    None
}

/// Writes the value in place of each `@`, without any other copy in memory.
fn with_values(child: &Child, text: &str) -> Zeroizing<Vec<u8>> {
    let places = text.matches('@').count();
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() + places * child.length));
    for part in text.split_inclusive('@') {
        let fixed = part.strip_suffix('@').unwrap_or(part);
        bytes.extend_from_slice(fixed.as_bytes());
        if fixed.len() < part.len() {
            let start = bytes.len();
            bytes.resize(start + child.length, 0);
            child.unmask_into(&mut bytes[start..]);
        }
    }
    bytes
}
