//! docs/encrypting.md shows the programs as they are: each code block equals its file, and each file is shown.

use std::fs;
use std::path::Path;

const PAGE: &str = "docs/encrypting.md";

/// The programs on the page: the language that their block is marked with, and their file.
const PROGRAMS: [(&str, &str); 5] = [
    ("js", "docs/encrypting/node/seal.mjs"),
    ("python", "docs/encrypting/python/seal.py"),
    ("csharp", "docs/encrypting/csharp/Seal.cs"),
    ("ruby", "docs/encrypting/ruby/seal.rb"),
    ("rust", "crates/octoseal-crypto/examples/seal.rs"),
];

/// Compares the page with the files.
///
/// # Errors
///
/// If a file cannot be read, or a program is not shown exactly once and as it is.
pub(super) fn check(root: &Path) -> Result<(), String> {
    let read = |path: &str| fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"));
    let page = read(PAGE)?;
    for (language, path) in PROGRAMS {
        compare(&page, language, &read(path)?).map_err(|error| format!("{PAGE}: {error} {path}"))?;
    }
    Ok(())
}

fn compare(page: &str, language: &str, program: &str) -> Result<(), String> {
    match blocks(page, language).as_slice() {
        [block] if block == program => Ok(()),
        [_] => Err(format!("the block marked `{language}` differs from")),
        found => Err(format!("{} blocks are marked `{language}`, but one must show", found.len())),
    }
}

/// The text of each fenced block that is marked with this language.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(marked) = line.strip_prefix("```") {
            let inside = lines.by_ref().take_while(|line| *line != "```");
            let block: String = inside.map(|line| format!("{line}\n")).collect();
            if marked == language {
                blocks.push(block);
            }
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_that_equals_its_file_passes() {
        let page = "# A\n\n```console\n$ x\n```\n\n```ruby\nputs 1\n\nputs 2\n```\n";
        assert_eq!(compare(page, "ruby", "puts 1\n\nputs 2\n"), Ok(()));
    }

    #[test]
    fn a_block_that_differs_is_missing_or_stands_twice_is_told() {
        let page = "```ruby\nputs 1\n```\n";
        assert!(compare(page, "ruby", "puts 2\n").unwrap_err().contains("differs"));
        assert!(compare(page, "python", "").unwrap_err().contains("0 blocks"));
        assert!(compare(&page.repeat(2), "ruby", "puts 1\n").unwrap_err().contains("2 blocks"));
    }

    #[test]
    fn the_page_shows_the_programs_as_they_are() {
        assert_eq!(check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")), Ok(()));
    }
}
