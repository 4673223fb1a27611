//! JSON Pointer (RFC 6901): the place of a table inside a nested document.

use super::limits::MAX_DEPTH;
use std::error;
use std::fmt;
use std::str::FromStr;

/// A place inside a nested JSON, TOML or YAML document: a JSON Pointer (RFC 6901).
///
/// # Examples
///
/// ```
/// use octoseal_fleet::inputs::Pointer;
///
/// let pointer: Pointer = "/data/a~1b/0".parse()?;
/// assert_eq!(pointer.tokens(), ["data", "a/b", "0"]);
/// assert_eq!(pointer.to_string(), "/data/a~1b/0");
/// assert!("data".parse::<Pointer>().is_err());
/// # Ok::<(), octoseal_fleet::inputs::InvalidPointer>(())
/// ```
#[derive(Clone, Debug, Default, Eq, Hash, PartialEq)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// Returns the keys and positions from the root of the document, unescaped. The list of the root itself
    /// is empty.
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// Returns the position in a list that a token means: digits without a leading zero.
    pub(super) fn index(token: &str) -> Option<usize> {
        let is_index =
            token == "0" || !token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit());
        if is_index { token.parse().ok() } else { None }
    }
}

impl FromStr for Pointer {
    type Err = InvalidPointer;

    fn from_str(text: &str) -> Result<Self, InvalidPointer> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let tokens = text.strip_prefix('/').ok_or(InvalidPointer::NoSlash)?;
        let tokens: Vec<_> = tokens.split('/').map(unescape).collect::<Result<_, _>>()?;
        if tokens.len() > MAX_DEPTH { Err(InvalidPointer::TooDeep) } else { Ok(Self(tokens)) }
    }
}

fn unescape(token: &str) -> Result<String, InvalidPointer> {
    let is_escape = |rest: &str| rest.starts_with(['0', '1']);
    match token.split('~').skip(1).all(is_escape) {
        true => Ok(token.replace("~1", "/").replace("~0", "~")),
        false => Err(InvalidPointer::Escape),
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|token| write!(f, "/{}", token.replace('~', "~0").replace('/', "~1")))
    }
}

/// The reason why a text is not a [`Pointer`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum InvalidPointer {
    /// The text is not empty and does not begin with a slash.
    NoSlash,
    /// A `~` is not part of `~0` or `~1`.
    Escape,
    /// The pointer has more than [`MAX_DEPTH`] parts.
    TooDeep,
}

impl fmt::Display for InvalidPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSlash => f.write_str("a JSON Pointer begins with a slash, for example /data/data"),
            Self::Escape => f.write_str("a ~ in a JSON Pointer is written ~0, and a / in a key ~1"),
            Self::TooDeep => write!(f, "the JSON Pointer has more than {MAX_DEPTH} parts"),
        }
    }
}

impl error::Error for InvalidPointer {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc_are_read() {
        for (text, tokens) in [
            ("", &[][..]),
            ("/foo/0", &["foo", "0"]),
            ("/", &[""]),
            ("/a~1b", &["a/b"]),
            ("/m~0n", &["m~n"]),
            ("/~01", &["~1"]),
            ("/ ", &[" "]),
            ("/c%d", &["c%d"]),
        ] {
            let pointer: Pointer = text.parse().unwrap();
            assert_eq!(pointer.tokens(), tokens);
            assert_eq!(pointer.to_string(), text);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for (text, error) in [
            ("a", InvalidPointer::NoSlash),
            ("#/a", InvalidPointer::NoSlash),
            ("/~", InvalidPointer::Escape),
            ("/a~2", InvalidPointer::Escape),
            (&"/a".repeat(MAX_DEPTH + 1), InvalidPointer::TooDeep),
        ] {
            assert_eq!(text.parse::<Pointer>(), Err(error), "{text}");
        }
        assert!("/a".repeat(MAX_DEPTH).parse::<Pointer>().is_ok());
    }

    #[test]
    fn positions_have_no_leading_zero_and_no_sign() {
        assert_eq!(Pointer::index("0"), Some(0));
        assert_eq!(Pointer::index("10"), Some(10));
        for token in ["", "00", "01", "-", "+1", "1a", "99999999999999999999999"] {
            assert_eq!(Pointer::index(token), None, "{token}");
        }
    }
}
