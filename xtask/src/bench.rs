//! The step `bench`: measures sealing or transport against other libraries.
//!
//! It takes minutes and needs a quiet machine. `--write` puts the result into docs/benchmarks.md.

use crate::runner::Outcome;
use crate::workspace::Workspace;
use crate::{benchmarks_page, debian, files, node, process, python};
use std::env::consts::EXE_SUFFIX;
use std::path::Path;
use std::process::{Command, Stdio};

/// The benchmarks, a workspace with one package for each.
const LAB: &str = "crates/octoseal-lab";

/// The two builds of the benchmark of sealing: folder, and features with one backend each.
const BACKENDS: [(&str, &str); 2] = [("native", "libsodium,peers"), ("pure", "rustcrypto")];

/// The package that has gh.
const GH: &str = "xtask/conformance/clients/gh.txt";

/// The variables that would replace the bundled libsodium.
const LIBSODIUM: [&str; 3] = ["SODIUM_LIB_DIR", "SODIUM_SHARED", "SODIUM_USE_PKG_CONFIG"];

/// Runs one benchmark and prints its tables.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome, String> {
    let (name, write) = match arguments {
        [name] => (*name, false),
        [name, "--write"] => (*name, true),
        _ => return Ok(Outcome::Usage),
    };
    let result = match name {
        "crypto" => crypto(workspace)?,
        "transport" => transport(workspace)?,
        "command" => command(workspace)?,
        _ => return Ok(Outcome::Usage),
    };
    print!("{result}");
    if write {
        benchmarks_page::write(&workspace.root, &format!("bench {name}"), &result)?;
    }
    Ok(Outcome::Passed)
}

/// Measures sealing against libsodium called from C and against other languages.
fn crypto(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("bench");
    for (name, features) in BACKENDS {
        let mut cargo = build(workspace, "crypto", &folder.join(name));
        for variable in LIBSODIUM {
            cargo.env_remove(variable);
        }
        process::run(cargo.args(["--features", features]))?;
    }
    prepare_languages(&workspace.root, &folder);
    read(Command::new(folder.join("native/release/crypto")).arg(folder))
}

/// Measures transport against hyper alone and against other clients.
fn transport(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("bench/transport");
    process::run(&mut build(workspace, "transport", &folder))?;
    read(&mut Command::new(folder.join("release/transport")))
}

/// Times the command against GitHub's own command, gh.
fn command(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("bench/command");
    let mut cargo = process::cargo(&workspace.root);
    process::run(cargo.args(["build", "--quiet", "--release", "--locked", "--package", "octoseal-cli"]))?;
    process::run(&mut build(workspace, "command", &folder))?;
    let python = python::environment(&folder.join("venv"), &workspace.root.join(GH))?;
    let octoseal = workspace.target.join("release").join(format!("octoseal{EXE_SUFFIX}"));
    let gh = python.with_file_name(format!("gh{EXE_SUFFIX}"));
    read(Command::new(folder.join("release/command")).arg(octoseal).arg(gh))
}

/// Returns the command that builds one package of the lab.
fn build(workspace: &Workspace, package: &str, target: &Path) -> Command {
    let mut cargo = process::cargo(&workspace.root);
    cargo.args(["build", "--quiet", "--release", "--locked", "--manifest-path"]);
    cargo.arg(format!("{LAB}/{package}/Cargo.toml")).arg("--target-dir").arg(target);
    cargo
}

/// Returns the result of a benchmark, which reports its progress on stderr.
fn read(benchmark: &mut Command) -> Result<String, String> {
    process::read(benchmark.stderr(Stdio::inherit()))
}

/// Installs the libraries of other languages in the versions of the encryption guide. The benchmark runs without those
/// that are missing.
fn prepare_languages(root: &Path, folder: &Path) {
    let guide = root.join("docs/encrypting");
    let python = python::environment(&folder.join("python/venv"), &guide.join("python/requirements.txt"));
    let node = files::copy_folder(&guide.join("node"), &folder.join("node"))
        .and_then(|()| node::install(&folder.join("node")));
    let probe = || process::read(Command::new("ruby").args(["-e", "require 'rbnacl'"]));
    let ruby = probe().or_else(|_| debian::install(&["ruby-rbnacl"]).and_then(|()| probe()));
    let results = [("PyNaCl", python.map(drop)), ("libsodium-wrappers", node), ("rbnacl", ruby.map(drop))];
    for (name, result) in results {
        if let Err(error) = result {
            println!("{name} is left out: {error}");
        }
    }
}
