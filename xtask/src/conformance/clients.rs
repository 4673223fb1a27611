//! The judge `clients`: programs that we did not write put secrets into the emulator, and it must have opened what they gave.

pub(crate) mod bounded;
pub(crate) mod emulator;
mod prepare;
mod report;
mod values;

use crate::command;
use crate::workspace::Workspace;
use emulator::Emulator;
use prepare::{CLIENTS, Client};
use report::Report;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How long one client may take for everything; the slowest, gh, takes some 20 seconds on two cores.
const PATIENCE: Duration = Duration::from_secs(240);

/// Lets every client do all it can in every store it knows.
///
/// # Errors
///
/// What differs, for all clients; in CI also that one could not be installed.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    let program = emulator::program(workspace)?;
    let folder = prepare::folder(workspace)?;
    fs::write(folder.join(VALUES), values::json()).map_err(|error| format!("{VALUES}: {error}"))?;
    let (mut reports, mut skipped, mut failures) = (Vec::new(), Vec::new(), Vec::new());
    for client in CLIENTS {
        match prepare::install(client, &folder) {
            Ok(()) => match run(client, &program, &folder) {
                Ok(report) => reports.push(report),
                Err(error) => failures.push(format!("{}: {error}", client.name)),
            },
            Err(error) => skipped.push(format!("{} cannot be installed: {error}", client.name)),
        }
    }
    failures.extend(reports.iter().flat_map(Report::failures));
    match command::in_ci() {
        true => failures.extend(skipped.iter().cloned()),
        false => skipped.iter().for_each(|reason| println!("  SKIPPED: {reason}")),
    }
    match failures.is_empty() {
        true => Ok(figure(&reports, skipped.len())),
        false => Err(failures.join("\n")),
    }
}

/// Runs one client against an emulator of its own and prints its line.
fn run(client: &Client, program: &Path, folder: &Path) -> Result<Report, String> {
    let opened = folder.join(format!("{}-opened.json", client.name));
    let emulator = Emulator::start(program, &opened)?;
    let start = Instant::now();
    let mut command = Command::new(client.interpreter(folder));
    command.current_dir(folder).arg(client.program).arg(&emulator.url);
    command.arg(&opened).arg(VALUES).env("NO_PROXY", "127.0.0.1").env("PYTHONDONTWRITEBYTECODE", "1");
    let output = bounded::output(&mut command, PATIENCE)?;
    let report = Report::parse(client.name, &output)?;
    println!("  {report} ({:.1} s)", start.elapsed().as_secs_f64());
    Ok(report)
}

fn figure(reports: &[Report], skipped: usize) -> String {
    let compared: u64 = reports.iter().map(|report| report.compared).sum();
    let operations: u64 = reports.iter().map(Report::operations).sum();
    let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} SKIPPED") };
    format!(
        "{} clients, {operations} operations, {compared} opened values are those given{skipped}",
        reports.len()
    )
}

/// What the clients store, beside their programs.
const VALUES: &str = "values.json";
