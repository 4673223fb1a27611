//! The step `msrv`: compiles the workspace with the oldest Rust that the root manifest promises.

mod debian;

use crate::cargo_steps::VENDORED;
use crate::command;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A rustc that need not be installed on this machine.
struct Compiler {
    rustc: PathBuf,
    /// Where it finds its own shared libraries, if not where it stands.
    libraries: Option<PathBuf>,
}

impl Compiler {
    /// Lets a command find the compiler's libraries; it is this rustc, or a cargo that will call it.
    fn prepare(&self, command: &mut Command) {
        if let Some(libraries) = &self.libraries {
            command.env("LD_LIBRARY_PATH", libraries);
        }
    }

    /// Asks the compiler for its version, and whether it brings a standard library.
    ///
    /// # Errors
    ///
    /// If it does not run, is of another version, or would take the standard library of another compiler.
    fn verify(&self, version: &str) -> Result<(), String> {
        let said = self.ask(&["-vV"])?;
        let release = said.lines().find_map(|line| line.strip_prefix("release: ")).unwrap_or_default();
        if release != version && !release.starts_with(&format!("{version}.")) {
            return Err(format!("{} is Rust {release}, not {version}", self.rustc.display()));
        }
        let library = PathBuf::from(self.ask(&["--print", "target-libdir"])?.trim());
        let home = self.rustc.parent().and_then(Path::parent);
        if library.is_dir() && home.is_some_and(|home| library.starts_with(home)) {
            return Ok(());
        }
        Err(format!("{} has no standard library of its own", self.rustc.display()))
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        let mut rustc = Command::new(&self.rustc);
        self.prepare(&mut rustc);
        command::read(rustc.args(arguments))
    }
}

/// Checks libraries and commands of the workspace with every feature but the one that builds OpenSSL.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let version = workspace.rust_version.as_str();
    let compiler = match from_rustup(version) {
        Some(compiler) => Ok(compiler),
        None => debian::compiler(&workspace.target.join("msrv"), version),
    };
    let compiler = match compiler {
        Ok(compiler) => compiler,
        Err(reason) if command::in_ci() => return Err(reason),
        Err(reason) => return Ok(Outcome::Skipped(reason)),
    };
    compiler.verify(version)?;
    println!("Rust {version} is {}", compiler.rustc.display());
    let mut cargo = command::cargo(&workspace.root);
    compiler.prepare(&mut cargo);
    cargo.env("RUSTC", &compiler.rustc);
    cargo.env("CARGO_TARGET_DIR", workspace.target.join("msrv").join("build"));
    cargo.args(["check", "--workspace", "--locked", "--lib", "--bins"]);
    command::run(cargo.args(["--features", &features(workspace)]))?;
    Ok(Outcome::Passed)
}

/// The toolchain of this version, if rustup has it already; nothing is fetched.
fn from_rustup(version: &str) -> Option<Compiler> {
    let mut rustup = Command::new("rustup");
    rustup.env("RUSTUP_AUTO_INSTALL", "0");
    let path = command::read(rustup.args(["which", "rustc", "--toolchain", version])).ok()?;
    let compiler = Compiler { rustc: PathBuf::from(path.trim()), libraries: None };
    compiler.verify(version).is_ok().then_some(compiler)
}

/// All features of all crates in cargo's form `crate/feature`, without the default ones that stand for others.
pub(crate) fn features(workspace: &Workspace) -> String {
    let packages = workspace.packages.iter();
    let all = packages.flat_map(|package| package.features.iter().map(move |feature| (package, feature)));
    let wanted = all.filter(|(_, feature)| !["default", VENDORED].contains(&feature.as_str()));
    let names: Vec<_> = wanted.map(|(package, feature)| format!("{}/{feature}", package.name)).collect();
    names.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Package;

    #[test]
    fn every_feature_is_checked_but_the_one_that_builds_openssl() {
        let package = |name: &str, features: &[&str]| Package {
            name: name.to_owned(),
            features: features.iter().map(|feature| (*feature).to_owned()).collect(),
            ..Package::default()
        };
        let workspace = Workspace {
            packages: vec![package("a", &["default", "b", VENDORED]), package("c", &["d"])],
            ..Workspace::default()
        };
        assert_eq!(features(&workspace), "a/b,c/d");
    }

    #[test]
    fn a_compiler_of_another_version_is_refused() {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let compiler = Compiler { rustc: PathBuf::from(rustc), libraries: None };
        let message = compiler.verify("0.1").unwrap_err();
        assert!(message.ends_with("not 0.1"), "{message}");
    }
}
