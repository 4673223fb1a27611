//! The nightly Rust whose rustdoc writes the JSON that the pinned library reads.

use crate::command;
use std::process::Command;

/// The toolchain's name for rustup, and the day of its last commit: the day before.
const NIGHTLY: (&str, &str) = ("nightly-2026-05-20", "2026-05-19");

/// The name of the pinned nightly, as whatever it is installed; nothing is fetched.
///
/// # Errors
///
/// If it is not installed, with the command that installs it.
pub(super) fn toolchain() -> Result<String, String> {
    let list = command::read(Command::new("rustup").args(["toolchain", "list"]))?;
    let names = list.lines().filter_map(|line| line.split(' ').next());
    let mut nightly = names.filter(|name| name.starts_with("nightly"));
    let found = nightly.find(|name| day(name).as_deref() == Some(NIGHTLY.1));
    found.map(str::to_owned).ok_or_else(|| {
        let name = NIGHTLY.0;
        format!("{name} is not installed: rustup toolchain install {name} --profile minimal")
    })
}

/// The day of the last commit in a toolchain that is installed.
fn day(toolchain: &str) -> Option<String> {
    let mut rustc = Command::new("rustup");
    rustc.env("RUSTUP_AUTO_INSTALL", "0").args(["run", toolchain, "rustc", "-vV"]);
    let said = command::read(&mut rustc).ok()?;
    said.lines().find_map(|line| line.strip_prefix("commit-date: ")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_workflow_installs_the_pinned_one() {
        let workflow = include_str!("../../../.github/workflows/ci.yml");
        assert!(workflow.contains(NIGHTLY.0), "{} is not in the workflow", NIGHTLY.0);
    }

    #[test]
    fn a_toolchain_that_is_not_there_has_no_day() {
        assert_eq!(day("octoseal-no-such-toolchain"), None);
    }
}
