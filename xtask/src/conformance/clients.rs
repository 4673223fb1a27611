//! The judge `clients`: gh, `PyGithub`, Octokit and octocrab store secrets in the emulator, which must open
//! the same values, and perform their look-ups.

mod report;

use crate::emulator::Emulator;
use crate::workspace::Workspace;
use crate::{files, node, process, python};
use report::Report;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The time limit of one client. The slowest, gh, takes 20 seconds on two cores.
const LIMIT: Duration = Duration::from_secs(240);

/// The file with the values that the clients store, in the folder of their programs.
const VALUES: &str = "values.json";

/// GitHub's limit in bytes.
const LARGEST: usize = 48 * 1024;

/// A client: its name, and the program in xtask/conformance/clients that drives it. The program's language decides how
/// the client is installed: from NAME.txt by pip, from package.json by npm, or from a manifest by cargo.
const CLIENTS: [(&str, &str); 4] = [
    ("gh", "gh.py"),
    ("pygithub", "pygithub.py"),
    ("octokit", "octokit.mjs"),
    ("octocrab", "octocrab/Cargo.toml"),
];

/// Lets every client perform all its operations in every store it knows. In CI, a missing client is a failure.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("conformance/clients");
    files::copy_folder(&workspace.root.join("xtask/conformance/clients"), &folder)?;
    files::write(folder.join(VALUES), &values())?;
    let (mut reports, mut skipped, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for (name, program) in CLIENTS {
        match install(name, program, &folder) {
            Ok(mut program) => match run(name, &mut program, workspace, &folder) {
                Ok(report) => reports.push(report),
                Err(error) => failures.push(format!("{name}: {error}")),
            },
            Err(error) => skipped.push(format!("cannot install {name}: {error}")),
        }
    }
    failures.extend(reports.iter().flat_map(Report::failures));
    match process::in_ci() {
        true => failures.append(&mut skipped),
        false => skipped.iter().for_each(|reason| println!("  SKIPPED: {reason}")),
    }
    if failures.is_empty() { Ok(figures(&reports, skipped.len())) } else { Err(failures.join("\n")) }
}

/// Returns the values that the clients store: `{NAME: [first value, updated value]}`. All are text, because `PyGithub`
/// accepts nothing else.
fn values() -> String {
    serde_json::json!({
        "PLAIN": ["s3cr3t", "an0ther"],
        "MULTI_LINE": ["one\ntwo\r\n\tthree\n\nfive", "-----BEGIN KEY-----\nAAAA==\n-----END KEY-----"],
        "UTF_8": ["žluťoučký 🐙", "日本語 \u{0} €"],
        "SPECIAL": ["$HOME `x` \"q\" 'r' \\n #", "%s {{x}} ${A} &&"],
        "LINE_END": ["value\n", "value\r\n\n"],
        "LARGE": ["0123456789abcdef".repeat(LARGEST / 16), "é".repeat(LARGEST / 2)],
    })
    .to_string()
}

/// Installs a client and returns the command that runs its program.
fn install(name: &str, program: &str, folder: &Path) -> Result<Command, String> {
    if program.ends_with(".toml") {
        let manifest = folder.join(program);
        let target = folder.join(format!("{name}-target"));
        let mut cargo = process::cargo(folder);
        cargo.env("CARGO_TARGET_DIR", &target).args(["build", "--quiet", "--locked", "--manifest-path"]);
        process::run(cargo.arg(manifest))?;
        return Ok(Command::new(target.join("debug").join(format!("octoseal-judge-{name}"))));
    }
    let interpreter = if program.ends_with(".py") {
        python::environment(&folder.join(format!("venv-{name}")), &folder.join(format!("{name}.txt")))?
    } else {
        node::install(folder)?;
        PathBuf::from("node")
    };
    let mut command = Command::new(interpreter);
    command.arg(program);
    Ok(command)
}

/// Runs one client on a new emulator and prints its report.
fn run(
    name: &'static str,
    program: &mut Command,
    workspace: &Workspace,
    folder: &Path,
) -> Result<Report, String> {
    let opened = folder.join(format!("{name}-opened.json"));
    let emulator = Emulator::start(workspace, &opened)?;
    let start = Instant::now();
    program.current_dir(folder).arg(&emulator.url).arg(&opened).arg(VALUES);
    program.env("NO_PROXY", "127.0.0.1").env("PYTHONDONTWRITEBYTECODE", "1");
    let report = Report::parse(name, &process::output(program, b"", LIMIT)?)?;
    println!("  {report} ({:.1} s)", start.elapsed().as_secs_f64());
    Ok(report)
}

fn figures(reports: &[Report], skipped: usize) -> String {
    let compared: u64 = reports.iter().map(|report| report.compared).sum();
    let operations: u64 = reports.iter().map(Report::operations).sum();
    let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} SKIPPED") };
    format!("{} clients, {operations} operations, {compared} values opened and equal{skipped}", reports.len())
}
