//! `cargo xtask bench crypto`: sealing, measured against libsodium called from C and against what others seal with.
//!
//! It is no step: it takes minutes, wants a quiet machine, and passes nothing or fails nothing. With `--write` the
//! result replaces the one in docs/benchmarks.md.

mod page;
mod runtimes;

use crate::command;
use crate::workspace::Workspace;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// The manifest of the bench, a workspace of its own.
const LAB: &str = "crates/octoseal-lab/Cargo.toml";

/// The two builds: each has a folder, and features with one of our backends.
const BUILDS: [(&str, &str); 2] = [("native", "sodiumoxide,peers"), ("pure", "rustcrypto")];

/// What would put another libsodium in the place of the bundled one.
const SODIUM: [&str; 3] = ["SODIUM_LIB_DIR", "SODIUM_SHARED", "SODIUM_USE_PKG_CONFIG"];

/// Runs what stands behind `bench` on the command line.
pub(crate) fn main(words: &[String]) -> ExitCode {
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    let ended = match words.as_slice() {
        ["crypto"] => run(false),
        ["crypto", "--write"] => run(true),
        _ => {
            eprintln!("xtask: Usage: cargo xtask bench crypto [--write]");
            return ExitCode::from(crate::USAGE);
        }
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(write: bool) -> Result<(), String> {
    let workspace = Workspace::read()?;
    let folder = workspace.target.join("bench");
    for (name, features) in BUILDS {
        build(&workspace, &folder.join(name), features)?;
    }
    runtimes::prepare(&workspace.root, &folder);
    let result = measure(&folder)?;
    print!("{result}");
    if write { page::write(&workspace.root, &result) } else { Ok(()) }
}

fn build(workspace: &Workspace, target: &Path, features: &str) -> Result<(), String> {
    let mut cargo = command::cargo(&workspace.root);
    for variable in SODIUM {
        cargo.env_remove(variable);
    }
    cargo.args(["build", "--quiet", "--release", "--locked", "--manifest-path", LAB, "--features", features]);
    command::run(cargo.arg("--target-dir").arg(target))
}

/// The table and the goals, as Markdown.
fn measure(folder: &Path) -> Result<String, String> {
    let mut crypto = Command::new(folder.join("native").join("release").join("crypto"));
    // How far it is, it tells on stderr.
    command::read(crypto.arg(folder).stderr(Stdio::inherit()))
}
