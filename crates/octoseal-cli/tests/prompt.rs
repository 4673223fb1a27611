//! The hidden prompt at a pseudo-terminal: pasted text is stored byte for byte, or nothing is written.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod terminal;

use octoseal_emulator::Emulator;
use rustix::process::Signal;
use std::process::Command;
use std::thread;
use std::time::Duration;
use terminal::Terminal;
use tokio::runtime::Runtime;

const STORE: &str = "repos/octo/hello/actions";
const PROMPT: &str = "press Enter): ";

struct Stage {
    emulator: Emulator,
    _runtime: Runtime,
}

impl Stage {
    fn new() -> Self {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(Emulator::start()).unwrap();
        Self { emulator, _runtime: runtime }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command.env_clear().env("OCTOSEAL_API_URL", self.emulator.url());
        command.env("OCTOSEAL_TOKEN", "ghp_any");
        command
    }

    fn prompt(&self, arguments: &[&str]) -> Terminal {
        let mut command = self.command();
        command.args(["put", "K", STORE]).args(arguments);
        let terminal = Terminal::start(command);
        terminal.wait_for(PROMPT);
        assert!(!terminal.echoes());
        terminal
    }

    fn stored(&self) -> Option<Vec<u8>> {
        self.emulator.opened_value(STORE, "K").map(|value| value.expose().to_vec())
    }
}

/// Types bytes and returns the exit code, the stored value, and the screen.
fn typed(bytes: &[u8], arguments: &[&str]) -> (Option<i32>, Option<Vec<u8>>, String) {
    let stage = Stage::new();
    let mut terminal = stage.prompt(arguments);
    terminal.send(bytes);
    let code = terminal.wait().code();
    terminal.wait_for(match code {
        Some(0) => "created",
        Some(64) => "error: ",
        _ => "interrupted",
    });
    assert!(terminal.echoes(), "the terminal stays hidden");
    assert_eq!(terminal.left_over(), 0, "something is left for the shell");
    (code, stage.stored(), terminal.screen())
}

#[test]
fn typed_and_pasted_text_is_stored_byte_for_byte() {
    let long = [&b"\x1b[200~"[..], &[b'x'; 20_000], b"\rend\x1b[201~\r"].concat();
    let long_stored = [&[b'x'; 20_000][..], b"\nend"].concat();
    let pem = "-----BEGIN PRIVATE KEY-----\rAAAA\rBBBB\r-----END PRIVATE KEY-----\r";
    for (bytes, value) in [
        (&b"canary\r"[..], &b"canary"[..]),
        (b"canary\r\n", b"canary"),
        (b"a\tb\r", b"a\tb"),
        (b"\xe9\r", b"\xe9"),
        (b"\x1b[200~one\rtwo\rthree\x1b[201~\r", b"one\ntwo\nthree"),
        (b"\x1b[200~a\tb\0c\x1b[31m\x03\xff\x1b[201~\r", b"a\tb\0c\x1b[31m\x03\xff"),
        (format!("\x1b[200~{pem}\x1b[201~\r").as_bytes(), pem.trim_end().replace('\r', "\n").as_bytes()),
        (&long, &long_stored),
    ] {
        let (code, stored, screen) = typed(bytes, &[]);
        assert_eq!(code, Some(0), "{screen}");
        assert_eq!(stored.as_deref(), Some(value), "{screen}");
        assert!(!screen.contains("canary") && !screen.contains("AAAA"), "{screen}");
    }
    assert_eq!(typed(b"\x1b[200~a\r\x1b[201~\r", &["--raw"]).1.unwrap(), b"a\n");
}

#[test]
fn incomplete_input_is_refused_and_nothing_is_left_for_the_shell() {
    for bytes in [
        &b"one\rtwo\rthree\r"[..],
        b"one\ntwo\n",
        b"a\x1b[Db\r",
        b"a\0b\r",
        &[&b"\x1b[200~"[..], &[b'x'; 49_155], b"\x1b[201~\r"].concat(),
    ] {
        let (code, stored, screen) = typed(bytes, &[]);
        assert_eq!((code, stored), (Some(64), None), "{screen}");
        assert!(screen.contains("nothing was written") || screen.contains("48 KB"), "{screen}");
    }
}

