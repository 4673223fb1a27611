//! Input that is refused: nothing is sent for it, and no byte of a value is shown.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use octoseal_emulator::Emulator;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

struct Stage {
    emulator: Emulator,
    _runtime: tokio::runtime::Runtime,
    folder: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(Emulator::start()).unwrap();
        Self { emulator, _runtime: runtime, folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("PATH", "/usr/bin:/bin").current_dir(self.folder.path());
        command.env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", "ghp_any");
        command.args(words).stdin(Stdio::null());
        command
    }

    fn run(&self, words: &[&str]) -> (Option<i32>, String) {
        let Output { status, stderr, .. } = self.command(words).output().unwrap();
        (status.code(), String::from_utf8(stderr).unwrap())
    }

    /// Imports a text. Returns the exit code and the messages.
    fn import(&self, name: &str, text: &[u8]) -> (Option<i32>, String) {
        fs::write(self.path(name), text).unwrap();
        self.run(&["import", name, "o/r"])
    }

    fn write_program(&self, script: &str) {
        let path = self.path("program");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[track_caller]
    fn nothing_was_sent(&self) {
        let sent: Vec<String> = self.emulator.requests().iter().map(|it| it.target.clone()).collect();
        assert!(sent.is_empty(), "{sent:?}");
    }
}

#[test]
fn one_long_value_among_thirty_is_named_and_nothing_is_sent() {
    let text = |of: &dyn Fn(usize) -> String| (0..30).map(of).collect::<Vec<_>>();
    let value = |number| "x".repeat(if number == 17 { 49_153 } else { 10 });
    let yaml = text(&|number| format!("K{number}: {}\n", value(number))).concat();
    for (name, text) in [
        (".env", text(&|number| format!("K{number}={}\n", value(number))).concat()),
        ("a.toml", text(&|number| format!("K{number} = '{}'\n", value(number))).concat()),
        ("a.json", format!("{{{}}}", text(&|it| format!("\"K{it}\":\"{}\"\n", value(it))).join(","))),
        ("a.yaml", yaml),
    ] {
        let stage = Stage::new();
        let (code, said) = stage.import(name, text.as_bytes());
        assert_eq!(code, Some(64), "{name}: {said}");
        assert!(said.contains("K17: the value has more than 49152 bytes"), "{name}: {said}");
        assert_eq!(said.lines().count(), 2, "{name}: {said}");
        stage.nothing_was_sent();
    }
}

#[test]
fn bad_input_is_refused_before_anything_is_sent() {
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
    let long = "A='x'\n#".to_owned() + &"x".repeat(10 * 1024 * 1024);
    for (name, text, expected) in [
        (".env", long.into_bytes(), "the input has more than 10000000 bytes"),
        (".env", b"A='CANARY\xFF'\n".to_vec(), "line 1: the text is not UTF-8"),
        (".env", b"A='CANARY\0'\n".to_vec(), "line 1: there is a NUL character"),
        (".env", b"A='CANARY'\na='CANARY'\n".to_vec(), "line 2: a: GitHub has no case in names"),
        (".env", b"A='CANARY'\nB='CANARY".to_vec(), "line 2: B: the closing quote ' is missing"),
        ("a.json", b"{\"A\":\"CANARY\",\"B\":\"CAN".to_vec(), "the JSON text ends too early"),
        ("a.json", b"{\"A\":\"CANARY\",\"A\":\"CANARY\"}".to_vec(), "A: the key is already on line 1"),
        ("a.json", format!("{{\"A\":{}}}", deep("[", "]")).into_bytes(), "A: the value is a list"),
        ("a.toml", b"A='CANARY'\nB='CAN".to_vec(), "line 2"),
        ("a.toml", format!("A={}", deep("[", "]")).into_bytes(), "nested too deep"),
        ("a.yaml", b"A: CANARY\nA: CANARY\n".to_vec(), "line 2, column 1: A: the key is already on line 1"),
        ("a.yaml", b"A: \"CANARY\nB".to_vec(), "line"),
        ("a.yaml", format!("A: {}", deep("[", "]")).into_bytes(), "nested too deep"),
    ] {
        let stage = Stage::new();
        let (code, said) = stage.import(name, &text);
        assert_eq!(code, Some(64), "{name}: {said}");
        assert!(said.contains(expected), "{name}: {expected} is not in {said}");
        assert!(!said.contains("CANARY"), "{name}: {said}");
        stage.nothing_was_sent();
    }
}

#[test]
fn all_names_that_github_refuses_are_listed_at_once() {
    let stage = Stage::new();
    let long = "L".repeat(300);
    let text = format!("1A=CANARY\nGITHUB_X=CANARY\nOK=1\nA-B=CANARY\nA.B=CANARY\n{long}=CANARY\n");
    let (code, said) = stage.import(".env", text.as_bytes());
    assert_eq!(code, Some(64), "{said}");
    for start in ["line 1: 1A: ", "line 2: GITHUB_X: ", "line 4: A-B: ", "line 5: A.B: ", "line 6: "] {
        assert!(said.contains(start), "{start} is not in {said}");
    }
    assert!(!said.contains("CANARY"), "{said}");
    stage.nothing_was_sent();
}

#[test]
fn a_program_that_fails_after_it_printed_values_writes_nothing() {
    let stage = Stage::new();
    stage.write_program("echo A=CANARY; echo '{\"error\": \"locked\"}' >&2; exit 3");
    for words in [&["import", "o/r", "--", "./program"][..], &["put", "A", "o/r", "--", "./program"]] {
        let (code, said) = stage.run(words);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.starts_with("{\"error\": \"locked\"}\n"), "its standard error passes through: {said}");
        assert!(said.contains("ended with exit code 3"), "{said}");
        assert!(!said.contains("CANARY"), "{said}");
        stage.nothing_was_sent();
    }
}

