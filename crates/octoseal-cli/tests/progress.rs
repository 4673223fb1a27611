//! Progress of a run with many stores, and the question before it, on a terminal.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

#[expect(dead_code, reason = "the tests of the prompt use all of it")]
mod terminal;

use http::Method;
use octoseal_emulator::{Emulator, Fault, Script};
use std::process::{Command, Stdio};
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

    /// Delays every request with this method.
    fn slow(self, method: Method) -> Self {
        let delay = Fault::Delay(Duration::from_millis(700));
        self.emulator.script(Script::new(delay).method(method).times(1_000));
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", "ghp_token");
        command.env("VALUE", "canary").args(arguments);
        command
    }
}

/// Returns the final lines of a terminal: each line as it was last erased and rewritten.
fn shown(screen: &str) -> Vec<String> {
    let screen = screen.replace("\x1b[?2004h", "").replace("\x1b[?2004l", ""); // bracketed paste
    let last = |line: &str| line.rsplit("\r\x1b[K").next().unwrap_or_default().trim_end().to_owned();
    screen.lines().map(last).filter(|line| !line.is_empty()).collect()
}

#[test]
fn a_terminal_shows_the_progress_of_checks_and_writes_and_is_clean_at_the_end() {
    let stage = Stage::new().slow(Method::GET).slow(Method::PUT);
    let stores: Vec<String> = (0..12).map(|number| format!("acme/r{number}")).collect();
    let mut arguments = vec!["put", "A", "--yes", "--from-env", "VALUE"];
    arguments.extend(stores.iter().map(String::as_str));
    let mut terminal = Terminal::start(stage.command(&arguments));
    terminal.wait_for(" of 12 stores looked at, ");
    terminal.wait_for(" of 12 written, ");
    assert!(terminal.wait().success());
    let screen = terminal.screen();
    let shown = shown(&screen);
    assert_eq!(shown.len(), 13, "{shown:?}");
    let results = shown.iter().filter(|line| line.starts_with("created A in repos/acme/r")).count();
    assert_eq!(results, 12, "{shown:?}");
    assert!(
        shown[0].starts_with("note: this will create A in 12 stores; 12 writes, 12 requests"),
        "{shown:?}"
    );
    let lines = screen.split(['\r', '\n']).map(|line| line.trim_start_matches("\x1b[K"));
    let widest = lines.filter(|line| line.contains(" of 12 ")).map(str::len).max();
    assert!(widest < Some(80), "a line that wraps cannot be erased: {screen:?}");
}

#[test]
fn nothing_is_shown_with_quiet_or_where_there_is_no_terminal_for_less_than_a_minute() {
    let arguments = ["check", "acme/api", "acme/web", "acme/site"];
    let stage = Stage::new().slow(Method::GET);
    let mut terminal = Terminal::start(stage.command(&[&arguments[..], &["--quiet"]].concat()));
    assert!(terminal.wait().success());
    assert!(!terminal.screen().contains("looked at"), "{}", terminal.screen());
    let output = stage.command(&arguments).stdin(Stdio::null()).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn a_question_sums_up_what_will_be_done_and_fits_the_terminal() {
    let stage = Stage::new();
    for store in ["repos/acme/r0/actions", "repos/acme/r1/actions"] {
        let output = stage.command(&["put", "A", store, "--from-env", "VALUE"]).output().unwrap();
        assert!(output.status.success());
    }
    let stores: Vec<String> = (0..120).map(|number| format!("acme/r{number}")).collect();
    let mut arguments = vec!["put", "A", "--from-env", "VALUE"];
    arguments.extend(stores.iter().map(String::as_str));
    let mut terminal = Terminal::start(stage.command(&arguments));
    terminal.wait_for("Continue? [y/N] ");
    terminal.send(b"n\n");
    assert_eq!(terminal.wait().code(), Some(1));
    let screen = terminal.screen();
    let shown = shown(&screen);
    let expected = [
        "This will create A in 118 stores and update it in 2 stores.",
        "  120 writes, 120 requests, at least ",
        "  an organization secret would take 1 write: orgs/acme/actions",
        "  repos/acme/r0/actions",
    ];
    for (line, start) in shown.iter().zip(expected) {
        assert!(line.starts_with(start) && line.len() <= 80, "{shown:?}");
    }
    assert!(shown.contains(&"  and 112 more stores".to_owned()), "{shown:?}");
    assert!(screen.contains("nothing was changed: the answer was no"), "{screen}");
    let writes = stage.emulator.requests().iter().filter(|it| it.method == Method::PUT).count();
    assert_eq!(writes, 2, "only the first two were written");
}
