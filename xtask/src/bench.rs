//! `cargo xtask bench WHAT`: measures against others, in a workspace of its own.
//!
//! It is no step: it takes minutes, wants a quiet machine, and passes nothing or fails nothing. With `--write` the
//! result replaces the one in docs/benchmarks.md.

mod crypto;
mod runtimes;
mod transport;

use crate::workspace::Workspace;
use crate::{command, page};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// The folder of the benches, a workspace of its own with a package for each.
const LAB: &str = "crates/octoseal-lab";

/// One thing that is measured.
struct Bench {
    name: &'static str,
    /// Gives the tables and the goals, as Markdown.
    run: fn(&Workspace) -> Result<String, String>,
}

const BENCHES: [Bench; 2] =
    [Bench { name: "crypto", run: crypto::run }, Bench { name: "transport", run: transport::run }];

/// Runs what stands behind `bench` on the command line.
pub(crate) fn main(words: &[String]) -> ExitCode {
    let (name, write) = match words {
        [name] => (name, false),
        [name, flag] if flag == "--write" => (name, true),
        _ => return usage(),
    };
    let Some(bench) = BENCHES.iter().find(|bench| bench.name == name) else {
        return usage();
    };
    match measure(bench, write) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The name of a bench's marks on the page.
pub(crate) fn mark(name: &str) -> String {
    format!("bench {name}")
}

/// What can be measured, for help and for hints.
pub(crate) fn names() -> String {
    BENCHES.map(|bench| bench.name).join("|")
}

fn usage() -> ExitCode {
    eprintln!("xtask: Usage: cargo xtask bench {} [--write]", names());
    ExitCode::from(crate::USAGE)
}

fn measure(bench: &Bench, write: bool) -> Result<(), String> {
    let workspace = Workspace::read()?;
    let result = (bench.run)(&workspace)?;
    print!("{result}");
    if write { page::write(&workspace.root, &mark(bench.name), &result) } else { Ok(()) }
}

/// The command that builds one package of the lab.
fn build(workspace: &Workspace, package: &str, target: &Path) -> Command {
    let mut cargo = command::cargo(&workspace.root);
    cargo.args(["build", "--quiet", "--release", "--locked", "--manifest-path"]);
    cargo.arg(format!("{LAB}/{package}/Cargo.toml")).arg("--target-dir").arg(target);
    cargo
}

/// What a bench prints; how far it is, it tells on stderr.
fn read(bench: &mut Command) -> Result<String, String> {
    command::read(bench.stderr(Stdio::inherit()))
}