#[test]
fn ctrl_c_ends_a_paste_without_an_end() {
    let stage = Stage::new();
    let mut terminal = stage.prompt(&[]);
    terminal.send(b"\x1b[200~canary\r");
    thread::sleep(Duration::from_millis(300));
    terminal.send(b"\x03");
    assert_eq!(terminal.wait().code(), Some(130));
    assert!(terminal.echoes());
    assert_eq!(stage.stored(), None);
}

#[test]
fn a_terminal_as_standard_input_is_hidden_even_if_it_is_named() {
    let (code, stored, screen) = typed(b"canary\r", &["--from-file", "-"]);
    assert_eq!((code, stored.as_deref()), (Some(0), Some(&b"canary"[..])));
    assert!(!screen.contains("canary"));
}

#[test]
fn every_signal_restores_the_terminal() {
    for (signal, code) in [
        (Signal::INT, 130),
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::QUIT, 131),
        (Signal::ALARM, 142),
    ] {
        let stage = Stage::new();
        let mut terminal = stage.prompt(&[]);
        terminal.send(b"half a value");
        terminal.signal(signal);
        assert_eq!(terminal.wait().code(), Some(code), "{}", terminal.screen());
        terminal.wait_for("nothing was written");
        assert!(terminal.echoes());
        assert_eq!((terminal.left_over(), stage.stored()), (0, None));
    }
    let (code, stored, screen) = typed(b"half a value\x03rest\r", &[]);
    assert_eq!((code, stored), (Some(130), None), "{screen}");
}

#[test]
fn everything_else_is_checked_before_asking_for_the_value() {
    let stage = Stage::new();
    stage.emulator.with_world(|world| {
        world.missing("repos/octo/ghost");
    });
    for (arguments, token, code) in [
        (&["put", "K", "repos/octo/ghost/actions"][..], "ghp_any", 3),
        (&["put", "K", "orgs/acme/actions"], "ghp_any", 64),
        (&["put", "K", "user/codespaces"], "ghp_any", 64),
        (&["put", "K", "orgs/acme/actions", "--allow-repo", "octo/ghost"], "ghp_any", 3),
        (&["put", "K", STORE, "--visibility", "all"], "ghp_any", 64),
        (&["put", "K", "user/codespaces"], "ghs_any", 4),
        (&["seal", "--key", "AAAA"], "ghp_any", 64),
        (&["variable", "put", "K", "repos/octo/ghost/actions"], "ghp_any", 3),
        (&["variable", "put", "K", "orgs/acme/actions"], "ghp_any", 64),
        (&["variable", "put", "K", "orgs/acme/dependabot"], "ghp_any", 64),
    ] {
        let mut command = stage.command();
        command.args(arguments).env("OCTOSEAL_TOKEN", token);
        let mut terminal = Terminal::start(command);
        assert_eq!(terminal.wait().code(), Some(code), "{arguments:?}: {}", terminal.screen());
        assert!(!terminal.screen().contains(PROMPT), "{arguments:?}: {}", terminal.screen());
    }
}

#[test]
fn the_value_of_a_variable_can_be_typed() {
    let stage = Stage::new();
    let mut command = stage.command();
    command.args(["variable", "put", "K", STORE]);
    let mut terminal = Terminal::start(command);
    terminal.wait_for(PROMPT);
    terminal.send(b"debug\r");
    assert_eq!(terminal.wait().code(), Some(0), "{}", terminal.screen());
    assert_eq!(stage.emulator.variable(STORE, "K").as_deref(), Some("debug"));
}

#[test]
fn a_name_that_looks_like_a_token_needs_confirmation() {
    const NAME: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
    for (answer, code) in [("n\r", 64), ("y\r", 0)] {
        let stage = Stage::new();
        let mut command = stage.command();
        command.args(["put", NAME, STORE]);
        let mut terminal = Terminal::start(command);
        terminal.wait_for("[y/N]");
        assert!(!terminal.screen().contains(NAME));
        terminal.send(answer.as_bytes());
        if code == 0 {
            terminal.wait_for(PROMPT);
            terminal.send(b"value\r");
        }
        assert_eq!(terminal.wait().code(), Some(code), "{}", terminal.screen());
    }
}

