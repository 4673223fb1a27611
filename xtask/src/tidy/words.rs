//! Words that may not appear in text files: xtask/tidy/words.toml.

use super::Violation;
use super::tree::{File, Tree};
use serde::Deserialize;
use std::collections::BTreeMap;

const TABLE: &str = "xtask/tidy/words.toml";

/// The crates that are not libraries.
const PROGRAMS: [&str; 2] = ["crates/octoseal-cli/", "crates/octoseal-lab/"];

/// The table: each word with a suggestion. The file explains the scopes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    everywhere: BTreeMap<String, String>,
    libraries: BTreeMap<String, String>,
    plain_english: BTreeMap<String, String>,
}

impl Words {
    fn read() -> Result<Self, String> {
        let words = toml_edit::de::from_str(include_str!("../../tidy/words.toml"));
        words.map_err(|error| error.message().to_owned())
    }

    /// Lists the words in a line of a file, with their suggestions.
    fn in_line(&self, file: &File, line: &str) -> Vec<(&str, &str)> {
        let is_library = file.path.starts_with("crates/")
            && file.is_source()
            && !PROGRAMS.iter().any(|program| file.path.starts_with(program))
            && !line.trim_start().starts_with("//");
        let scopes = [(true, &self.everywhere), (is_library, &self.libraries), (true, &self.plain_english)];
        let words = scopes.into_iter().filter(|(applies, _)| *applies).flat_map(|(_, words)| words);
        let words = words
            .filter(|(word, _)| contains_phrase(line, word) || contains_phrase(line, &capitalized(word)));
        words.map(|(word, suggestion)| (word.as_str(), suggestion.as_str())).collect()
    }
}

pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let words = match Words::read() {
        Ok(words) => words,
        Err(error) => return vec![Violation::new(TABLE, 1, error)],
    };
    let mut violations = Vec::new();
    for file in tree.files.iter().filter(|file| file.path != TABLE) {
        for (index, line) in file.text.lines().enumerate() {
            for (word, suggestion) in words.in_line(file, line) {
                let message = format!("do not write `{word}`; instead: {suggestion}");
                violations.push(Violation::new(&file.path, index + 1, message));
            }
        }
    }
    violations
}

/// Returns the word as it begins a sentence.
fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Returns whether the line contains all parts of the phrase in order. ` … ` separates the parts.
fn contains_phrase(line: &str, phrase: &str) -> bool {
    let mut rest = line;
    phrase.split(" … ").all(|part| match end_of(rest, part) {
        Some(end) => {
            rest = &rest[end..];
            true
        }
        None => false,
    })
}

/// Finds the end of a word in the line. A part of a longer word or path does not count.
fn end_of(line: &str, word: &str) -> Option<usize> {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    let path = |c: char| letter(c) || "-.}".contains(c);
    let found = line.match_indices(word).find(|(at, _)| {
        let before = line[..*at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let longer_before = word.starts_with(letter) && before.is_some_and(letter);
        let longer_path = word.starts_with('/') && before.is_some_and(path);
        let longer_after = word.ends_with(letter) && after.is_some_and(letter);
        !(longer_before || longer_path || longer_after)
    });
    found.map(|(at, _)| at + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violations(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn every_word_is_found_in_its_scope_and_only_there() {
        let words = Words::read().unwrap();
        for word in words.everywhere.keys() {
            assert_eq!(violations("docs/a.md", &format!("see {word}\n")), 1, "{word}");
        }
        for word in words.libraries.keys() {
            let line = format!("use {word}::var;\n");
            assert_eq!(violations("crates/octoseal/src/lib.rs", &line), 1);
            assert_eq!(violations("crates/octoseal-cli/src/main.rs", &line), 0);
            assert_eq!(violations("crates/octoseal/tests/a.rs", &line), 0);
            assert_eq!(violations("crates/octoseal/src/lib.rs", &format!("//! {line}")), 0);
        }
        for phrase in words.plain_english.keys() {
            let line = format!("// and {}\n", phrase.replace('…', "it"));
            assert!(violations("xtask/src/main.rs", &line) >= 1, "{phrase}");
            assert!(violations("xtask/src/main.rs", &capitalized(&line[7..])) >= 1, "{phrase}");
            assert!(violations("new.toml", &line) >= 1, "{phrase}");
        }
    }

    #[test]
    fn a_part_of_a_longer_word_or_path_is_accepted() {
        let words = Words::read().unwrap();
        let folder = words.everywhere.keys().find(|word| word.starts_with('/')).unwrap();
        for line in [format!("repos/octo{folder}actions"), format!("{{owner}}{folder}"), "X".repeat(4)] {
            assert_eq!(violations("docs/a.md", &line), 0, "{line}");
        }
        assert_eq!(violations("docs/a.md", &format!("cd {folder}main")), 1);
        assert_eq!(violations("xtask/a.md", "besides, the lottery\n"), 0);
    }
}
