//! The step `sizes`: how large what is published is, and how many crates it brings along.

use super::{MARK, folder, packed};
use crate::command;
use crate::lean;
use crate::page;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::path::Path;

/// Measures and prints it; `--write` puts it into docs/benchmarks.md.
pub(super) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let mut cargo = command::cargo(&workspace.root);
    command::run(cargo.args(["build", "--quiet", "--release", "--locked", "--package", "octoseal-cli"]))?;
    let program = size(&workspace.target.join("release").join(format!("octoseal{EXE_SUFFIX}")))?;
    let mut rows = Vec::new();
    for package in packed::order(workspace)? {
        let crates = lean::tree(workspace, &package.name, &[])?.len() - 1;
        rows.push(row(&package.name, size(&packed::archive(workspace, package))?, crates));
    }
    let rustc = command::read(std::process::Command::new("rustc").arg("--version"))?;
    let result = format!(
        "The command `octoseal`, built as a release with default features and stripped: {:.1} MiB ({}).\n\n{HEAD}{}",
        program as f64 / 1_048_576.0,
        rustc.split(' ').take(2).collect::<Vec<_>>().join(" "),
        rows.concat()
    );
    println!("{result}");
    let tell = |error| format!("{FILE}: {error}");
    fs::create_dir_all(folder(workspace)).map_err(tell)?;
    fs::write(folder(workspace).join(FILE), result).map_err(tell)?;
    Ok(Outcome::Passed)
}

/// Puts what the step measured into docs/benchmarks.md.
///
/// # Errors
///
/// If it has not run yet, or the page has no place for it.
pub(super) fn write(workspace: &Workspace) -> Result<(), String> {
    let result = fs::read_to_string(folder(workspace).join(FILE));
    let result = result.map_err(|error| format!("nothing is measured yet ({FILE}: {error})"))?;
    page::write(&workspace.root, MARK, &result)
}

/// What was measured last, under the folder of the dry run.
const FILE: &str = "sizes.md";

const HEAD: &str = "| crate | packed, KiB | crates it brings |\n|---|--:|--:|\n";

fn row(name: &str, bytes: u64, crates: usize) -> String {
    format!("| `{name}` | {:.0} | {crates} |\n", bytes as f64 / 1_024.0)
}

fn size(path: &Path) -> Result<u64, String> {
    let metadata = fs::metadata(path);
    metadata.map(|metadata| metadata.len()).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_in_kibibytes() {
        assert_eq!(row("a", 2_600, 7), "| `a` | 3 | 7 |\n");
    }
}
