//! The program that lists what a rustdoc JSON file holds: the library of cargo-public-api in a throw-away project.

use crate::command;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The library; 0.52.1 is the last that reads format 57, which the pinned nightly writes.
const LIBRARY: &str = "public-api = { version = \"=0.52.1\", default-features = false }";

/// Blanket and auto trait implementations are left out: the ones are the same for every type, the others
/// cargo-semver-checks compares.
const MAIN: &str = r#"
fn main() {
    let path = std::env::args_os().nth(1).expect("the path of a JSON file");
    let api = public_api::Builder::from_rustdoc_json(path)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    print!("{api}");
}
"#;

/// Builds the program if it is not there.
///
/// # Errors
///
/// If it does not compile.
pub(super) fn program(project: &Path) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", project.display());
    fs::create_dir_all(project.join("src")).map_err(failed)?;
    let manifest = format!(
        "[package]\nname = \"renderer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{LIBRARY}\n\n[workspace]\n"
    );
    write(&project.join("Cargo.toml"), &manifest).map_err(failed)?;
    write(&project.join("src/main.rs"), MAIN).map_err(failed)?;
    let target = project.join("target");
    let mut cargo = command::cargo(project);
    command::run(cargo.args(["build", "--quiet", "--target-dir"]).arg(&target))?;
    Ok(target.join("debug").join(format!("renderer{}", std::env::consts::EXE_SUFFIX)))
}

/// Writes only what differs, since cargo looks at the time of the last change.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) { Ok(()) } else { fs::write(path, text) }
}

/// The listing of one library, an item a line.
///
/// # Errors
///
/// If the file is not there or is of another format.
pub(super) fn render(program: &Path, json: &Path) -> Result<String, String> {
    command::read(Command::new(program).arg(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_as_it_should_be_is_left_alone() {
        let path = std::env::temp_dir().join(format!("octoseal-xtask-renderer-{}", std::process::id()));
        write(&path, "a").unwrap();
        let written = fs::metadata(&path).unwrap().modified().unwrap();
        write(&path, "a").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written);
        write(&path, "b").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "b");
        fs::remove_file(&path).unwrap();
    }
}
