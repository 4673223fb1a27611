//! Words that may not stand in the project's text files. Here they are put together, so that this file passes itself.

use super::Violation;
use super::tree::{File, Tree};

/// Where a word is forbidden.
#[derive(Clone, Copy, PartialEq)]
enum Scope {
    Everywhere,
    /// The code of libraries; comments and examples may speak of it.
    Libraries,
}

/// One word, where it may not stand, and why with what to do instead.
struct Word {
    text: &'static str,
    scope: Scope,
    reason: &'static str,
}

const fn everywhere(text: &'static str, reason: &'static str) -> Word {
    Word { text, scope: Scope::Everywhere, reason }
}

const MACHINE: &str = "a path of one machine; pass the path in, or name it from the project's root";
const UNFINISHED: &str = "unfinished code; finish it, or write an issue and leave it out";

const WORDS: &[Word] = &[
    everywhere(concat!("to", "do!"), UNFINISHED),
    everywhere(concat!("unimple", "mented!"), UNFINISHED),
    everywhere(concat!("FIX", "ME"), UNFINISHED),
    everywhere(concat!("X", "XX"), UNFINISHED),
    everywhere(concat!("#[", "ignore"), "a test nobody runs; make it fast and sure, or delete it"),
    everywhere(concat!("should_", "panic"), "any panic would do; assert the error instead"),
    everywhere(concat!("#[", "allow("), "a lint silenced for ever; write `#[expect(…, reason = \"…\")]`"),
    everywhere(concat!("#![", "allow("), "a lint silenced for ever; write `#[expect(…, reason = \"…\")]`"),
    everywhere(concat!("/wo", "rk/"), MACHINE),
    everywhere(concat!("/ro", "ot/"), MACHINE),
    everywhere(concat!(".lib", "rary/"), MACHINE),
    Word {
        text: concat!("std", "::env"),
        scope: Scope::Libraries,
        reason: "libraries are told, they do not look; take it as an argument from the caller",
    },
];

/// The crates that are not libraries, and may look around themselves.
const PROGRAMS: [&str; 2] = ["crates/octoseal-cli/", "crates/octoseal-lab/"];

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            let found =
                WORDS.iter().filter(|word| applies(word.scope, file, line) && stands_in(line, word.text));
            violations.extend(found.map(|word| {
                let message = format!("`{}` is {}", word.text, word.reason);
                Violation::new(&file.path, index + 1, message)
            }));
        }
    }
    violations
}

fn applies(scope: Scope, file: &File, line: &str) -> bool {
    let library =
        file.path.starts_with("crates/") && !PROGRAMS.iter().any(|program| file.path.starts_with(program));
    let comment = line.trim_start().starts_with("//");
    scope == Scope::Everywhere || (library && file.is_source() && !comment)
}

/// Whether the line has the word, and not only as part of a longer word or path.
fn stands_in(line: &str, word: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    let path = |c: char| letter(c) || "-.}".contains(c);
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let longer_before = word.starts_with(letter) && before.is_some_and(letter);
        let deeper = word.starts_with('/') && before.is_some_and(path);
        let longer_after = word.ends_with(letter) && after.is_some_and(letter);
        !(longer_before || deeper || longer_after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn every_word_is_found_in_code_and_in_text() {
        for word in WORDS.iter().filter(|word| word.scope == Scope::Everywhere) {
            let line = format!("see {}\n", word.text);
            assert_eq!(found("crates/x/src/lib.rs", &line), 1, "{}", word.text);
            assert_eq!(found("docs/a.md", &line), 1, "{}", word.text);
        }
    }

    #[test]
    fn only_libraries_may_not_look_around() {
        let line = format!("use {}::var;\n", concat!("std", "::env"));
        assert_eq!(found("crates/octoseal/src/lib.rs", &line), 1);
        assert_eq!(found("crates/octoseal-cli/src/main.rs", &line), 0);
        assert_eq!(found("crates/octoseal/tests/a.rs", &line), 0);
        assert_eq!(found("crates/octoseal/src/lib.rs", &format!("//! {line}")), 0);
    }

    #[test]
    fn parts_of_longer_words_and_paths_pass() {
        let bed = concat!("/wo", "rk/");
        for line in [format!("repos/octo{bed}actions"), format!("{{owner}}{bed}"), "X".repeat(4)] {
            assert_eq!(found("docs/a.md", &line), 0, "{line}");
        }
        assert_eq!(found("docs/a.md", &format!("cd {bed}main")), 1);
    }
}
