//! A new name for one key.

use octoseal::SecretName;
use std::error;
use std::fmt;
use std::str::FromStr;

/// A new name for one key, written `OLD=NEW`.
///
/// # Examples
///
/// ```
/// use octoseal_fleet::inputs::Rename;
///
/// let rename: Rename = "npm.token=NPM_TOKEN".parse()?;
/// assert_eq!(rename.key(), "npm.token");
/// assert_eq!(rename.name().as_str(), "NPM_TOKEN");
/// # Ok::<(), octoseal_fleet::inputs::InvalidRename>(())
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rename {
    key: String,
    name: SecretName,
}

impl Rename {
    /// Returns the key in the text. Case is ignored in comparisons.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the name at GitHub.
    pub fn name(&self) -> &SecretName {
        &self.name
    }
}

impl FromStr for Rename {
    type Err = InvalidRename;

    /// Splits at the last `=`, because a name has none.
    fn from_str(text: &str) -> Result<Self, InvalidRename> {
        let (key, name) = text.rsplit_once('=').ok_or(InvalidRename::NoEqualsSign)?;
        if key.is_empty() {
            return Err(InvalidRename::NoKey);
        }
        Ok(Self { key: key.to_owned(), name: name.parse().map_err(InvalidRename::Name)? })
    }
}

/// The reason why a text is not a [`Rename`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum InvalidRename {
    /// The text has no `=`.
    NoEqualsSign,
    /// There is no key before the `=`.
    NoKey,
    /// GitHub refuses the new name.
    Name(octoseal::ModelError),
}

impl fmt::Display for InvalidRename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoEqualsSign => f.write_str("a rename is written OLD=NEW"),
            Self::NoKey => f.write_str("a rename is written OLD=NEW; the old key is missing"),
            Self::Name(error) => write!(f, "the new name is not valid: {error}"),
        }
    }
}

impl error::Error for InvalidRename {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rename_has_a_key_and_a_name() {
        for (text, word) in [("A", "OLD=NEW"), ("=A", "missing"), ("A=", "is empty"), ("A=1B", "digit")] {
            assert!(text.parse::<Rename>().unwrap_err().to_string().contains(word), "{text}");
        }
        assert_eq!("a=b=c".parse::<Rename>().unwrap().key(), "a=b");
    }
}
