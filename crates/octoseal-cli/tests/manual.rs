//! The end of docs/cli.md is the output of `--help`. `UPDATE_EXPECT=1` rewrites it.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use std::fmt::Write as _;
use std::process::Command;

const MANUAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");

/// The heading of the part that this test writes.
const COMMANDS: &str = "\n## Commands\n";

#[test]
fn the_manual_ends_with_the_help_of_every_verb() {
    let mut links = String::new();
    for verb in verbs(&help(&[])) {
        writeln!(links, "* [`octoseal {verb}`](#octoseal-{verb})").unwrap();
    }
    let mut manual = format!("{}{COMMANDS}\n{links}", head());
    add(&mut manual, &[]);
    expect_test::expect_file![MANUAL].assert_eq(&manual);
}

#[test]
fn the_manual_explains_every_exit_code() {
    let (head, help) = (head(), help(&[]));
    let codes = help.lines().skip_while(|line| *line != "Exit codes:").skip(1);
    let codes: Vec<_> = codes.map_while(|line| line.trim().split("  ").next()).collect();
    let codes = codes.split(|code| code.is_empty()).next().unwrap();
    assert!(codes.len() >= 10, "{codes:?}");
    for code in codes {
        assert!(head.contains(&format!("\n| {code} | ")), "docs/cli.md lacks the exit code {code}");
    }
}

/// Returns the hand-written part of the manual.
fn head() -> String {
    let manual = std::fs::read_to_string(MANUAL).unwrap();
    manual.split_once(COMMANDS).unwrap().0.to_owned()
}

fn help(verb: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_octoseal")).args(verb).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Adds the help of a verb and of those below it.
fn add(manual: &mut String, verb: &[&str]) {
    let help = help(verb);
    let title = ["octoseal"].iter().chain(verb).copied().collect::<Vec<_>>().join(" ");
    write!(manual, "\n## `{title}`\n\n```text\n{help}```\n").unwrap();
    for name in verbs(&help) {
        add(manual, &[verb, &[name]].concat());
    }
}

/// Lists the verbs in a help text.
fn verbs(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let lines = lines.take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    names.filter(|name| !["", "help"].contains(name)).collect()
}
