//! Times the command octoseal and GitHub's own command, gh, on the same jobs, and prints the tables and goals of
//! docs/benchmarks.md.
//!
//! `command OCTOSEAL GH` measures. `command --once PROGRAM ARGUMENTS…` runs one program and prints what it took: a process
//! learns the memory of its children only together, so each measurement is a process of its own.

mod contestant;
mod cost;
mod faults;
mod jobs;
mod stage;
mod table;

use contestant::Contestant;
use octoseal_lab_shared::machine;
use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let result = match &arguments[..] {
        [flag, program, rest @ ..] if flag == cost::ONCE => cost::once(program, rest),
        [octoseal, gh] => measure(octoseal, gh),
        _ => Err("usage: command OCTOSEAL GH".to_owned()),
    };
    match result {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn measure(octoseal: &str, gh: &str) -> Result<String, String> {
    let contestants = [Contestant::octoseal(octoseal)?, Contestant::gh(gh)?];
    let machine = machine::describe();
    let (jobs, missed) = table::of_jobs(&jobs::measure(&contestants)?, &contestants);
    let faults = faults::measure(&contestants)?;
    let cap = faults::cap(&contestants[0])?;
    let versions = contestants.each_ref().map(|contestant| contestant.version.clone()).join(", ");
    Ok(format!("{machine} {versions}.\n\n{jobs}\n{missed}\n{faults}\n{cap}"))
}
