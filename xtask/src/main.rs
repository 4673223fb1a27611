//! The project's automation: `cargo xtask VERB`.

mod api;
mod bench;
mod benchmarks_page;
mod cargo_steps;
mod conformance;
mod debian;
mod dependencies;
mod emulator;
mod files;
mod fuzz;
mod interop;
mod libsodium;
mod live;
mod markdown;
mod msrv;
mod mutants;
mod node;
mod picture;
mod portable;
mod process;
mod python;
mod readme;
mod release;
mod runner;
mod simulate;
mod tidy;
mod toolchain;
mod tools;
mod verbs;
mod workspace;

use runner::Outcome;
use std::env;
use std::process::ExitCode;
use workspace::Workspace;

/// The exit code for a wrong command line (`EX_USAGE` of sysexits).
const USAGE: u8 = 64;

fn main() -> ExitCode {
    let arguments: Vec<String> =
        env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            print!("{}", verbs::table());
            ExitCode::SUCCESS
        }
        [verb, arguments @ ..] => run(verb, arguments),
    }
}

fn run(verb: &str, arguments: &[&str]) -> ExitCode {
    let steps = verbs::steps(verb);
    let Some(first) = steps.first() else {
        return usage(&format!("unknown verb `{verb}`; `cargo xtask` lists all verbs"));
    };
    let result =
        Workspace::read().and_then(|workspace| runner::run("cargo xtask", &steps, arguments, &workspace));
    match (result, first.arguments()) {
        (Ok(Outcome::Usage), Some(accepted)) => {
            usage(&format!("wrong arguments; usage: cargo xtask {verb} {accepted}"))
        }
        (Ok(Outcome::Usage), None) => usage(&format!("`{verb}` takes no arguments")),
        (Ok(_), _) => ExitCode::SUCCESS,
        (Err(message), _) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn usage(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::from(USAGE)
}
