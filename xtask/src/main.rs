//! The project's automation: `cargo xtask VERB`, where a verb is one step or a list of steps.

mod api;
mod bench;
mod cargo_steps;
mod command;
mod conformance;
mod fuzz;
mod interop;
mod lean;
mod libsodium;
mod live;
mod manifest;
mod msrv;
mod mutants;
mod page;
mod release;
mod runner;
mod simulate;
mod tidy;
mod tools;
mod workspace;

use runner::Step;
use std::env;
use std::process::ExitCode;
use workspace::Workspace;

/// A list of steps with a name of its own, run in order until one fails.
struct Group {
    name: &'static str,
    help: &'static str,
    steps: &'static [&'static str],
}

/// Every step. Each can be run alone by its name.
const STEPS: &[Step] = &[
    Step {
        name: "tests",
        help: "cargo test on the whole workspace; the work tree must be the same afterwards",
        run: cargo_steps::tests,
    },
    Step {
        name: "backends",
        help: "the tests of sealing with both backends, and of all that seals with the pure one alone",
        run: cargo_steps::backends,
    },
    Step {
        name: "memory",
        help: "no secret stays in memory when optimized either, with each backend",
        run: cargo_steps::memory,
    },
    Step { name: "fmt", help: "is everything formatted?", run: cargo_steps::fmt },
    Step {
        name: "tidy",
        help: "the house rules: arrows, layout, sizes, words, manifests, links",
        run: tidy::run,
    },
    Step {
        name: "clippy",
        help: "clippy on all targets with the default features",
        run: cargo_steps::clippy,
    },
    Step {
        name: "hack",
        help: "clippy on each crate alone with each of its feature sets (cargo-hack)",
        run: cargo_steps::hack,
    },
    Step { name: "docs", help: "the documentation builds without a warning", run: cargo_steps::docs },
    Step {
        name: "api",
        help: "the public API is what docs/api lists (nightly Rust; --bless lists it anew)",
        run: api::run,
    },
    Step {
        name: "deny",
        help: "bans, licenses and sources of all dependencies (cargo-deny)",
        run: cargo_steps::deny,
    },
    Step {
        name: "lean",
        help: "octoseal-crypto brings no runtime, no HTTP and no JSON, and its pure backend no C",
        run: lean::run,
    },
    Step { name: "fuzz", help: "each fuzz target for some seconds (nightly Rust)", run: fuzz::run },
    Step {
        name: "libsodium",
        help: "octoseal-crypto over libsodium 1.0.22, by the recipe of its README (by hand)",
        run: libsodium::run,
    },
    Step {
        name: "mutants",
        help: "a test notices every fault put into octoseal-model and octoseal-crypto (by hand)",
        run: mutants::run,
    },
    Step { name: "msrv", help: "the workspace compiles with the oldest supported Rust", run: msrv::run },
    Step {
        name: "interop",
        help: "the encryption guide's programs and ours open what the others seal (needs the network once)",
        run: interop::run,
    },
    Step {
        name: "simulate",
        help: "whole jobs under GitHub's rate limits in virtual time, as a table; goals must be reached",
        run: simulate::run,
    },
    Step {
        name: "conformance",
        help: "judges that we did not write look at client and emulator (needs the network once)",
        run: conformance::run,
    },
    Step {
        name: "live",
        help: "the live check, rehearsed on the emulator; on GitHub with --token-env VAR --repository OWNER/REPO",
        run: live::run,
    },
];

/// What CI runs.
const GROUPS: &[Group] = &[
    Group { name: "test", help: "all tests", steps: &["tests", "backends", "memory"] },
    Group {
        name: "check",
        help: "everything that is checked without running our code",
        steps: &["fmt", "tidy", "clippy", "hack", "docs", "api", "deny", "lean", "msrv"],
    },
];

/// The exit code for a command line that makes no sense (`EX_USAGE` of sysexits).
const USAGE: u8 = 64;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    match arguments.as_slice() {
        [word] if ["help", "--help", "-h"].contains(&word.as_str()) => {
            print!("{}", help());
            ExitCode::SUCCESS
        }
        [verb, what @ ..] if verb == "bench" => bench::main(what),
        [verb, flag] if verb == "api" && flag == "--bless" => ended(api::bless()),
        [verb, judge] if verb == "conformance" => conformance::alone(judge),
        [verb, words @ ..] if verb == "live" && !words.is_empty() => match live::Words::parse(words) {
            Some(words) => ended(live::main(&words)),
            None => usage(
                "Write live --dry-run, or live --token-env VAR --repository OWNER/REPO [--api-url URL].",
            ),
        },
        [verb, words @ ..] if verb == "release" => match release::Words::parse(words) {
            Some(words) => ended(release::main(&words)),
            None => usage(&release::usage()),
        },
        [verb] => run(verb),
        [] => usage("A verb is missing."),
        [_, ..] => usage("One verb at a time, and it takes no arguments."),
    }
}

fn run(verb: &str) -> ExitCode {
    let Some(steps) = steps_of(verb) else {
        return usage(&format!("There is no verb `{verb}`."));
    };
    ended(Workspace::read().and_then(|workspace| runner::run(&steps, &workspace)))
}

fn ended(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn usage(message: &str) -> ExitCode {
    let names: Vec<_> = verbs().map(|(name, _)| name).collect();
    eprintln!("xtask: {message} The verbs are {}; `cargo xtask --help` explains them.", names.join(", "));
    ExitCode::from(USAGE)
}

/// The steps a verb stands for, or nothing if there is no such verb.
fn steps_of(verb: &str) -> Option<Vec<&'static Step>> {
    if let Some(group) = GROUPS.iter().find(|group| group.name == verb) {
        return group.steps.iter().map(|name| step(name)).collect();
    }
    step(verb).map(|step| vec![step])
}

fn step(name: &str) -> Option<&'static Step> {
    STEPS.iter().find(|step| step.name == name)
}

fn help() -> String {
    let mut text = format!(
        "The project's checks. Usage: cargo xtask VERB, conformance JUDGE, bench {} [--write], api --bless, \
         or release --dry-run\n\n",
        bench::names()
    );
    for (name, help) in verbs() {
        text.push_str(&format!("  {name:<13}{help}\n"));
    }
    text
}

/// Name and help of every verb, the groups first.
fn verbs() -> impl Iterator<Item = (&'static str, String)> {
    let groups =
        GROUPS.iter().map(|group| (group.name, format!("{}: {}", group.help, group.steps.join(", "))));
    groups.chain(STEPS.iter().map(|step| (step.name, step.help.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_names_only_steps_that_exist() {
        for group in GROUPS {
            assert_eq!(steps_of(group.name).map(|steps| steps.len()), Some(group.steps.len()));
        }
    }

    #[test]
    fn every_step_is_part_of_a_group_or_named_by_ci_itself() {
        let ci = include_str!("../../.ci/run");
        let verbs = ci.lines().find_map(|line| line.strip_prefix("for verb in ")?.strip_suffix("; do"));
        let verbs: Vec<_> = verbs.unwrap().split(' ').collect();
        for step in STEPS {
            let grouped = GROUPS.iter().any(|group| group.steps.contains(&step.name));
            let by_hand = step.help.ends_with("(by hand)");
            assert!(grouped || by_hand || verbs.contains(&step.name), "{}", step.name);
        }
    }

    #[test]
    fn no_two_verbs_share_a_name() {
        let mut names: Vec<_> = verbs().map(|(name, _)| name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
