//! Signals: writes in flight may finish, the report lists the writes, and the exit code names the signal.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use octoseal_emulator::{Emulator, Fault, Script};
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const STORE: &str = "repos/octo/hello/actions";

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
        command.env_clear().env("OCTOSEAL_API_URL", self.emulator.url()).env("OCTOSEAL_TOKEN", "ghp_any");
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn put(&self, arguments: &[&str]) -> Child {
        let mut command = self.command();
        let mut child =
            command.args(["put", "K", STORE]).args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(b"canary").unwrap();
        child
    }

    /// Waits until this number of requests has arrived.
    fn wait_for_requests(&self, count: usize) {
        for _ in 0..1000 {
            if self.emulator.requests().len() >= count {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("{count} requests did not arrive");
    }
}

fn send(child: &Child, signal: Signal) {
    kill_process(Pid::from_child(child), signal).unwrap();
}

fn ended(child: Child) -> (Option<i32>, String, Output) {
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr.clone()).unwrap(), output)
}

#[test]
fn a_write_in_flight_finishes_and_is_reported() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143), (Signal::HUP, 129)] {
        let stage = Stage::new();
        stage
            .emulator
            .script(Script::new(Fault::Delay(Duration::from_millis(800))).method(http::Method::PUT));
        let child = stage.put(&[]);
        stage.wait_for_requests(2);
        send(&child, signal);
        let (exit, messages, output) = ended(child);
        assert_eq!(exit, Some(code), "{messages}");
        assert!(messages.contains(&format!("done: put K into {STORE}")), "{messages}");
        assert_eq!(output.stdout, format!("created K in {STORE}\n").as_bytes());
        assert!(stage.emulator.opened_value(STORE, "K").is_some());
    }
}

#[test]
fn a_signal_that_ends_a_pipeline_leaves_no_half_value() {
    for _ in 0..20 {
        let stage = Stage::new();
        let mut command = stage.command();
        let mut child = command.args(["put", "K", STORE]).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.as_mut().unwrap().write_all(b"part").unwrap();
        thread::sleep(Duration::from_millis(50));
        send(&child, Signal::INT);
        drop(child.stdin.take());
        let (exit, messages, _) = ended(child);
        assert_eq!(
            (exit, stage.emulator.opened_value(STORE, "K").is_some()),
            (Some(130), false),
            "{messages}"
        );
    }
}

#[test]
fn a_signal_while_the_key_is_fetched_starts_no_write() {
    let stage = Stage::new();
    stage.emulator.script(Script::new(Fault::Delay(Duration::from_millis(900))).method(http::Method::GET));
    let child = stage.put(&[]);
    thread::sleep(Duration::from_millis(400));
    send(&child, Signal::TERM);
    let (exit, messages, _) = ended(child);
    assert_eq!(exit, Some(143), "{messages}");
    assert!(messages.contains("nothing was written"), "{messages}");
    assert!(stage.emulator.requests().iter().all(|request| request.method != http::Method::PUT));
}

#[test]
fn writes_that_were_not_sent_or_were_refused_by_a_limit_are_not_started() {
    let stage = Stage::new();
    stage.emulator.script(Script::new(Fault::Delay(Duration::from_millis(1500))).method(http::Method::GET));
    let mut command = stage.command();
    command
        .args(["put", "K", "o/a", "o/b", "o/c", "--yes", "--json", "--from-env", "VALUE"])
        .env("VALUE", "canary");
    let child = command.spawn().unwrap();
    thread::sleep(Duration::from_millis(700));
    send(&child, Signal::INT);
    let (exit, said, _) = ended(child);
    assert_eq!(exit, Some(130), "{said}");
    let report: serde_json::Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    assert_eq!(report["may_have_been_done"], serde_json::json!([]), "{said}");

    let stage = Stage::new();
    let stop = http::Response::builder().status(429).header("retry-after", "600").body("{}".into()).unwrap();
    stage.emulator.script(Script::new(Fault::Answer(stop)).method(http::Method::PUT));
    let child = stage.put(&["--json"]);
    stage.wait_for_requests(2);
    thread::sleep(Duration::from_millis(300));
    send(&child, Signal::INT);
    let (_, said, _) = ended(child);
    let report: serde_json::Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
    assert_eq!(report["not_started"][0], format!("put K into {STORE}"), "{said}");
}

