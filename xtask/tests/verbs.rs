//! The command line: the table of verbs, and wrong arguments.

use std::process::{Command, Output};

fn xtask(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).env("CI", "true").output().expect("cargo built the program")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("xtask prints UTF-8")
}

#[test]
fn without_a_verb_the_table_of_verbs_is_printed() {
    for arguments in [&[][..], &["--help"]] {
        let output = xtask(arguments);
        assert_eq!(output.status.code(), Some(0));
        let table = text(&output.stdout);
        for line in ["\ntest  ", "\ncheck  ", "\n  tidy ", "\n  portable ", "\n  live ", "\n  mutants "] {
            assert!(table.contains(line), "{line}");
        }
    }
}

#[test]
fn wrong_arguments_exit_with_64_and_a_hint() {
    for (arguments, hint) in [
        (&["frobnicate"][..], "unknown verb `frobnicate`; `cargo xtask` lists all verbs"),
        (&["fmt", "tidy"], "`fmt` takes no arguments"),
        (&["test", "--help"], "`test` takes no arguments"),
        (&["conformance", "nothing"], "cargo xtask conformance [JUDGE]"),
        (&["bench"], "cargo xtask bench crypto|transport|command [--write]"),
        (&["bench", "nothing"], "cargo xtask bench crypto|transport|command [--write]"),
        (&["bench", "crypto", "--read"], "cargo xtask bench crypto|transport|command [--write]"),
        (&["live", "--repository", "octo/hello"], "--token-env VAR --repository OWNER/REPO"),
        (&["release"], "release --dry-run [STEP | --quick] [--write]"),
        (&["release", "--write"], "release --dry-run [STEP | --quick] [--write]"),
        (&["release", "--dry-run", "publish"], "release --dry-run [STEP | --quick] [--write]"),
    ] {
        let output = xtask(arguments);
        assert_eq!(output.status.code(), Some(64), "{arguments:?}");
        let stderr = text(&output.stderr);
        assert!(stderr.contains(hint), "{arguments:?}: {stderr}");
    }
}

#[test]
fn the_live_check_of_github_never_runs_in_ci() {
    let output = xtask(&["live", "--token-env", "PATH", "--repository", "octo/hello"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("never runs in CI"));
}
