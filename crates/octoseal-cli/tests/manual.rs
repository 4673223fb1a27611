//! docs/cli.md ends with what `--help` prints, and README.md shows what the demo prints. `UPDATE_EXPECT=1` writes the manual anew.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use std::fmt::Write as _;
use std::process::Command;

const MANUAL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");

#[test]
fn the_manual_ends_with_the_help_of_every_verb() {
    let mut manual = head();
    add(&mut manual, &[]);
    expect_test::expect_file![MANUAL].assert_eq(&manual);
}

#[test]
fn the_manual_begins_with_all_verbs_and_exit_codes() {
    let (head, help) = (head(), help(&[]));
    let listed = |title: &'static str| {
        help.lines().skip_while(move |line| *line != title).skip(1).take_while(|line| !line.is_empty())
    };
    let codes = listed("Exit codes:").filter_map(|line| line.trim().split("  ").next());
    let verbs = listed("Commands:").filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let mut found = 0;
    for code in codes {
        assert!(head.contains(&format!("\n| {code} | ")), "docs/cli.md lacks the exit code {code}");
        found += 1;
    }
    for verb in verbs.filter(|verb| !["", "help"].contains(verb)) {
        assert!(head.contains(&format!("[{verb}](#octoseal-{verb})")), "docs/cli.md lacks a link to {verb}");
        found += 1;
    }
    assert!(found > 20, "{found}");
}

/// Returns the part of the manual that is written by hand.
fn head() -> String {
    let manual = std::fs::read_to_string(MANUAL).unwrap();
    manual.split_once("\n## `octoseal`\n").unwrap().0.to_owned()
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let output = Command::new(env!("CARGO_BIN_EXE_octoseal")).arg("demo").output().unwrap();
    assert!(output.status.success());
    let demo = settle(&String::from_utf8(output.stdout).unwrap());
    let readme = settle(include_str!("../../../README.md"));
    assert!(readme.contains(demo.trim_end()), "README.md does not show this:\n{demo}");
}

/// Replaces what differs from run to run: the port and the moment.
fn settle(text: &str) -> String {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let line = |line: &str| match line.split_once("emulated at http://127.0.0.1:") {
        Some((before, after)) => format!("{before}…{}", &after[digits(after)..]),
        None if line.ends_with("Z  selected") => "NPM_TOKEN".to_owned(),
        None => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
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
    let below =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for name in below.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()) {
        if !name.is_empty() && name != "help" {
            add(manual, &[verb, &[name]].concat());
        }
    }
}

#[test]
fn completions_and_manual_pages_have_every_verb() {
    let octoseal = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_octoseal")).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let verbs = ["put", "import", "list", "show", "delete", "key", "access", "whoami", "seal", "emulate"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = octoseal(&["completions", shell]);
        assert!(verbs.iter().all(|verb| script.contains(verb)), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    octoseal(&["man", "--write-to", folder.path().to_str().unwrap()]);
    for verb in verbs {
        let page = std::fs::read_to_string(folder.path().join(format!("octoseal-{verb}.1"))).unwrap();
        assert!(page.contains("EXTRA"), "{verb} has no examples");
    }
    assert!(octoseal(&["man"]).starts_with(".ie"));
}
