//! The fields of every verb's output with `--json`, compared with docs/json.md.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use octoseal_emulator::{Emulator, Fault, Script};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

const PAGE: &str = include_str!("../../../docs/json.md");

/// The fields of an object, and whether each is required.
type Fields = BTreeMap<String, bool>;

/// Reads the tables of the page by their headings.
fn tables() -> BTreeMap<String, Fields> {
    let mut tables: BTreeMap<String, Fields> = BTreeMap::new();
    let mut heading = String::new();
    for line in PAGE.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            title.replace('`', "").clone_into(&mut heading);
        } else if let Some((field, rest)) = line.strip_prefix("| `").and_then(|row| row.split_once("` | ")) {
            let is_required = !rest.split(" | ").next().unwrap().contains("optional");
            tables.entry(heading.clone()).or_default().insert(field.to_owned(), is_required);
        }
    }
    tables
}

#[track_caller]
fn check(heading: &str, object: &Value) {
    let tables = tables();
    let table = &tables[heading];
    let found: BTreeSet<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    for (field, is_required) in table {
        assert!(!is_required || found.contains(field.as_str()), "{heading}: {field} is missing in {object}");
    }
    for field in found {
        assert!(table.contains_key(field), "{heading}: {field} is not in docs/json.md: {object}");
    }
}

struct Stage {
    emulator: Emulator,
    _runtime: tokio::runtime::Runtime,
}

impl Stage {
    fn new() -> Self {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(1).enable_all().build().unwrap();
        let emulator = runtime.block_on(Emulator::start()).unwrap();
        Self { emulator, _runtime: runtime }
    }

    /// Runs a verb and returns the lines of both streams.
    fn run(&self, arguments: &[&str]) -> (Vec<Value>, Vec<Value>) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
        command
            .env_clear()
            .env("PATH", "/usr/bin:/bin")
            .env("OCTOSEAL_API_URL", self.emulator.url())
            .env("OCTOSEAL_TOKEN", "ghp_any");
        let output = command.env("VALUE", "v\n").arg("--json").args(arguments).output().unwrap();
        let lines = |bytes: &[u8]| -> Vec<Value> {
            let text = String::from_utf8(bytes.to_vec()).unwrap();
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
        };
        (lines(&output.stdout), lines(&output.stderr))
    }
}

#[test]
fn every_result_has_the_fields_of_its_table() {
    const SECRET: [&str; 2] = ["A", "orgs/acme/actions"];
    let stage = Stage::new();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (keys, sealed) = (&*path("keys.jsonl"), &*path("sealed.jsonl"));
    let save = |path: &str, lines: &[Value]| {
        std::fs::write(path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    };
    save(keys, &stage.run(&["key", "o/r"]).0);
    save(sealed, &stage.run(&["seal", "--for", keys, "--name", "S", "--from-env", "VALUE"]).0);
    let put = ["--from-env", "VALUE", "--allow-repo", "acme/api"];
    let with = |verb: &[&'static str], rest: &[&'static str]| [verb, &SECRET, rest].concat();
    for (heading, arguments) in [
        ("put, import and delete", with(&["put"], &put)),
        ("put, import and delete", vec!["import", "o/r", "--", "echo", "B=value"]),
        ("list", vec!["list", SECRET[1]]),
        ("check", vec!["check", SECRET[1]]),
        ("show", with(&["show"], &[])),
        ("find", vec!["find", "a*", "orgs/acme"]),
        ("diff", vec!["diff", SECRET[1], "orgs/acme/dependabot"]),
        ("access", with(&["access", "list"], &[])),
        ("access", with(&["access", "add"], &["--allow-repo", "acme/web"])),
        ("key", vec!["key", SECRET[1]]),
        ("whoami", vec!["whoami"]),
        ("put, import and delete", with(&["delete"], &[])),
        ("put, import and delete", with(&["variable", "put"], &put)),
        ("variable list", vec!["variable", "list", SECRET[1]]),
        ("variable show", with(&["variable", "show"], &[])),
        ("access", with(&["variable", "access", "add"], &["--repository", "acme/web"])),
        ("put, import and delete", with(&["variable", "delete"], &[])),
        (
            "seal",
            vec!["seal", "--key", "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=", "--from-env", "VALUE"],
        ),
        ("demo", vec!["demo"]),
        ("seal --for", vec!["seal", "--for", keys, "--name", "S", "--from-env", "VALUE"]),
        ("put, import and delete", vec!["import", "--sealed", sealed]),
        ("put, import and delete", vec!["variable", "import", "o/r", "--", "echo", "V=1"]),
    ] {
        let (results, _) = stage.run(&arguments);
        let [result] = results.as_slice() else { panic!("{arguments:?}: {results:?}") };
        check(heading, result);
        for repository in result["repositories"].as_array().into_iter().flatten() {
            check("Repository", repository);
        }
    }
}

#[test]
fn every_trace_has_the_fields_of_its_table() {
    let stage = Stage::new();
    let limited = http::Response::builder().status(429).header("retry-after", "1").body("{}".into()).unwrap();
    stage.emulator.script(Script::new(Fault::Answer(limited)));
    let (_, messages) = stage.run(&["list", "repos/o/r/actions", "-vv"]);
    let traces: Vec<&Value> = messages.iter().filter(|message| message["timestamp"].is_string()).collect();
    assert!(traces.len() >= 6, "{messages:?}");
    traces.into_iter().for_each(|trace| check("Trace", trace));
}

#[test]
fn the_emulator_prints_its_address() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    let mut child = command.args(["emulate", "--json"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    check("emulate", &serde_json::from_str(&line).unwrap());
}

#[test]
fn every_message_has_the_fields_of_its_table() {
    const STORE: &str = "repos/o/r/actions";
    for (arguments, heading, key, value) in [
        (&["put", "A", STORE, "--from-env", "VALUE"][..], "Note", "note", None),
        (&["list", STORE, "--bogus"], "Error", "kind", Some("usage")),
        (&["put", "A", STORE, "--profile", "x"], "Error", "argument", Some("--profile")),
        (&["put", "A", STORE, "--env", "prod"], "Error", "argument", Some("--env")),
        (&["show", "A", STORE], "Error", "kind", Some("not_found")),
        (&["put", "A", "orgs/acme/actions", "--from-env", "VALUE"], "Error", "kind", Some("nothing_to_keep")),
        (&["list", "repos/o/limited/actions", "--max-wait", "0"], "Error", "kind", Some("rate_limited")),
        (&["list", "repos/o/odd/actions"], "Error", "kind", Some("refused")),
    ] {
        let stage = Stage::new();
        let answer = |status: u16| http::Response::builder().status(status);
        let limited = answer(429).header("retry-after", "600").body("{}".into()).unwrap();
        stage.emulator.script(Script::new(Fault::Answer(limited)).path("/limited/"));
        let odd =
            answer(451).header("x-github-request-id", "ID").body("{\"message\":\"odd\"}".into()).unwrap();
        stage.emulator.script(Script::new(Fault::Answer(odd)).path("/odd/"));
        let (_, messages) = stage.run(arguments);
        let message = messages.last().unwrap_or_else(|| panic!("{arguments:?} says nothing"));
        check(heading, message);
        if let Some(value) = value {
            assert_eq!(message[key], value, "{arguments:?}: {message}");
        }
        let kinds = PAGE.split("Kinds:\n").nth(1).unwrap().split("\n\n").next().unwrap();
        if let Some(kind) = message["kind"].as_str() {
            assert!(kinds.contains(&format!("`{kind}`")), "{kind} is not listed");
        }
    }
}
