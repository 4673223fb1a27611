//! docs/encrypting.md: each code block equals its program.

use crate::files;
use crate::markdown::blocks;
use std::path::Path;

const PAGE: &str = "docs/encrypting.md";

/// The programs on the page: the language of their code block, and their file.
const PROGRAMS: [(&str, &str); 5] = [
    ("js", "docs/encrypting/node/seal.mjs"),
    ("python", "docs/encrypting/python/seal.py"),
    ("csharp", "docs/encrypting/csharp/Seal.cs"),
    ("ruby", "docs/encrypting/ruby/seal.rb"),
    ("rust", "crates/octoseal-crypto/examples/seal.rs"),
];

/// Compares the page with the files.
pub(super) fn check(root: &Path) -> Result<(), String> {
    let page = files::read(root.join(PAGE))?;
    for (language, path) in PROGRAMS {
        let program = files::read(root.join(path))?;
        compare(&page, language, &program)
            .map_err(|error| format!("{PAGE}: {error}; it must show {path}"))?;
    }
    Ok(())
}

fn compare(page: &str, language: &str, program: &str) -> Result<(), String> {
    match blocks(page, language).as_slice() {
        [block] if block == program => Ok(()),
        [_] => Err(format!("the block marked `{language}` differs")),
        blocks => Err(format!("{} blocks are marked `{language}`, not 1", blocks.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_must_be_there_once_and_equal_its_file() {
        let page = "# A\n\n```console\n$ x\n```\n\n```ruby\nputs 1\n\nputs 2\n```\n";
        assert_eq!(compare(page, "ruby", "puts 1\n\nputs 2\n"), Ok(()));
        assert!(compare(page, "ruby", "puts 2\n").unwrap_err().contains("differs"));
        assert!(compare(page, "python", "").unwrap_err().contains("0 blocks"));
        assert!(compare(&page.repeat(2), "ruby", "").unwrap_err().contains("2 blocks"));
    }

    #[test]
    fn the_page_shows_the_programs() {
        assert_eq!(check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..")), Ok(()));
    }
}