#[test]
fn a_signal_ends_a_question_and_a_later_answer_is_ignored() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let stage = Stage::new();
        assert_eq!(typed_into(&stage, b"value\r"), Some(0));
        let mut command = stage.command();
        command.args(["delete", "K", STORE]);
        let mut terminal = Terminal::start(command);
        terminal.wait_for("[y/N]");
        terminal.signal(signal);
        assert_eq!(terminal.wait().code(), Some(code), "{}", terminal.screen());
        assert!(stage.stored().is_some(), "nothing was deleted");
    }
}

fn typed_into(stage: &Stage, bytes: &[u8]) -> Option<i32> {
    let mut terminal = stage.prompt(&[]);
    terminal.send(bytes);
    terminal.wait().code()
}

#[test]
fn what_is_pasted_before_the_prompt_is_not_shown_and_the_rest_is_not_stored() {
    for early in [&b"canary\rBBBB\r"[..], b"canary", b"\x1b[200~canary\r\x1b[201~"] {
        let stage = Stage::new();
        stage.emulator.set_latency(Duration::from_millis(500));
        let mut command = stage.command();
        command.args(["put", "K", STORE]);
        let mut terminal = Terminal::start(command);
        terminal.wait_until_hidden();
        terminal.send(early);
        terminal.wait_for(PROMPT);
        terminal.send(b"the rest\r");
        assert_eq!(terminal.wait().code(), Some(64), "{}", terminal.screen());
        terminal.wait_for("before the prompt appeared");
        assert!(!terminal.screen().contains("canary"), "{}", terminal.screen());
        assert_eq!((stage.stored(), terminal.left_over()), (None, 0));
    }
}

#[test]
fn what_is_pasted_at_a_question_is_no_answer_and_is_not_left_for_the_shell() {
    let put = ["put", "K", "o/a", "o/b"];
    for (arguments, store) in [(&put[..], "repos/o/a/actions"), (&["delete", "K", STORE], STORE)] {
        let stage = Stage::new();
        if store == STORE {
            assert_eq!(typed_into(&stage, b"value\r"), Some(0));
        }
        for pasted in
            [&b"\x1b[200~-----canary\recho PWN\r\x1b[201~"[..], b"-----canary\recho PWN\r", b"y\recho PWN\r"]
        {
            let mut command = stage.command();
            command.args(arguments);
            let mut terminal = Terminal::start(command);
            terminal.wait_for("[y/N] ");
            terminal.send(pasted);
            thread::sleep(Duration::from_millis(100));
            terminal.send(b"\r");
            assert_eq!(terminal.wait().code(), Some(64), "{}", terminal.screen());
            let screen = terminal.screen();
            assert!(!screen.contains("canary") && !screen.contains("PWN"), "{screen}");
            assert_eq!(terminal.left_over(), 0);
            assert_eq!(stage.emulator.opened_value(store, "K").is_some(), store == STORE);
        }
    }
}

#[test]
fn what_arrives_while_the_value_is_sent_is_discarded_with_a_warning() {
    let stage = Stage::new();
    let mut terminal = stage.prompt(&[]);
    stage.emulator.set_latency(Duration::from_millis(900));
    terminal.send(b"first\r");
    thread::sleep(Duration::from_millis(500));
    terminal.send(b"echo LEAK\r");
    assert_eq!(terminal.wait().code(), Some(0), "{}", terminal.screen());
    terminal.wait_for("is discarded, so that the shell");
    assert!(!terminal.screen().contains("LEAK"), "{}", terminal.screen());
    assert_eq!((stage.stored().as_deref(), terminal.left_over()), (Some(&b"first"[..]), 0));
}

#[test]
fn a_stopped_and_continued_command_hides_the_terminal_again() {
    let stage = Stage::new();
    let mut terminal = stage.prompt(&[]);
    terminal.signal(Signal::STOP);
    terminal.show(); // as a shell does
    terminal.signal(Signal::CONT);
    for _ in 0..500 {
        if !terminal.echoes() {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    assert!(!terminal.echoes());
    terminal.send(b"canary\r");
    assert_eq!(terminal.wait().code(), Some(0));
    assert!(!terminal.screen().contains("canary"));
}
