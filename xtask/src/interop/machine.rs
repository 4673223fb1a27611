//! Makes this machine ready: installs what is missing, copies the programs to target/interop, prepares them there.

use super::language::{Language, command_in};
use super::recipes::{RECIPES, Recipe};
use crate::command;
use crate::workspace::Workspace;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The languages that can run here, and why others cannot.
pub(super) struct Prepared {
    pub(super) languages: Vec<Language>,
    pub(super) skipped: Vec<String>,
}

/// Prepares every language that runs here.
///
/// # Errors
///
/// If a program or a library cannot be prepared; in CI also if a runtime is missing.
pub(super) fn languages(workspace: &Workspace) -> Result<Prepared, String> {
    install_missing();
    let mut prepared = Prepared { languages: Vec::new(), skipped: Vec::new() };
    for recipe in RECIPES {
        match missing(recipe) {
            None => prepared.languages.push(ready(recipe, workspace)?),
            Some(_) if recipe.packages.is_empty() => {
                println!("{} is not run: its runtime is not here", recipe.name);
            }
            Some(reason) => {
                let packages = recipe.packages.join(" ");
                prepared.skipped.push(format!("{} needs {packages}: {reason}", recipe.name));
            }
        }
    }
    if command::in_ci() && !prepared.skipped.is_empty() {
        return Err(prepared.skipped.join("\n"));
    }
    Ok(prepared)
}

/// Lets Debian's package manager install what is missing, if we may; what came of it is seen when it is used.
fn install_missing() {
    let lacking = RECIPES.iter().filter(|recipe| missing(recipe).is_some());
    let packages: Vec<_> = lacking.flat_map(|recipe| recipe.packages).collect();
    if packages.is_empty() || !is_root() {
        return;
    }
    let apt = |arguments: &[&str]| {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["--quiet", "--quiet"]).args(arguments);
        apt
    };
    let mut install = apt(&["install", "--yes", "--no-install-recommends"]);
    install.args(packages);
    // The lists of packages may be old or not there yet.
    let done = command::run(&mut apt(&["update"])).and_then(|()| command::run(&mut install));
    if let Err(error) = done {
        println!("{error}");
    }
}

fn is_root() -> bool {
    command::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Why the language cannot run here, or nothing if it can.
fn missing(recipe: &Recipe) -> Option<String> {
    recipe.probes.iter().find_map(|words| command::read(&mut command_in(Path::new("."), words)).err())
}

fn ready(recipe: &Recipe, workspace: &Workspace) -> Result<Language, String> {
    let folder = workspace.target.join("interop").join(recipe.folder);
    let source = workspace.root.join("docs").join("encrypting").join(recipe.source);
    copy(&source, &folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for words in recipe.prepare {
        command::run(&mut command_in(&folder, words))?;
    }
    let versions: Result<Vec<_>, _> = recipe
        .versions
        .iter()
        .map(|words| command::read(&mut command_in(&folder, words)).map(|text| first_line(&text)))
        .collect();
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Ok(Language {
        name: recipe.name.to_owned(),
        versions: versions?.join(", "),
        seal: owned(recipe.seal),
        open: owned(recipe.open),
        folder,
    })
}

/// The first line without what stands in brackets.
fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.split(" (").next().unwrap_or_default().to_owned()
}

/// Copies a folder with what is in it over another one; what is only in the other stays.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