#[test]
fn a_program_that_prints_without_end_is_ended_with_all_that_it_has_started() {
    let stage = Stage::new();
    stage.write_program("sleep 1000 & echo $! >sleeper; echo $$ >printer; yes CANARY");
    for (words, limit) in [
        (&["import", "o/r", "--", "./program"][..], "the input has more than 10000000 bytes"),
        (&["put", "A", "o/r", "--", "./program"], "the value has more than 49152 bytes"),
    ] {
        let (code, said) = stage.run(words);
        assert_eq!(code, Some(64), "{said}");
        assert!(said.contains(limit) && !said.contains("CANARY"), "{said}");
        for name in ["sleeper", "printer"] {
            let id = fs::read_to_string(stage.path(name)).unwrap();
            wait_for_end(&Path::new("/proc").join(id.trim()));
        }
        stage.nothing_was_sent();
    }
}

/// Waits until a process has ended. A zombie counts as ended.
fn wait_for_end(process: &Path) {
    let start = Instant::now();
    let is_alive = || {
        let status = fs::read_to_string(process.join("status")).unwrap_or_default();
        !status.is_empty() && !status.contains("State:\tZ")
    };
    while is_alive() {
        assert!(start.elapsed() < Duration::from_secs(10), "{} still runs", process.display());
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_program_gets_none_of_our_credentials() {
    let stage = Stage::new();
    stage.write_program("env >environment; echo A=1");
    let mut import = stage.command(&["import", "o/r", "--", "./program"]);
    for name in ["GH_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_TOKEN", "GITHUB_ENTERPRISE_TOKEN"] {
        import.env(name, "CANARY");
    }
    import.env("OCTOSEAL_TOKEN", "CANARY").env("OTHER", "kept");
    assert!(import.output().unwrap().status.success());
    let environment = fs::read_to_string(stage.path("environment")).unwrap();
    assert!(environment.contains("OTHER=kept") && !environment.contains("CANARY"), "{environment}");
}
