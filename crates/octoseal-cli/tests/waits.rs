//! Messages about slow requests: waits, silence and retries.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

#[expect(dead_code, reason = "the tests of the prompt use all of it")]
mod terminal;

use octoseal_emulator::{Emulator, Fault, Script};
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use terminal::Terminal;
use tokio::runtime::Runtime;

struct Stage {
    emulator: Emulator,
    _runtime: Runtime,
}

impl Stage {
    fn new() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(Emulator::start()).unwrap();
        Self { emulator, _runtime: runtime }
    }

    fn with(fault: Fault) -> Self {
        let stage = Self::new();
        stage.emulator.script(Script::new(fault));
        stage
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", "ghp_token");
        command.args(["list", "repos/octo/hello/actions"]).args(arguments);
        command
    }

    fn stderr(&self, arguments: &[&str]) -> String {
        let Output { status, stderr, .. } = self.command(arguments).stdin(Stdio::null()).output().unwrap();
        assert!(status.success(), "{arguments:?}: {status}");
        String::from_utf8(stderr).unwrap()
    }
}

fn answer(status: u16, retry_after: &str) -> Fault {
    let answer = http::Response::builder().status(status).header("retry-after", retry_after);
    Fault::Answer(answer.body("{}".into()).unwrap())
}

/// Replaces the digits of times of day with zeros.
fn without_times(text: &str) -> String {
    let is_time = |word: &str| {
        word.len() == 8
            && word.bytes().enumerate().all(|(place, byte)| match place {
                2 | 5 => byte == b':',
                _ => byte.is_ascii_digit(),
            })
    };
    let time = |word: &str| match word.get(..8) {
        Some(time) if is_time(time) => format!("00:00:00{}", &word[8..]),
        _ => word.to_owned(),
    };
    text.split(' ').map(time).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_wait_names_its_end_and_the_option_that_bounds_it() {
    const WORDS: &str = "waiting 2 s, until 00:00:00: GitHub asked to wait";
    for (arguments, words) in [
        (&[][..], format!("{WORDS} (--max-wait gives up earlier)\n")),
        (&["--deadline", "60"], format!("{WORDS} (--max-wait or --deadline gives up earlier)\n")),
        (&["--quiet"], String::new()),
    ] {
        let stage = Stage::with(answer(429, "2"));
        let messages = stage.stderr(arguments).replace("note: repos/octo/hello/actions has no secrets\n", "");
        assert_eq!(without_times(&messages), words);
    }
}

#[test]
fn a_wait_is_an_event_with_its_end() {
    let stage = Stage::with(answer(429, "2"));
    let messages = stage.stderr(&["--json"]);
    let event: serde_json::Value = serde_json::from_str(messages.lines().next().unwrap()).unwrap();
    assert_eq!((&event["wait"], event["seconds"].as_f64()), (&"GitHub asked to wait".into(), Some(2.0)));
    let until = event["until"].as_str().unwrap();
    assert!(until.len() == "2026-11-29T14:03:20Z".len() && until.ends_with('Z'), "{until}");
}

#[test]
fn each_retry_is_reported_with_reason_and_time() {
    let stage = Stage::with(answer(503, "2"));
    let messages = without_times(&stage.stderr(&[]));
    let words = "note: attempt 1: server error (503); trying again in 2 s, at 00:00:00 (--retries gives up earlier)\n";
    assert!(messages.starts_with(words), "{messages}");

    let stage = Stage::with(answer(502, "0"));
    let messages = stage.stderr(&[]);
    let words = "note: attempt 1: server error (502); trying again in 0.";
    assert!(messages.starts_with(words), "{messages}");
}

#[test]
fn a_wait_beyond_the_deadline_is_reported_and_not_begun() {
    let stage = Stage::with(answer(503, "100"));
    let output = stage.command(&["--deadline", "5"]).stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let words = "note: attempt 1: server error (503); another attempt in 100 s would be after the end of the request or the run (--deadline)\n";
    assert!(said.starts_with(words), "{said}");
    assert_eq!(output.status.code(), Some(6));
}

#[test]
fn a_redirect_is_reported_with_its_target() {
    let stage = Stage::new();
    stage.emulator.with_world(|world| {
        world.renamed("octo/hello", "octo/bonjour");
    });
    let messages = stage.stderr(&[]);
    assert!(messages.starts_with("note: GitHub redirected a request to repositories/"), "{messages}");
}

#[test]
fn silence_is_reported_after_five_seconds() {
    let stage = Stage::with(Fault::Delay(Duration::from_secs(60)));
    let messages = without_times(&stage.stderr(&["--timeout", "6"]));
    let words = "note: attempt 1 has had no answer for 5 s; it is given up at 00:00:00 (--timeout gives up earlier)\n";
    assert!(messages.starts_with(words), "{messages}");
    assert!(
        messages[words.len()..].starts_with("note: attempt 1: no whole answer; trying again in "),
        "{messages}"
    );
}

#[test]
fn a_terminal_shows_a_countdown_in_one_line_and_erases_it() {
    let stage = Stage::with(answer(429, "3"));
    let terminal = Terminal::start(stage.command(&[]));
    terminal.wait_for("\r\x1b[K2 s left, until ");
    terminal.wait_for("\r\x1b[K1 s left, until ");
    terminal.wait_for("has no secrets");
    let screen = terminal.screen();
    let (_, after) = screen.rsplit_once(" s left, until ").unwrap();
    let after = without_times(after);
    assert_eq!(after, "00:00:00\r\x1b[Knote: repos/octo/hello/actions has no secrets\r\n");
}

#[test]
fn a_dumb_terminal_gets_no_countdown() {
    let stage = Stage::with(answer(429, "3"));
    let mut command = stage.command(&[]);
    command.env("TERM", "dumb");
    let terminal = Terminal::start(command);
    terminal.wait_for("has no secrets");
    let screen = terminal.screen();
    assert!(screen.contains("waiting 3 s, until ") && !screen.contains('\x1b'), "{screen:?}");
}

/// The shell gives the terminal to another program meanwhile.
#[cfg(target_os = "linux")]
#[test]
fn a_run_in_the_background_does_not_rewrite_the_line_of_another_program() {
    let stage = Stage::with(answer(429, "3"));
    let mut shell = Command::new("setsid");
    shell.args(["--ctty", "sh", "-c", r#"set -m; "$0" list repos/octo/hello/actions & wait"#]);
    shell.arg(env!("CARGO_BIN_EXE_octoseal")).env_clear().env("PATH", "/usr/bin:/bin");
    shell.env("OCTOSEAL_API_URL", stage.emulator.url()).env("OCTOSEAL_TOKEN", "ghp_token");
    let terminal = Terminal::start(shell);
    terminal.wait_for("has no secrets");
    let screen = terminal.screen();
    assert!(screen.contains("waiting 3 s, until ") && !screen.contains(" s left"), "{screen:?}");
}

/// Several processes write to one log, and each line is written in one piece.
#[test]
fn lines_of_many_processes_do_not_mix() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let stages: Vec<Stage> = (0..10).map(|_| Stage::with(answer(429, "2"))).collect();
    let children: Vec<_> = stages
        .iter()
        .flat_map(|stage| [stage, stage])
        .map(|stage| {
            let log = std::fs::OpenOptions::new().append(true).open(file.path()).unwrap();
            let mut command = stage.command(&["--verbose"]);
            command.stdin(Stdio::null()).stderr(log).stdout(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let log = std::fs::read_to_string(file.path()).unwrap();
    for line in log.lines() {
        let line = without_times(line);
        let is_whole = line
            == "waiting 2 s, until 00:00:00: GitHub asked to wait (--max-wait gives up earlier)"
            || line == "note: repos/octo/hello/actions has no secrets";
        assert!(is_whole, "{line}");
    }
    assert!(log.lines().count() >= 30, "{log}");
}
