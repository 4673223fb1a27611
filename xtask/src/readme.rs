//! The programs of README.md, built with the Cargo.toml that README.md shows, and run.

use crate::process;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use std::fs;
use std::io;
use std::path::Path;

/// The headings whose first program is tried.
const PROGRAMS: [&str; 2] = ["Embed only the sealing", "Embed the whole client"];

/// Where README.md's Cargo.toml has a checkout of this repository.
const CHECKOUT: &str = "../octoseal/";

/// Builds and runs each program in a project of its own, as a reader of README.md would.
///
/// # Errors
///
/// If README.md has no such program, or the program does not build, or ends with an error.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let readme = workspace.root.join("README.md");
    let page = fs::read_to_string(&readme).map_err(|error| format!("README.md: {error}"))?;
    let manifest = manifest(&page, &workspace.root.to_string_lossy())?;
    for heading in PROGRAMS {
        let program =
            fence(section(&page, heading)?, "rust").ok_or(format!("no program under {heading:?}"))?;
        let project = workspace.target.join("readme").join(heading.to_lowercase().replace(' ', "-"));
        write(&project, &manifest, program, &workspace.root)
            .map_err(|error| format!("{}: {error}", project.display()))?;
        let mut cargo = process::cargo(&project);
        process::run(cargo.env("CARGO_TARGET_DIR", &workspace.target).args(["run", "--quiet"]))?;
    }
    Ok(Outcome::Passed)
}

fn write(project: &Path, manifest: &str, program: &str, root: &Path) -> io::Result<()> {
    fs::create_dir_all(project.join("src"))?;
    fs::write(project.join("Cargo.toml"), manifest)?;
    fs::write(project.join("src").join("main.rs"), program)?;
    fs::copy(root.join("Cargo.lock"), project.join("Cargo.lock"))?; // the versions that are tested here
    Ok(())
}

/// The dependencies that README.md shows, in a package outside this workspace.
fn manifest(page: &str, root: &str) -> Result<String, String> {
    const PACKAGE: &str = "[package]\nname = \"reader\"\nedition = \"2024\"\n\n[workspace]\n\n";
    let shown = fence(page, "toml").ok_or("README.md shows no Cargo.toml")?;
    match shown.contains(CHECKOUT) {
        true => Ok(format!("{PACKAGE}{}", shown.replace(CHECKOUT, &format!("{root}/")))),
        false => Err(format!("README.md's Cargo.toml names no checkout at {CHECKOUT}")),
    }
}

fn section<'a>(page: &'a str, heading: &str) -> Result<&'a str, String> {
    let start = page.split_once(&format!("\n### {heading}\n")).map(|(_, rest)| rest);
    let section = start.map(|rest| rest.split("\n##").next().unwrap_or(rest));
    section.ok_or(format!("README.md has no heading {heading:?}"))
}

/// The first fenced block of a language.
fn fence<'a>(text: &'a str, language: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("```{language}\n"))?;
    rest.split_once("```").map(|(block, _)| block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_and_the_programs_are_those_of_the_page() {
        let page = "\n```toml\na = { path = \"../octoseal/a\" }\n```\n\n### X\n\ntext\n```rust\nfn main() {}\n```\n### Y\n";
        let manifest = manifest(page, "/here").unwrap();
        assert!(
            manifest.ends_with("a = { path = \"/here/a\" }\n") && manifest.contains("[workspace]"),
            "{manifest}"
        );
        assert_eq!(fence(section(page, "X").unwrap(), "rust"), Some("fn main() {}\n"));
        assert_eq!(fence(section(page, "Y").unwrap(), "rust"), None);
        assert!(section(page, "Z").is_err());
        assert!(super::manifest("```toml\na = \"1\"\n```", "/here").is_err());
    }
}
