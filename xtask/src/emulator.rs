//! `octoseal emulate`, built from the workspace.

use crate::process;
use crate::workspace::Workspace;
use std::env::consts::EXE_SUFFIX;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running emulator on a free port. It ends when the value is dropped.
pub(crate) struct Emulator {
    pub(crate) url: String,
    child: Child,
}

impl Emulator {
    /// Builds and starts the emulator, which writes what it opens into the file `opened`.
    pub(crate) fn start(workspace: &Workspace, opened: &Path) -> Result<Self, String> {
        let mut cargo = process::cargo(&workspace.root);
        process::run(cargo.args(["build", "--quiet", "--locked", "--package", "octoseal-cli"]))?;
        let program = workspace.target.join("debug").join(format!("octoseal{EXE_SUFFIX}"));
        let mut command = Command::new(program);
        command.args(["emulate", "--listen", "127.0.0.1:0", "--opened-file"]).arg(opened);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("cannot start the emulator: {error}"))?;
        let lines = child.stdout.take().map(|stdout| BufReader::new(stdout).lines().map_while(Result::ok));
        // Created first, so that an error ends the child too.
        let mut emulator = Self { url: String::new(), child };
        // The address is among the lines that it prints once it listens.
        let prefix = "export OCTOSEAL_API_URL=";
        let url =
            lines.and_then(|mut lines| lines.find_map(|line| Some(line.strip_prefix(prefix)?.to_owned())));
        emulator.url = url.ok_or("the emulator printed no address")?;
        Ok(emulator)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
