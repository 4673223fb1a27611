//! What every published crate has: a README, a description, our lints, and for libraries the settings of docs.rs.

use super::Violation;
use super::tree::{File, Tree};
use crate::manifest;

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let ours = tree.crate_manifests();
    ours.flat_map(|file| missing(tree, file)).collect()
}

fn missing(tree: &Tree, file: &File) -> Vec<Violation> {
    let folder = file.path.trim_end_matches("/Cargo.toml");
    let mut messages = Vec::new();
    if !has_lints(tree, file, folder) {
        messages.push("the crate has not our lints; write `[lints]` with `workspace = true`");
    }
    if manifest::value(&file.text, "package", "description").is_none() {
        messages.push("the crate has no description; say in one line what it is for");
    }
    let published = manifest::value(&file.text, "package", "publish").as_deref() != Some("false");
    if published && !tree.has(&format!("{folder}/README.md")) {
        messages.push("the crate has no README.md; write one, its registry page shows nothing else");
    }
    let library = tree.has(&format!("{folder}/src/lib.rs"));
    let docs = manifest::section_line(&file.text, "package.metadata.docs.rs");
    if published && library && docs.is_none() {
        messages.push("docs.rs is not told which features to show; add `[package.metadata.docs.rs]`");
    }
    let tell = |message| Violation::new(&file.path, 1, message);
    messages.into_iter().map(tell).collect()
}

/// A crate has the workspace's lints, or its own if a page of docs/decisions names it and says lints.
fn has_lints(tree: &Tree, file: &File, folder: &str) -> bool {
    if manifest::value(&file.text, "lints", "workspace").as_deref() == Some("true") {
        return true;
    }
    let entries = manifest::entries(&file.text);
    let own = entries.iter().any(|entry| entry.section.starts_with("lints."));
    let name = folder.rsplit('/').next().unwrap_or_default();
    let mut pages = tree.files.iter().filter(|page| page.path.starts_with("docs/decisions/"));
    own && pages.any(|page| page.text.contains(&format!("`{name}`")) && page.text.contains("lints"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "[package]\ndescription = \"X\"\n[lints]\nworkspace = true\n[package.metadata.docs.rs]\n";
    const OWN_LINTS: &str = "[package]\ndescription = \"X\"\n[lints.rust]\nunsafe_code = \"deny\"\n";

    fn found(manifest: &str, others: &[&str]) -> usize {
        let others = others.iter().map(|path| (*path, "The crate `x` has lints of its own."));
        let files: Vec<_> = others.chain([("crates/x/Cargo.toml", manifest)]).collect();
        check(&Tree::of(&files)).len()
    }

    #[test]
    fn a_published_library_has_everything() {
        let files = ["crates/x/README.md", "crates/x/src/lib.rs"];
        assert_eq!(found(GOOD, &files), 0);
        assert_eq!(found(GOOD, &files[1..]), 1);
        assert_eq!(found(&GOOD.replace("description", "keywords"), &files), 1);
        assert_eq!(found(&GOOD.replace("[package.metadata.docs.rs]", ""), &files), 1);
        assert_eq!(found(&GOOD.replace("[lints]", "[other]"), &files), 1);
    }

    #[test]
    fn a_command_needs_no_docs_rs_and_an_unpublished_crate_no_readme() {
        let command = GOOD.replace("[package.metadata.docs.rs]", "");
        assert_eq!(found(&command, &["crates/x/README.md", "crates/x/src/main.rs"]), 0);
        let unpublished = command.replace("[lints]", "publish = false\n[lints]");
        assert_eq!(found(&unpublished, &["crates/x/src/lib.rs"]), 0);
    }

    #[test]
    fn lints_of_its_own_need_a_decision() {
        assert_eq!(found(OWN_LINTS, &["crates/x/README.md"]), 1);
        assert_eq!(found(OWN_LINTS, &["crates/x/README.md", "docs/decisions/0001-lints.md"]), 0);
    }
}
