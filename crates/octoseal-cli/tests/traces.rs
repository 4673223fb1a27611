//! Traces of `-vv`: every request with its retries and waits, and no value, token or key.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use http::Method;
use octoseal_emulator::{Emulator, Fault, Script};
use std::process::{Command, Output};

const TOKEN: &str = "ghp_canary0123456789canary";
const VALUE: &str = "hunter2/canary+value";
/// The value as base64.
const ENCODED: &str = "aHVudGVyMi9jYW5hcnkrdmFsdWU=";
const PUT: [&str; 5] = ["put", "A", "repos/o/r/actions", "--from-env", "VALUE"];

/// Runs a verb with these faults in the emulator, and returns the exit code and standard error.
fn run(faults: Vec<Script>, arguments: &[&str]) -> (i32, String) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    for fault in faults {
        emulator.script(fault);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    command.env_clear().env("OCTOSEAL_API_URL", emulator.url()).env("OCTOSEAL_TOKEN", TOKEN);
    let Output { status, stdout, stderr } = command.env("VALUE", VALUE).args(arguments).output().unwrap();
    let messages = String::from_utf8(stderr).unwrap();
    for (name, text) in [("stderr", &messages), ("stdout", &String::from_utf8(stdout).unwrap())] {
        assert!(!text.contains("canary") && !text.contains(ENCODED), "{arguments:?}: {name}: {text}");
        assert!(!text.contains("\x1b"), "{arguments:?}: {name} has codes of terminals: {text}");
    }
    (status.code().unwrap(), messages)
}

fn answer(status: u16, body: &str) -> Fault {
    Fault::Answer(http::Response::builder().status(status).body(body.to_owned().into()).unwrap())
}

fn with<'a>(options: &[&'a str]) -> Vec<&'a str> {
    [&PUT[..], options].concat()
}

#[test]
fn success_is_traced_without_a_canary() {
    for (options, key, put) in [
        (
            &["-vv"][..],
            "attempt{method=\"GET\" template=\"/repos/{owner}/{repo}/actions/secrets/public-key\" attempt=1 status=200",
            "attempt{method=\"PUT\" template=\"/repos/{owner}/{repo}/actions/secrets/{secret_name}\" attempt=2 status=201",
        ),
        (&["-v", "--verbose", "--log-format", "json"], "\"method\":\"GET\"", "\"method\":\"PUT\""),
        (&["--json", "-vv"], "\"method\":\"GET\"", "\"method\":\"PUT\""),
    ] {
        let unavailable = Script::new(answer(503, "{}")).method(Method::PUT);
        let (code, messages) = run(vec![unavailable], &with(options));
        assert_eq!(code, 0, "{messages}");
        for wanted in [key, put, "sends the request again"] {
            assert!(messages.contains(wanted), "{wanted} is not in\n{messages}");
        }
        if !options.contains(&"json") && !options.contains(&"--json") {
            continue;
        }
        let events = messages.lines().filter(|line| !line.starts_with("note: "));
        assert!(events.count() >= 4 && messages.lines().all(is_note_or_json), "{messages}");
    }
}

fn is_note_or_json(line: &str) -> bool {
    line.starts_with("note: ") || serde_json::from_str::<serde_json::Value>(line).is_ok()
}

#[test]
fn failures_are_traced_without_a_canary() {
    let echo = format!(r#"{{"message":"no {TOKEN}","documentation_url":"https://x/{TOKEN}"}}"#);
    let escaped = echo.replace('_', "\\u005f").replace('/', "\\/");
    for (fault, code) in [
        (answer(401, &echo), 4),
        (answer(403, &escaped), 4),
        (answer(404, &echo), 3),
        (answer(422, &escaped), 1),
        (answer(200, &echo), 5),
        (Fault::Reset, 5),
        (Fault::HandleThenClose, 5),
    ] {
        for form in ["text", "json"] {
            let name = format!("{fault:?}");
            let always = Script::new(fault.clone()).method(Method::PUT).times(100);
            let (found, messages) =
                run(vec![always], &with(&["-vv", "--retries", "1", "--log-format", form]));
            assert_eq!(found, code, "{name}: {messages}");
            assert!(
                messages.contains("octoseal_transport") && messages.contains("error: "),
                "{name}: {messages}"
            );
        }
    }
}

#[test]
fn a_single_v_prints_no_traces() {
    let (code, messages) = run(Vec::new(), &with(&["-v", "--log-format", "json"]));
    assert_eq!((code, messages.as_str()), (0, ""));
}
