//! `octoseal emulate`, built from the workspace and ended with the value that stands for it.

use crate::command;
use crate::workspace::Workspace;
use std::env::consts::EXE_SUFFIX;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running emulator, on a free port; dropping it ends it.
pub(crate) struct Emulator {
    pub(crate) url: String,
    child: Child,
}

/// Builds the command and says where it is.
///
/// # Errors
///
/// If it does not compile.
pub(crate) fn program(workspace: &Workspace) -> Result<PathBuf, String> {
    let mut cargo = command::cargo(&workspace.root);
    command::run(cargo.args(["build", "--quiet", "--locked", "--package", "octoseal-cli"]))?;
    Ok(workspace.target.join("debug").join(format!("octoseal{EXE_SUFFIX}")))
}

impl Emulator {
    /// Starts it; it keeps what it opens in the file.
    ///
    /// # Errors
    ///
    /// If it does not start or says no address.
    pub(crate) fn start(program: &Path, opened: &Path) -> Result<Self, String> {
        let mut command = Command::new(program);
        command.args(["emulate", "--listen", "127.0.0.1:0", "--opened-file"]).arg(opened);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child =
            command.spawn().map_err(|error| format!("the emulator cannot be started: {error}"))?;
        let stdout = child.stdout.take();
        // Made before it is asked, so that the child ends in any case.
        let mut emulator = Self { url: String::new(), child };
        emulator.url = stdout.and_then(url).ok_or("the emulator said no address")?;
        Ok(emulator)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address among the lines that the emulator prints once it listens.
fn url(stdout: ChildStdout) -> Option<String> {
    let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
    lines.find_map(|line| Some(line.strip_prefix("export OCTOSEAL_API_URL=")?.to_owned()))
}
