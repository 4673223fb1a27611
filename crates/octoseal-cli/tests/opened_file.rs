//! `octoseal emulate --opened-file`: a stored or deleted secret is in the file before the command ends.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const STORE: &str = "repos/octo/hello/actions";

/// Ends the emulator, even if the test fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn octoseal() -> Command {
    Command::new(env!("CARGO_BIN_EXE_octoseal"))
}

fn start(opened: &Path) -> (Running, String) {
    let mut command = octoseal();
    command.args(["emulate", "--opened-file"]).arg(opened).stdout(Stdio::piped());
    let mut emulator = Running(command.spawn().unwrap());
    let lines = BufReader::new(emulator.0.stdout.take().unwrap()).lines();
    let url = lines
        .map(Result::unwrap)
        .find_map(|line| Some(line.strip_prefix("export OCTOSEAL_API_URL=")?.to_owned()));
    (emulator, url.unwrap())
}

#[test]
fn the_private_file_has_the_stored_values() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("opened.json");
    let (_emulator, url) = start(&path);
    let run = |arguments: &[&str]| {
        let mut command = octoseal();
        command.args(arguments).env("OCTOSEAL_API_URL", &url).env("OCTOSEAL_TOKEN", "ghp_any");
        assert!(command.env("VALUE", "hunter2").output().unwrap().status.success(), "{arguments:?}");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        serde_json::from_slice::<Value>(&fs::read(&path).unwrap()).unwrap()
    };
    assert_eq!(run(&["list", STORE]), json!({}));
    let stored = json!({ STORE: { "TOKEN": "aHVudGVyMg==" } });
    assert_eq!(run(&["put", STORE, "token", "--from-env", "VALUE"]), stored);
    assert_eq!(run(&["delete", STORE, "token"]), json!({}));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a half-written file was left behind");
}
