//! Standard output that is full or closed.

#![cfg(target_os = "linux")]

use std::fs::OpenOptions;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

const KEY: &str = "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=";

fn octoseal(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    command.args(arguments).env("VALUE", "canary").stderr(Stdio::piped());
    command
}

#[test]
fn a_full_disk_is_reported() {
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["put", "--help"],
        &["demo"],
        &["seal", "--key", KEY, "--from-env", "VALUE"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = octoseal(arguments).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(74), "{arguments:?}: {output:?}");
    }
}

#[test]
fn a_sealed_value_without_a_reader_is_a_failure() {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(r#""$0" seal --key "$1" --from-env VALUE >&-"#);
    let output = shell.args([env!("CARGO_BIN_EXE_octoseal"), KEY]).env("VALUE", "canary").output().unwrap();
    assert_eq!(output.status.code(), Some(74), "{output:?}");

    let (reader, writer) = UnixStream::pair().unwrap();
    drop(reader);
    let writer = std::os::fd::OwnedFd::from(writer);
    let output = octoseal(&["seal", "--key", KEY, "--from-env", "VALUE"]).stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(74), "{output:?}");
}

#[test]
fn intentionally_discarded_output_is_fine() {
    let output =
        octoseal(&["seal", "--key", KEY, "--from-env", "VALUE"]).stdout(Stdio::null()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
