//! The step `simulate`: whole jobs under the emulator's rate limits in virtual time, compared with other approaches.

use crate::process;
use crate::runner::Outcome;
use crate::workspace::Workspace;

/// The simulation, a package of the benchmarks' workspace.
const MANIFEST: &str = "crates/octoseal-lab/simulate/Cargo.toml";

/// Prints the table, and fails if a goal is missed.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let mut cargo = process::cargo(&workspace.root);
    cargo.args(["run", "--quiet", "--locked", "--profile", "simulate", "--manifest-path", MANIFEST]);
    process::run(cargo.arg("--target-dir").arg(workspace.target.join("simulate")))?;
    Ok(Outcome::Passed)
}
