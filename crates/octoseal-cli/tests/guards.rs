//! Protections of the running command: no core dump, and no value in its arguments or in files.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use std::fs;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const KEY: &str = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=";

/// Starts a command that waits for its value on standard input.
fn waiting() -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    command.args(["seal", "--key", KEY]).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.spawn().unwrap()
}

/// Returns the line about core files in the process's limits, once the command has set it.
fn core_limit(child: &Child) -> String {
    let mut last = String::new();
    for _ in 0..500 {
        let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
        last = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap().to_owned();
        if words(&last) == ["0", "0"] {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    last
}

fn words(line: &str) -> Vec<&str> {
    line.trim_start_matches("Max core file size").split_whitespace().take(2).collect()
}

#[test]
fn a_command_that_holds_a_value_dumps_no_core() {
    let mut child = waiting();
    let limit = core_limit(&child);
    child.stdin.take().unwrap().write_all(b"canary").unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(words(&limit), ["0", "0"], "{limit}");
}
