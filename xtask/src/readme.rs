//! The programs of README.md, built with the Cargo.toml in README.md, and run.

use crate::markdown::blocks;
use crate::runner::Outcome;
use crate::workspace::Workspace;
use crate::{files, process};

/// The headings whose first program is tried.
const PROGRAMS: [&str; 2] = ["Embed only the sealing", "Embed the whole client"];

/// The path of a checkout of this repository in README.md's Cargo.toml.
const CHECKOUT: &str = "../octoseal/";

/// Builds and runs each program in its own project, as a reader of README.md would.
pub(crate) fn run(workspace: &Workspace) -> Result<Outcome, String> {
    let page = files::read(workspace.root.join("README.md"))?;
    let manifest = manifest(&page, &workspace.root.to_string_lossy())?;
    // The versions that are tested here.
    let lock = files::read(workspace.root.join("Cargo.lock"))?;
    for heading in PROGRAMS {
        let project = workspace.target.join("readme").join(heading.to_lowercase().replace(' ', "-"));
        files::write(project.join("Cargo.toml"), &manifest)?;
        files::write(project.join("Cargo.lock"), &lock)?;
        files::write(project.join("src/main.rs"), &program(&page, heading)?)?;
        let mut cargo = process::cargo(&project);
        process::run(cargo.env("CARGO_TARGET_DIR", &workspace.target).args(["run", "--quiet"]))?;
    }
    Ok(Outcome::Passed)
}

/// The dependencies that README.md shows, in a package outside this workspace.
fn manifest(page: &str, root: &str) -> Result<String, String> {
    const PACKAGE: &str = "[package]\nname = \"reader\"\nedition = \"2024\"\n\n[workspace]\n\n";
    let shown = blocks(page, "toml").into_iter().next().ok_or("README.md shows no Cargo.toml")?;
    match shown.contains(CHECKOUT) {
        true => Ok(format!("{PACKAGE}{}", shown.replace(CHECKOUT, &format!("{root}/")))),
        false => Err(format!("README.md's Cargo.toml names no checkout at {CHECKOUT}")),
    }
}

/// Returns the first program under a heading.
fn program(page: &str, heading: &str) -> Result<String, String> {
    let (_, rest) = page.split_once(&format!("\n### {heading}\n")).unwrap_or_default();
    let section = rest.split("\n##").next().unwrap_or_default();
    let program = blocks(section, "rust").into_iter().next();
    program.ok_or_else(|| format!("README.md has no program under the heading {heading:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_and_the_programs_are_those_of_the_page() {
        let page = "\n```toml\na = { path = \"../octoseal/a\" }\n```\n\n### X\n\ntext\n```rust\nfn main() {}\n```\n### Y\n";
        let manifest = manifest(page, "/here").unwrap();
        assert!(manifest.ends_with("a = { path = \"/here/a\" }\n"), "{manifest}");
        assert_eq!(program(page, "X").as_deref(), Ok("fn main() {}\n"));
        assert!(program(page, "Y").is_err() && program(page, "Z").is_err());
        assert!(super::manifest("```toml\na = \"1\"\n```", "/here").is_err());
    }
}
