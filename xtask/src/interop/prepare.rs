//! Prepares the languages: installs missing packages, copies the programs to target/interop, and compiles them there.

use super::language::{Language, command_in};
use crate::workspace::Workspace;
use crate::{debian, files, node, process, python};
use serde::Deserialize;
use std::path::Path;

const LANGUAGES: &str = include_str!("../../interop/languages.toml");

/// A command line, word by word.
type Words = Vec<String>;

#[derive(Deserialize)]
struct Recipes {
    language: Vec<Recipe>,
}

/// An entry of xtask/interop/languages.toml, which explains the fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipe {
    name: String,
    source: String,
    folder: String,
    probes: Vec<Words>,
    packages: Vec<String>,
    #[serde(default)]
    node: bool,
    #[serde(default)]
    python: bool,
    #[serde(default)]
    prepare: Vec<Words>,
    versions: Vec<Words>,
    seal: Words,
    open: Words,
}

/// The languages that can run here, and the reasons why others cannot.
pub(super) struct Prepared {
    pub(super) languages: Vec<Language>,
    pub(super) skipped: Vec<String>,
}

/// Prepares every language that can run here.
pub(super) fn languages(workspace: &Workspace) -> Result<Prepared, String> {
    let recipes = recipes()?;
    let missing = recipes.iter().filter(|recipe| recipe.probe().is_err());
    let packages: Vec<_> = missing.flat_map(|recipe| recipe.packages.iter().map(String::as_str)).collect();
    if let Err(error) = debian::install(&packages) {
        println!("{error}");
    }
    let mut prepared = Prepared { languages: Vec::new(), skipped: Vec::new() };
    for recipe in recipes {
        match recipe.probe() {
            Ok(()) => prepared.languages.push(recipe.ready(workspace)?),
            Err(_) if recipe.packages.is_empty() => {
                println!("{} is left out: it is not installed", recipe.name);
            }
            Err(reason) => {
                let packages = recipe.packages.join(" ");
                prepared.skipped.push(format!("{} needs {packages}: {reason}", recipe.name));
            }
        }
    }
    Ok(prepared)
}

fn recipes() -> Result<Vec<Recipe>, String> {
    let recipes: Recipes = toml_edit::de::from_str(LANGUAGES)
        .map_err(|error| format!("xtask/interop/languages.toml: {error}"))?;
    Ok(recipes.language)
}

impl Recipe {
    /// Runs the probes.
    fn probe(&self) -> Result<(), String> {
        self.probes
            .iter()
            .try_for_each(|words| process::read(&mut command_in(Path::new("."), words)).map(drop))
    }

    /// Installs the library and compiles the programs.
    fn ready(self, workspace: &Workspace) -> Result<Language, String> {
        let folder = workspace.target.join("interop").join(&self.folder);
        files::copy_folder(&workspace.root.join("docs/encrypting").join(&self.source), &folder)?;
        if self.node {
            node::install(&folder)?;
        }
        if self.python {
            python::environment(&folder.join("venv"), &folder.join("requirements.txt"))?;
        }
        for words in &self.prepare {
            process::run(&mut command_in(&folder, words))?;
        }
        let version =
            |words: &Words| process::read(&mut command_in(&folder, words)).map(|text| first_line(&text));
        let versions: Vec<_> = self.versions.iter().map(version).collect::<Result<_, _>>()?;
        let Self { name, seal, open, .. } = self;
        Ok(Language { name, versions: versions.join(", "), folder, seal, open })
    }
}

/// Returns the first line without the text in brackets.
fn first_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.split(" (").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_own_folder_and_name() {
        let recipes = recipes().unwrap();
        for (index, one) in recipes.iter().enumerate() {
            for other in &recipes[..index] {
                assert_ne!(one.folder, other.folder);
                assert_ne!(one.name, other.name);
            }
        }
    }
}
