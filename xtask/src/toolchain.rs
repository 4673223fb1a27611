//! Rust compilers other than the one that compiled xtask: rustup's, or the one in Debian's package `rustc-web`.
//!
//! rustup never downloads one here: every question names an installed toolchain.

use crate::workspace::Workspace;
use crate::{debian, process};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Shared libraries that Debian's compiler needs and a small system may lack.
const LIBRARIES: [&str; 6] = ["libbsd0", "libedit2", "libicu72", "libmd0", "libxml2", "libz3-4"];

/// A Rust compiler.
pub(crate) struct Compiler {
    rustc: PathBuf,
    /// The folder of the unpacked Debian packages, if it came from there.
    pub(crate) debian_root: Option<PathBuf>,
}

impl Compiler {
    /// Finds the compiler of this version: rustup's, or Debian's.
    pub(crate) fn of_version(workspace: &Workspace, version: &str) -> Result<Self, String> {
        let mut rustup = Command::new("rustup");
        rustup.env("RUSTUP_AUTO_INSTALL", "0").args(["which", "rustc", "--toolchain", version]);
        let installed = process::read(&mut rustup)
            .map(|path| Self { rustc: PathBuf::from(path.trim()), debian_root: None })
            .and_then(|compiler| compiler.verify(version).map(|()| compiler));
        if let Ok(compiler) = installed {
            return Ok(compiler);
        }
        let folder = workspace.target.join("debian").join(format!("rust-{version}"));
        let compiler = Self::from_debian(&folder, Some(version), &[]).map_err(|error| {
            format!("Rust {version} is missing: {error}; `rustup toolchain install {version}` installs it")
        })?;
        compiler.verify(version).map(|()| compiler)
    }

    /// Returns Debian's newest compiler with the source of the standard library and these packages.
    pub(crate) fn with_library_source(workspace: &Workspace, packages: &[&str]) -> Result<Self, String> {
        Self::from_debian(&workspace.target.join("debian").join("rust-with-source"), None, packages)
    }

    fn from_debian(root: &Path, version: Option<&str>, packages: &[&str]) -> Result<Self, String> {
        if !root.is_dir() {
            let versions = debian::versions("rustc-web")?;
            let wanted = |offered: &&String| version.is_none_or(|version| is_release_of(offered, version));
            let found = versions.iter().find(wanted);
            let found = found.ok_or_else(|| format!("Debian offers Rust {}", versions.join(", ")))?;
            debian::unpack(&debian_packages(found, packages)?, root)?;
        }
        Ok(Self { rustc: root.join("usr/bin/rustc"), debian_root: Some(root.to_owned()) })
    }

    /// Returns a cargo command that uses this compiler.
    pub(crate) fn cargo(&self, workspace: &Workspace) -> Command {
        let mut cargo = process::cargo(&workspace.root);
        self.prepare(&mut cargo);
        cargo.env("RUSTC", &self.rustc);
        cargo
    }

    /// Returns the version that the compiler states.
    pub(crate) fn version(&self) -> Result<String, String> {
        let text = self.ask(&["-vV"])?;
        let release = text.lines().find_map(|line| line.strip_prefix("release: "));
        release.map(str::to_owned).ok_or_else(|| format!("{} states no release", self.rustc.display()))
    }

    /// Checks the version, and that the standard library belongs to this compiler.
    fn verify(&self, version: &str) -> Result<(), String> {
        let release = self.version()?;
        if !is_release_of(&release, version) {
            return Err(format!("{} is Rust {release}, not {version}", self.rustc.display()));
        }
        let library = PathBuf::from(self.ask(&["--print", "target-libdir"])?.trim());
        let home = self.rustc.parent().and_then(Path::parent);
        match library.is_dir() && home.is_some_and(|home| library.starts_with(home)) {
            true => Ok(()),
            false => Err(format!("{} lacks its standard library", self.rustc.display())),
        }
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, String> {
        let mut rustc = Command::new(&self.rustc);
        self.prepare(&mut rustc);
        process::read(rustc.args(arguments))
    }

    fn prepare(&self, command: &mut Command) {
        if let Some(root) = &self.debian_root {
            command.env("LD_LIBRARY_PATH", root.join("usr/lib/x86_64-linux-gnu"));
        }
    }
}

/// Lists the packages of a compiler of this package version, with additional ones.
fn debian_packages(version: &str, packages: &[&str]) -> Result<Vec<String>, String> {
    let minor: Vec<_> = version.split('.').take(2).collect();
    let library = format!("libstd-rust-web-{}", minor.join("."));
    let llvm = debian::dependencies(&library)?.into_iter().filter(|name| name.starts_with("libllvm"));
    let pinned = ["rustc-web", "libstd-rust-web-dev", &library].map(|name| format!("{name}={version}"));
    let other = LIBRARIES.iter().chain(packages).map(|name| (*name).to_owned());
    Ok(pinned.into_iter().chain(llvm).chain(other).collect())
}

/// Returns whether 1.85.0, or a package version that begins so, is a release of 1.85.
fn is_release_of(release: &str, version: &str) -> bool {
    release.strip_prefix(version).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Returns the name of an installed nightly toolchain: the one of this commit day, or the one called `nightly`.
pub(crate) fn nightly(commit_day: Option<&str>) -> Result<String, String> {
    let list = process::read(Command::new("rustup").args(["toolchain", "list"]))?;
    let mut names = list.lines().filter_map(|line| line.split(' ').next());
    let found = names.find(|name| match commit_day {
        Some(day) => name.starts_with("nightly") && day_of(name).as_deref() == Some(day),
        None => is_plain_nightly(name),
    });
    found.map(str::to_owned).ok_or_else(|| "the nightly Rust is not installed".to_owned())
}

/// Returns whether this is `nightly-x86_64-…`: rustup's name `nightly` does not mean `nightly-2026-01-01-…`.
fn is_plain_nightly(name: &str) -> bool {
    let host = name.strip_prefix("nightly-").unwrap_or_default();
    host.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Returns the day of the last commit in an installed toolchain.
fn day_of(toolchain: &str) -> Option<String> {
    let mut rustc = Command::new("rustup");
    rustc.env("RUSTUP_AUTO_INSTALL", "0").args(["run", toolchain, "rustc", "-vV"]);
    let text = process::read(&mut rustc).ok()?;
    text.lines().find_map(|line| line.strip_prefix("commit-date: ")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_of_another_version_is_refused() {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let compiler = Compiler { rustc: PathBuf::from(rustc), debian_root: None };
        let message = compiler.verify("0.1").unwrap_err();
        assert!(message.ends_with("not 0.1"), "{message}");
    }

    #[test]
    fn a_release_has_a_patch_number_and_a_package_more() {
        assert!(is_release_of("1.85", "1.85") && is_release_of("1.85.1", "1.85"));
        assert!(is_release_of("1.85.0+dfsg3-1~deb12u3", "1.85"));
        assert!(!is_release_of("1.86.0", "1.85") && !is_release_of("1.851.0", "1.85"));
    }

    #[test]
    fn only_a_toolchain_without_a_date_is_the_plain_nightly() {
        assert!(is_plain_nightly("nightly-x86_64-unknown-linux-gnu"));
        assert!(!is_plain_nightly("nightly-2026-01-01-x86_64-unknown-linux-gnu"));
        assert!(!is_plain_nightly("stable-x86_64-unknown-linux-gnu"));
        assert_eq!(day_of("octoseal-no-such-toolchain"), None);
    }
}
