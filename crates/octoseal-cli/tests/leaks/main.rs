//! Every verb in success and failure, at the highest verbosity. No value and no token is printed, left in a file, or
//! put into the arguments or the environment of a program.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

mod canary;
mod runs;
mod stage;

use runs::Run;
use stage::Stage;
use std::collections::BTreeSet;

/// Verbs in `--help` that need no run, since they handle no secret.
const WITHOUT_RUNS: [&str; 1] = ["help"];

#[test]
fn the_search_finds_a_canary_in_every_form() {
    for canary in canary::ALL {
        let text = format!("xx{canary}yy");
        for form in [text.clone(), canary::hex(&text), canary::base64(&text), canary::base64(&text[1..])] {
            assert_eq!(canary::found_in(form.as_bytes()), Some(canary), "{form}");
        }
    }
    assert_eq!(canary::found_in(b"nothing to see"), None);
}

#[test]
fn every_verb_has_a_run() {
    let verbs: BTreeSet<&str> = runs::all().iter().map(|run| run.words[0]).chain(WITHOUT_RUNS).collect();
    let help = Stage::new().help();
    let lines =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let listed = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let listed: BTreeSet<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(listed.difference(&verbs).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn no_run_leaves_a_value_or_a_token() {
    let mut files = 0;
    for run in runs::all() {
        for options in [&["-vv"][..], &["--json", "-vv"]] {
            files += check(&run, options);
        }
    }
    // At least the record of the pace is left.
    assert!(files > 0, "no run has left a file, so none was searched");
}

/// Plays a run. Returns the number of files that it left.
fn check(run: &Run, options: &[&str]) -> usize {
    let stage = Stage::new();
    let end = stage.play(run, options);
    let what = format!("{:?} {options:?}", run.words);
    assert_eq!(end.succeeded, run.succeeds, "{what}: {}", end.said());
    for (name, bytes) in [("stdout", &end.stdout), ("stderr", &end.stderr), ("arguments", &end.arguments)] {
        assert_eq!(canary::found_in(bytes), None, "{what}: {name}: {}", String::from_utf8_lossy(bytes));
    }
    let left = stage.left_behind();
    for (path, bytes) in &left {
        assert_eq!(canary::found_in(path.as_bytes()), None, "{what}: {path}");
        assert_eq!(canary::found_in(bytes), None, "{what}: {path}: {}", String::from_utf8_lossy(bytes));
    }
    if let Some((store, name, value)) = run.opens {
        assert_eq!(stage.opened(store, name).as_deref(), Some(value.as_bytes()), "{what}");
    }
    assert_eq!(stage.programs(), run.programs, "{what}: programs that were started");
    left.len()
}

#[test]
fn the_emulator_prints_no_value_that_it_opens() {
    for options in [&["-vv"][..], &["--json", "-vv"], &["--log", "-"]] {
        let said = Stage::new().emulate(options);
        assert_eq!(canary::found_in(&said), None, "{options:?}: {}", String::from_utf8_lossy(&said));
        assert!(!said.is_empty());
    }
}
