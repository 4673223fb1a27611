//! A benchmark of HTTP clients that send PUTs in turns. Prints the tables and the goals in Markdown.
//!
//! Usage: `transport`, with the programs `client` and `server` in the same folder.

mod contestants;
mod cpu;
mod goals;
mod latency;
mod table;

use contestants::Programs;
use octoseal_lab_shared::machine;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("transport: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let programs = Programs::next_to_this_one()?;
    let before = machine::describe();
    let cpu = cpu::measure(&programs)?;
    let latency = latency::measure(&programs)?;
    let goals = goals::list(&cpu, &latency);
    Ok(format!("{before}\n\n{}\n{}\n{goals}", table::cpu(&cpu), table::latency(&latency)))
}
