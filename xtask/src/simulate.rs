//! `cargo xtask simulate`: whole jobs under the emulator's rate limits, in virtual time; ours and what others do.

use crate::command;
use crate::runner::Outcome;
use crate::workspace::Workspace;

/// A package of the benches' workspace.
const MANIFEST: &str = "crates/octoseal-lab/simulate/Cargo.toml";

/// Prints the table, and fails if a goal is missed.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let mut cargo = command::cargo(&workspace.root);
    cargo.args(["run", "--quiet", "--locked", "--profile", "simulate", "--manifest-path", MANIFEST]);
    command::run(cargo.arg("--target-dir").arg(workspace.target.join("simulate")))?;
    Ok(Outcome::Passed)
}
