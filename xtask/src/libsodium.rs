//! The recipe of octoseal-crypto's README, tried: sodiumoxide over a maintained libsodium (`cargo xtask libsodium`).

use crate::command;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};

/// The crate whose source tree is the libsodium below; it cannot stand in our own tree (`links = "sodium"`).
const SOURCE: &str = "libsodium-sys-stable = \"=1.24.3\"";
const VERSION: &str = "1.0.22";

pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let folder = workspace.target.join("libsodium");
    let library = build(&folder.join("maker"))?;
    println!("libsodium {VERSION} is in {}", library.display());
    let mut cargo = command::cargo(&workspace.root);
    cargo.env("SODIUM_LIB_DIR", &library).env("OCTOSEAL_LIBSODIUM", VERSION);
    cargo.args(["test", "--locked", "--package", "octoseal-crypto", "--all-features", "--lib", "--tests"]);
    command::run(cargo.arg("--target-dir").arg(folder.join("ours")))?;
    Ok(Outcome::Passed)
}

/// Lets cargo fetch and build it in a throw-away project, and tells where the static library is.
fn build(project: &Path) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", project.display());
    fs::create_dir_all(project.join("src")).map_err(failed)?;
    let manifest = format!(
        "[package]\nname = \"maker\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{SOURCE}\n\n[workspace]\n"
    );
    fs::write(project.join("Cargo.toml"), manifest).map_err(failed)?;
    fs::write(project.join("src/lib.rs"), "").map_err(failed)?;
    let target = project.join("target");
    let mut cargo = command::cargo(project);
    // The crate obeys the variable that the recipe sets; here it must build.
    cargo.env_remove("SODIUM_LIB_DIR").args(["build", "--release", "--target-dir"]);
    command::run(cargo.arg(&target))?;
    let built = fs::read_dir(target.join("release/build")).map_err(failed)?;
    let mut libraries = built.flatten().map(|entry| entry.path().join("out/installed/lib"));
    libraries
        .find(|library| library.join("libsodium.a").is_file())
        .ok_or("libsodium.a was not built".to_owned())
}