#[test]
fn deletes_that_were_not_begun_are_listed() {
    let stage = Stage::new();
    stage
        .emulator
        .script(Script::new(Fault::Delay(Duration::from_millis(1500))).method(http::Method::DELETE));
    let mut command = stage.command();
    command.args([
        "delete",
        "A",
        "B",
        "C",
        STORE,
        "--yes",
        "--max-deletes",
        "3",
        "--in-flight",
        "1",
        "--json",
    ]);
    let child = command.spawn().unwrap();
    stage.wait_for_requests(1);
    send(&child, Signal::INT);
    let (exit, stderr, _) = ended(child);
    assert_eq!(exit, Some(130), "{stderr}");
    let report: serde_json::Value = serde_json::from_str(stderr.lines().last().unwrap()).unwrap();
    let listed: Vec<_> = report["not_started"].as_array().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(listed, ["B", "C"].map(|name| format!("\"delete {name} from {STORE}\"")), "{stderr}");
}

#[test]
fn a_second_signal_ends_at_once_and_the_write_may_have_been_done() {
    let stage = Stage::new();
    stage.emulator.script(Script::new(Fault::Delay(Duration::from_secs(60))).method(http::Method::PUT));
    let child = stage.put(&["--json"]);
    stage.wait_for_requests(2);
    let started = Instant::now();
    send(&child, Signal::TERM);
    thread::sleep(Duration::from_millis(300));
    send(&child, Signal::TERM);
    let (exit, messages, _) = ended(child);
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    assert_eq!(exit, Some(143), "{messages}");
    let report = messages.lines().last().unwrap();
    assert_eq!(
        report,
        format!(
            r#"{{"done":[],"exit_code":143,"interrupted":"SIGTERM","may_have_been_done":["put K into {STORE}"],"not_started":[]}}"#
        )
    );
}

#[test]
fn a_run_that_only_waits_ends_at_once() {
    let stage = Stage::new();
    let stop = http::Response::builder().status(429).header("retry-after", "600").body("{}".into()).unwrap();
    stage.emulator.script(Script::new(Fault::Answer(stop)));
    let mut child = stage.put(&[]);
    let mut messages = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut messages).unwrap();
    assert!(messages.contains("waiting 600 s"), "{messages}");
    let started = Instant::now();
    send(&child, Signal::INT);
    let (exit, messages, _) = ended(child);
    assert_eq!(exit, Some(130), "{messages}");
    assert!(messages.contains("nothing was written"), "{messages}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_run_that_waits_for_its_input_ends_at_once() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    command.args(["seal", "--key", "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let _open = child.stdin.take();
    // The signal must not come before the command handles it.
    thread::sleep(Duration::from_millis(300));
    send(&child, Signal::INT);
    let started = Instant::now();
    let exit = child.wait().unwrap().code();
    assert_eq!(exit, Some(130));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn the_emulator_ends_by_its_signal() {
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        let mut child = command.arg("emulate").stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        send(&child, signal);
        assert_eq!(child.wait().unwrap().code(), Some(code), "as soon as its first line is there");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_signal_that_was_ignored_at_the_start_stays_ignored() {
    let stage = Stage::new();
    stage.emulator.script(Script::new(Fault::Delay(Duration::from_millis(800))).method(http::Method::PUT));
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(r#"trap '' HUP; exec "$0" put K "$1" --from-env VALUE"#);
    shell.args([env!("CARGO_BIN_EXE_octoseal"), STORE]).env("OCTOSEAL_API_URL", stage.emulator.url());
    shell.env("OCTOSEAL_TOKEN", "ghp_any").env("VALUE", "canary").stderr(Stdio::piped());
    let child = shell.spawn().unwrap();
    stage.wait_for_requests(2);
    send(&child, Signal::HUP);
    let (exit, messages, _) = ended(child);
    assert_eq!(exit, Some(0), "{messages}");
}
