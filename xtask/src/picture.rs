//! The step `picture`: docs/terminal.svg is a picture of a session of the command with the emulator.

mod svg;

use crate::emulator::Emulator;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use crate::{files, process};
use std::process::Command;
use std::time::Duration;

const PICTURE: &str = "docs/terminal.svg";

/// Commands whose output is the same in each run.
const SESSION: [&str; 5] = [
    "octoseal put NPM_TOKEN acme/api -- op read op://ci/npm/token",
    "octoseal import .env acme/web",
    "octoseal put NPM_TOKEN 'acme/*/{actions,dependabot}' --dry-run",
    "octoseal put NPM_TOKEN 'acme/*' --only-existing --from-env NPM --yes",
    "octoseal put GITHUB_TOKEN acme/api --from-env NPM",
];

/// Prepares the session: a stand-in for a password manager, a file, and a variable.
const PREPARE: &str = r"exec 2>&1
mkdir bin
printf '#!/bin/sh\nprintf s3cr3t\n' > bin/op
chmod +x bin/op
export PATH=$PWD/bin:$PATH NPM=n3w
printf 'DB_PASSWORD=s3cr3t\n' > .env
";

const LIMIT: Duration = Duration::from_secs(30);

/// Compares the picture with a new session, or replaces it with `--write`.
pub(crate) fn run(workspace: &Workspace, arguments: &[&str]) -> Result<Outcome, String> {
    let path = workspace.root.join(PICTURE);
    let picture = || Ok::<_, String>(svg::terminal(&session(workspace)?));
    match arguments {
        ["--write"] => files::write(path, &picture()?)?,
        [] if files::read(path)? == picture()? => {}
        [] => return Err(format!("{PICTURE} is outdated; `cargo xtask picture --write` makes it again")),
        _ => return Ok(Outcome::Usage),
    }
    Ok(Outcome::Passed)
}

/// Runs the commands in a shell, and returns them with their output.
fn session(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("picture");
    files::empty_folder(&folder)?;
    let emulator = Emulator::start(workspace, &folder.join("opened.json"))?;
    let commands = SESSION.map(|command| format!("printf '%s\\n' \"$ {command}\"\n{command}\n"));
    let mut shell = Command::new("bash");
    shell.args(["-c", &format!("{PREPARE}{}", commands.concat())]).current_dir(&folder);
    shell.env("OCTOSEAL_API_URL", &emulator.url).env("OCTOSEAL_TOKEN", "ghp_any_token_is_good_here");
    process::add_to_path(&mut shell, &workspace.target.join("debug"))?;
    let output = process::output(&mut shell, b"", LIMIT)?;
    String::from_utf8(output.stdout).map_err(|_| "the session is not UTF-8".to_owned())
}
