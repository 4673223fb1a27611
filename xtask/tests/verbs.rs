//! The command line itself: help, and what happens with a verb that is none.

use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).output().expect("cargo built the program")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("xtask prints UTF-8")
}

#[test]
fn help_has_one_line_for_each_verb() {
    let output = xtask(&["--help"]);
    assert_eq!(output.status.code(), Some(0));
    let help = text(&output.stdout);
    let verbs: Vec<_> = help.lines().skip(2).filter_map(|line| line.split_whitespace().next()).collect();
    let expected = [
        "test",
        "check",
        "tests",
        "backends",
        "memory",
        "fmt",
        "tidy",
        "clippy",
        "hack",
        "docs",
        "api",
        "deny",
        "lean",
        "fuzz",
        "libsodium",
        "mutants",
        "msrv",
        "interop",
        "simulate",
        "conformance",
        "live",
    ];
    assert_eq!(verbs, expected);
}

#[test]
fn an_unknown_verb_exits_with_64_and_a_hint() {
    let output = xtask(&["frobnicate"]);
    assert_eq!(output.status.code(), Some(64));
    let hint = text(&output.stderr);
    assert!(hint.contains("There is no verb `frobnicate`."), "{hint}");
    assert!(hint.contains("cargo xtask --help"), "{hint}");
}

#[test]
fn no_verb_and_two_verbs_exit_with_64() {
    assert_eq!(xtask(&[]).status.code(), Some(64));
    assert_eq!(xtask(&["fmt", "tidy"]).status.code(), Some(64));
}

#[test]
fn an_unknown_judge_exits_with_64_and_the_names_of_those_there_are() {
    let output = xtask(&["conformance", "nobody"]);
    assert_eq!(output.status.code(), Some(64));
    let hint = text(&output.stderr);
    assert!(hint.contains("There is no judge `nobody`. The judges are description"), "{hint}");
}

#[test]
fn an_unknown_bench_exits_with_64_and_the_names_of_those_there_are() {
    for words in [&["bench"][..], &["bench", "nothing"], &["bench", "crypto", "--read"]] {
        let output = xtask(words);
        assert_eq!(output.status.code(), Some(64));
        let hint = text(&output.stderr);
        assert!(hint.contains("cargo xtask bench crypto|transport [--write]"), "{hint}");
    }
}

#[test]
fn a_live_check_without_a_token_exits_with_64() {
    let output = xtask(&["live", "--repository", "octo/hello"]);
    assert_eq!(output.status.code(), Some(64));
    assert!(text(&output.stderr).contains("live --token-env VAR --repository OWNER/REPO"));
}

#[test]
fn a_live_check_never_runs_in_ci() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let words = ["live", "--token-env", "PATH", "--repository", "octo/hello"];
    let output = command.args(words).env("CI", "true").output().expect("cargo built the program");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("never runs in CI"));
}

#[test]
fn nothing_is_released_by_this_program() {
    for words in [&["release"][..], &["release", "--write"], &["release", "--dry-run", "publish"]] {
        let output = xtask(words);
        assert_eq!(output.status.code(), Some(64));
        assert!(text(&output.stderr).contains("release --dry-run [STEP]"));
    }
}
