//! The judge `guide`: pytest, Vitest and a shell run the examples of docs/emulator.md, as a reader would.

use crate::markdown::blocks;
use crate::workspace::Workspace;
use crate::{files, node, process, python};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The time limit of one example. The slowest, Vitest, takes 5 seconds on two cores.
const LIMIT: Duration = Duration::from_secs(120);

const PAGE: &str = "docs/emulator.md";

/// The language of an example, and the file that it becomes. The first block of a language is the example.
const EXAMPLES: [(&str, &str); 4] = [
    ("toml", "world.toml"),
    ("python", "test_secrets.py"),
    ("javascript", "secrets.test.js"),
    ("sh", "secrets.sh"),
];

/// Runs every example.
///
/// # Errors
///
/// The output of the examples that failed.
pub(super) fn judge(workspace: &Workspace) -> Result<String, String> {
    let folder = workspace.target.join("conformance/guide");
    files::copy_folder(&workspace.root.join("xtask/conformance/guide"), &folder)?;
    let page = files::read(workspace.root.join(PAGE))?;
    for (language, file) in EXAMPLES {
        let example = blocks(&page, language).into_iter().next();
        let example = example.ok_or_else(|| format!("{PAGE} has no example in {language}"))?;
        files::write(folder.join(file), &example)?;
    }
    let mut cargo = process::cargo(&workspace.root);
    process::run(cargo.args(["build", "--quiet", "--locked", "--package", "octoseal-cli"]))?;
    let python = python::environment(&folder.join("venv"), &folder.join("requirements.txt"))?;
    node::install(&folder)?;

    let mut pytest = Command::new(python);
    pytest.args(["-B", "-m", "pytest", "--quiet", "-p", "no:cacheprovider", "test_secrets.py"]);
    let mut vitest = Command::new("node");
    vitest.args(["node_modules/vitest/vitest.mjs", "run", "secrets.test.js"]);
    let mut shell = Command::new("sh");
    shell.args(["-eu", "secrets.sh"]);
    let programs = workspace.target.join("debug");
    let examples = [("pytest", pytest), ("vitest", vitest), ("sh", shell)];
    let failures: Vec<String> = examples
        .into_iter()
        .filter_map(|(name, mut command)| example(name, &mut command, &folder, &programs).err())
        .collect();
    if failures.is_empty() {
        Ok("the examples in Python, JavaScript and sh pass".to_owned())
    } else {
        Err(failures.join("\n"))
    }
}

fn example(name: &str, command: &mut Command, folder: &Path, programs: &Path) -> Result<(), String> {
    process::add_to_path(command, programs)?;
    let output = process::output(command.current_dir(folder).env("NO_PROXY", "127.0.0.1"), b"", LIMIT)?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("{name} failed ({}):\n{}", output.status, String::from_utf8_lossy(&said)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_that_fails_is_told_with_its_output() {
        let here = Path::new(".");
        let failed = |script| example("sh", Command::new("sh").args(["-c", script]), here, here);
        assert_eq!(failed("true"), Ok(()));
        assert!(failed("echo why; exit 3").is_err_and(|message| message.ends_with("why\n")));
    }
}
