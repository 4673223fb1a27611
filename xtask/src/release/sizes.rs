//! The step `sizes`: the size of each package, and the number of its dependencies.

use super::{folder, package};
use crate::runner::Outcome;
use crate::workspace::Workspace;
use crate::{benchmarks_page, dependencies, files, process};
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The last result, in the folder of the dry run.
const FILE: &str = "sizes.md";

const HEAD: &str = "| crate | packed, KiB | crates it brings |\n|---|--:|--:|\n";

/// Measures and prints the result.
pub(super) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let mut cargo = process::cargo(&workspace.root);
    process::run(cargo.args(["build", "--quiet", "--release", "--locked", "--package", "octoseal-cli"]))?;
    let program = size(&workspace.target.join("release").join(format!("octoseal{EXE_SUFFIX}")))?;
    let mut rows = Vec::new();
    for package in workspace.published() {
        let crates = dependencies::tree(workspace, &package.name, "")?.len() - 1;
        let packed = size(&package::archive(workspace, package))? / 1_024.0;
        rows.push(format!("| `{}` | {packed:.0} | {crates} |\n", package.name));
    }
    let rustc = process::read(Command::new("rustc").arg("--version"))?;
    let result = format!(
        "The command `octoseal`, built as a release with default features and stripped: {:.1} MiB ({}).\n\n{HEAD}{}",
        program / 1_048_576.0,
        rustc.split(' ').take(2).collect::<Vec<_>>().join(" "),
        rows.concat()
    );
    println!("{result}");
    files::write(folder(workspace).join(FILE), &result)?;
    Ok(Outcome::Passed)
}

/// Puts the last result into docs/benchmarks.md.
pub(super) fn write(workspace: &Workspace) -> Result<(), String> {
    benchmarks_page::write(&workspace.root, "release", &files::read(folder(workspace).join(FILE))?)
}

fn size(path: &Path) -> Result<f64, String> {
    let metadata = fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(metadata.len() as f64)
}
