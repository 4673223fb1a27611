//! Exit codes of failures on the way to GitHub and back.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use http::Method;
use octoseal_emulator::{Emulator, Fault, Script};
use std::process::Command;

const STORE: &str = "repos/o/r/actions";

fn answer(status: u16, body: &'static str) -> Fault {
    Fault::Answer(http::Response::builder().status(status).body(body.into()).unwrap())
}

/// Runs a verb while every request with this method has this fault.
fn run(method: Method, fault: Fault, arguments: &[&str]) -> (i32, String) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    emulator.script(Script::new(fault).method(method).times(100));
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    command.env_clear().env("OCTOSEAL_API_URL", emulator.url()).env("OCTOSEAL_TOKEN", "ghp_any");
    let output = command.env("VALUE", "canary").args(arguments).output().unwrap();
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(!messages.contains("canary"), "{messages}");
    (output.status.code().unwrap(), messages)
}

#[test]
fn each_failure_has_its_code() {
    let put = &["put", "A", STORE, "--from-env", "VALUE"][..];
    let variable = &["variable", "put", "A", STORE, "--from-env", "VALUE", "--retries", "1"][..];
    let message = r#"{"message":"words"}"#;
    for (method, fault, arguments, code) in [
        (Method::GET, Fault::Close, put, 6),
        (Method::GET, Fault::Reset, put, 6),
        (Method::GET, answer(200, "<html>"), put, 1),
        (Method::GET, answer(401, message), put, 4),
        (Method::GET, answer(403, message), put, 4),
        (Method::GET, answer(404, message), put, 3),
        (Method::GET, answer(500, message), put, 1),
        (Method::GET, Fault::Close, &["list", STORE], 6),
        (Method::PUT, Fault::Close, put, 5),
        (Method::PUT, Fault::HandleThenClose, put, 5),
        (Method::PUT, answer(500, message), put, 5),
        (Method::PUT, answer(200, "<html>"), put, 5),
        // An answer that is not from GitHub shows nothing about the token or the names.
        (Method::GET, answer(403, "<html>"), put, 1),
        (Method::GET, answer(404, "<html>"), put, 1),
        (Method::PUT, answer(422, message), put, 1),
        (Method::PUT, answer(413, message), put, 1),
        (Method::DELETE, Fault::Close, &["delete", "A", STORE], 5),
        (Method::GET, Fault::Close, &["variable", "list", STORE], 6),
        (Method::PATCH, answer(403, message), variable, 4),
        (Method::PATCH, answer(500, message), variable, 5),
        (Method::POST, answer(422, message), variable, 1),
        (Method::POST, Fault::Close, variable, 5),
        (Method::DELETE, answer(404, message), &["variable", "delete", "A", STORE], 3),
    ] {
        let name = format!("{method} {fault:?}");
        let (found, messages) = run(method, fault, arguments);
        assert_eq!(found, code, "{name}: {messages}");
        assert_eq!(code == 5, messages.contains("may have been done"), "{name}: {messages}");
        assert!(messages.lines().filter(|line| !line.starts_with("note: ")).count() <= 3, "{messages}");
    }
}

/// The code is 5 if a write may have been done, 7 if the run ended in a wait, and 6 otherwise.
#[test]
fn a_deadline_has_the_code_of_the_work_that_it_ended() {
    let limit = || {
        let limit = http::Response::builder().status(429).header("retry-after", "100");
        Fault::Answer(limit.body(r#"{"message":"You have exceeded a secondary rate limit"}"#.into()).unwrap())
    };
    let folder = tempfile::tempdir().unwrap();
    let values = folder.path().join("values.env");
    std::fs::write(&values, (0..20).map(|number| format!("S{number}=v\n")).collect::<String>()).unwrap();
    let silent = || Fault::Delay(std::time::Duration::from_secs(60));
    let put = ["put", "A", STORE, "--from-env", "VALUE", "--deadline", "2"];
    let import = ["import", values.to_str().unwrap(), STORE, "--yes", "--deadline", "2"];
    for (method, fault, arguments, code) in [
        (Method::GET, silent(), &put[..], 6),
        (Method::PUT, silent(), &put, 5),
        (Method::PUT, silent(), &import, 5),
        (Method::GET, limit(), &put, 7),
        (Method::PUT, limit(), &put, 7),
        (Method::PUT, limit(), &import, 7),
    ] {
        let name = format!("{method} {fault:?} {}", arguments[0]);
        let (found, said) = run(method, fault, arguments);
        assert_eq!(found, code, "{name}: {said}");
        assert!(said.contains("deadline of 2s") || said.contains("429"), "{name}: {said}");
    }
}
