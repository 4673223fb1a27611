//! What each client needs. The versions are pinned beside the programs, in xtask/conformance/clients.

use crate::command;
use crate::workspace::Workspace;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One client and how it is installed.
pub(super) struct Client {
    /// Also the name of the list of its packages, for Python.
    pub(super) name: &'static str,
    /// Our program that drives it.
    pub(super) program: &'static str,
    runtime: Runtime,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Runtime {
    Node,
    Python,
}

/// Every client. The command gh comes as a Python package with the finished program inside.
pub(super) const CLIENTS: &[Client] = &[
    Client { name: "gh", program: "gh.py", runtime: Runtime::Python },
    Client { name: "pygithub", program: "pygithub.py", runtime: Runtime::Python },
    Client { name: "octokit", program: "octokit.mjs", runtime: Runtime::Node },
];

impl Client {
    /// What runs its program.
    pub(super) fn interpreter(&self, folder: &Path) -> PathBuf {
        match self.runtime {
            Runtime::Node => PathBuf::from("node"),
            Runtime::Python => folder.join(self.environment()).join("bin").join("python"),
        }
    }

    fn environment(&self) -> String {
        format!("venv-{}", self.name)
    }
}

/// Copies the programs to the folder under the target folder where they run.
///
/// # Errors
///
/// If they cannot be copied.
pub(super) fn folder(workspace: &Workspace) -> Result<PathBuf, String> {
    let source = workspace.root.join("xtask").join("conformance").join("clients");
    let folder = workspace.target.join("conformance").join("clients");
    copy(&source, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// Installs a client in the folder, if it is not there.
///
/// # Errors
///
/// What the package manager said.
pub(super) fn install(client: &Client, folder: &Path) -> Result<(), String> {
    match client.runtime {
        Runtime::Node => {
            let mut npm = Command::new("npm");
            npm.args(["install", "--silent", "--no-package-lock", "--ignore-scripts", "--no-audit"]);
            command::read(npm.current_dir(folder))?;
        }
        Runtime::Python => {
            let python = client.interpreter(folder);
            if !python.is_file() {
                let mut venv = Command::new("python3");
                command::read(venv.args(["-m", "venv", &client.environment()]).current_dir(folder))?;
            }
            let mut pip = Command::new(python);
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
                .args(["--only-binary", ":all:", "--requirement"])
                .arg(format!("{}.txt", client.name));
            command::read(pip.current_dir(folder))?;
        }
    }
    Ok(())
}
