//! Transcripts of the command against the emulator. `UPDATE_EXPECT=1` rewrites them.
//!
//! A transcript is a text file. A line `$ octoseal …` runs the command, with ` < "text"` after it for
//! standard input (a JSON string), ` > FILE` at its end for standard output, and `NAME=value` before it for
//! the environment. A line `% …` controls the emulator: `token T scope,scope`, `missing PATH`, `repository
//! NAME`, `archived NAME`, `full STORE`, `strict`, `environment REPOSITORY NAME`, `rotate STORE`, `opened
//! STORE NAME`, `refuse N PATH` (the next N `PUT`s to paths with this
//! text), `refuse_patch N PATH` (the next N `PATCH`es), `requests`. The output follows
//! each line: standard output unchanged, standard error after `! `, an exit code other than 0 after `? `.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

#[path = "../../octoseal-emulator/tests/recording/mod.rs"]
mod recording;
mod settle;

use octoseal_emulator::{Emulator, Fault, Script, World};
use settle::settle;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

#[test]
fn every_transcript_is_what_the_command_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let script = std::fs::read_to_string(&path).unwrap();
        expect_test::expect_file![&path].assert_eq(&play(&script));
        found += 1;
    }
    assert!(found >= 8, "only {found} transcripts were found");
}

/// Plays a transcript against its own emulator.
fn play(script: &str) -> String {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let emulator = runtime.block_on(recording::start());
    let scratch = tempfile::tempdir().unwrap();
    std::fs::write(scratch.path().join("value.txt"), "from a file\n").unwrap();
    std::fs::write(scratch.path().join(".env"), "NPM_TOKEN=canary\nDB='canary two'\n").unwrap();
    std::fs::write(scratch.path().join("stores.txt"), "# services\nacme/api\n\nacme/web/agents # the site\n")
        .unwrap();
    std::fs::write(scratch.path().join("wrong.txt"), "acme/api\n\nacme/web/env/prod\n").unwrap();
    std::fs::write(scratch.path().join("long.bin"), vec![7; 49_153]).unwrap();
    let mut seen = 0;
    let mut transcript = String::new();
    for line in script.lines() {
        if let Some(words) = line.strip_prefix("% ") {
            writeln!(transcript, "{line}").unwrap();
            transcript.push_str(&speak(&emulator, words, &mut seen));
        } else if let Some(words) = line.strip_prefix("$ ") {
            writeln!(transcript, "{line}").unwrap();
            let (words, file) =
                words.split_once(" > ").map_or((words, None), |(words, file)| (words, Some(file)));
            let mut output = run(words, &emulator.url(), scratch.path());
            if let Some(file) = file {
                std::fs::write(scratch.path().join(file), std::mem::take(&mut output.stdout)).unwrap();
            }
            transcript.push_str(&printed(&output));
        } else if line.starts_with('#') {
            writeln!(transcript, "{line}").unwrap();
        }
    }
    transcript
}

fn run(words: &str, url: &str, folder: &Path) -> Output {
    let (words, input) = words.split_once(" < ").map_or((words, None), |(words, input)| (words, Some(input)));
    let mut words = words.split(' ').peekable();
    let mut command = Command::new(env!("CARGO_BIN_EXE_octoseal"));
    command.env_clear().current_dir(folder);
    command
        .env("PATH", "/usr/bin:/bin")
        .env("OCTOSEAL_API_URL", url)
        .env("OCTOSEAL_TOKEN", "ghp_canary_token");
    while let Some((name, value)) =
        words.next_if(|word| *word != "octoseal").and_then(|it| it.split_once('='))
    {
        command.env(name, value);
    }
    assert_eq!(words.next(), Some("octoseal"), "a line runs octoseal");
    let words = words.map(|word| word.trim_matches('\''));
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let input: String = input.map(|input| serde_json::from_str(input).unwrap()).unwrap_or_default();
    // A command that refuses its arguments does not read its input.
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    child.wait_with_output().unwrap()
}

fn printed(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(
        !format!("{stdout}{stderr}").contains("canary"),
        "a value or a token was printed: {stdout}{stderr}"
    );
    let mut printed = String::new();
    let mut lines: Vec<&str> = stdout.lines().collect();
    // Results of several writes arrive in any order.
    if lines.iter().all(|line| ["created ", "updated ", "{\"name\":"].iter().any(|it| line.starts_with(it))) {
        lines.sort_unstable();
    }
    for line in lines {
        writeln!(printed, "{}", settle(line)).unwrap();
    }
    for line in stderr.lines() {
        writeln!(printed, "! {}", settle(line)).unwrap();
    }
    match output.status.code() {
        Some(0) => {}
        code => writeln!(printed, "? {}", code.unwrap()).unwrap(),
    }
    printed
}

/// Declares something, which prints nothing.
fn declare(emulator: &Emulator, declaration: impl FnOnce(&mut World) -> &mut World) -> String {
    emulator.with_world(|world| {
        declaration(world);
    });
    String::new()
}

/// Sends a line to the emulator, and returns its answer.
fn speak(emulator: &Emulator, words: &str, seen: &mut u64) -> String {
    match words.split(' ').collect::<Vec<_>>()[..] {
        ["token", token, scopes] => {
            let scopes: Vec<&str> = scopes.split(',').collect();
            declare(emulator, |world| world.token(token, &scopes))
        }
        ["missing", path] => declare(emulator, |world| world.missing(path)),
        ["repository", name] => declare(emulator, |world| world.repository(name)),
        ["archived", name] => declare(emulator, |world| world.repository(name).archived(name)),
        ["full", store] => declare(emulator, |world| world.full(store)),
        ["strict"] => declare(emulator, World::strict),
        ["environment", repository, name] => declare(emulator, |world| world.environment(repository, name)),
        [verb @ ("refuse" | "refuse_patch"), count, path] => {
            let answer = http::Response::builder().status(422).body("{\"message\":\"odd\"}".into()).unwrap();
            let method = if verb == "refuse" { http::Method::PUT } else { http::Method::PATCH };
            let script = Script::new(Fault::Answer(answer)).method(method).path(path);
            emulator.script(script.times(count.parse().unwrap()));
            String::new()
        }
        ["rotate", store] => {
            emulator.rotate_key(store).unwrap();
            String::new()
        }
        ["opened", store, name] => {
            let value =
                emulator.opened_value(store, name).map(|value| value.expose().escape_ascii().to_string());
            format!("\"{}\"\n", value.unwrap())
        }
        ["requests"] => {
            let requests = emulator.requests();
            let news = requests.iter().filter(|request| request.number > *seen);
            let lines: String =
                news.map(|it| format!("{} {} {}\n", it.status.unwrap(), it.method, it.target)).collect();
            *seen = requests.last().map_or(0, |request| request.number);
            lines
        }
        _ => panic!("unknown words: {words}"),
    }
}
