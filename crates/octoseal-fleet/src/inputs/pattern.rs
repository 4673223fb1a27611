//! Patterns of keys.

use globset::{GlobBuilder, GlobMatcher};
use std::error;
use std::fmt;
use std::str::FromStr;

/// Maximum number of bytes of a pattern.
const MAX_BYTES: usize = 1_000;

/// A pattern of keys: `*`, `?`, `[a-z]` and `{a,b}`. Case is ignored, as in GitHub's names.
///
/// # Examples
///
/// ```
/// use octoseal_fleet::inputs::Pattern;
///
/// let pattern: Pattern = "{NPM,PYPI}_*".parse()?;
/// assert!(pattern.matches("npm_token"));
/// assert!(!pattern.matches("TOKEN"));
/// # Ok::<(), octoseal_fleet::inputs::InvalidPattern>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    matcher: GlobMatcher,
}

impl Pattern {
    /// Returns whether the pattern matches the whole key.
    pub fn matches(&self, key: &str) -> bool {
        self.matcher.is_match(key)
    }

    /// Returns the pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Pattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        if text.is_empty() || text.len() > MAX_BYTES {
            return Err(InvalidPattern);
        }
        let glob = GlobBuilder::new(text).case_insensitive(true).backslash_escape(true).build();
        let matcher = glob.map_err(|_| InvalidPattern)?.compile_matcher();
        Ok(Self { text: text.to_owned(), matcher })
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// The text is not a [`Pattern`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidPattern;

impl fmt::Display for InvalidPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the pattern is not valid; a pattern is a name with *, ?, [a-z] or {A,B}")
    }
}

impl error::Error for InvalidPattern {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_whole_keys_in_any_case() {
        for (pattern, key, matches) in [
            ("A", "A", true),
            ("A", "a", true),
            ("A", "AB", false),
            ("A*", "AB", true),
            ("*", "a/b.c", true),
            ("A?", "AB", true),
            ("[ab]_*", "B_x", true),
            ("{A,B}", "C", false),
        ] {
            assert_eq!(pattern.parse::<Pattern>().unwrap().matches(key), matches, "{pattern} {key}");
        }
    }

    #[test]
    fn texts_that_are_not_patterns_are_refused() {
        for text in ["", "[", "{a", "[z-a]", "a}", &"*".repeat(MAX_BYTES + 1)] {
            assert_eq!(text.parse::<Pattern>().map(drop), Err(InvalidPattern), "{text}");
        }
    }
}
