//! The name of a secret, checked once.

use crate::error::{Error, NameFault};
use crate::limits::MAX_NAME_BYTES;
use std::fmt;
use std::str::FromStr;

/// A name that GitHub takes for a secret, in upper case from here on.
///
/// Letters, digits and underscores; not starting with a digit or with `GITHUB_` ("Naming your secrets" in GitHub's
/// documentation); at most [`MAX_NAME_BYTES`] long, which is a limit of ours. GitHub takes names in any case and gives
/// them back in upper case.
///
/// # Examples
///
/// ```
/// use octoseal_model::SecretName;
///
/// assert_eq!(SecretName::new("npm_token")?.as_str(), "NPM_TOKEN");
/// assert!(SecretName::new("npm-token").is_err());
/// assert!(SecretName::new("github_token").is_err());
/// # Ok::<(), octoseal_model::Error>(())
/// ```
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SecretName(String);

impl SecretName {
    /// Checks `text` and folds it to upper case.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`] with what is wrong; the text itself is not in the error.
    pub fn new(text: &str) -> Result<Self, Error> {
        match fault(text) {
            Some(fault) => Err(Error::InvalidName { what: "secret name", fault }),
            None => Ok(Self(text.to_ascii_uppercase())),
        }
    }

    /// The name in upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn fault(text: &str) -> Option<NameFault> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if text.is_empty() {
        return Some(NameFault::Empty);
    }
    if text.len() > MAX_NAME_BYTES {
        return Some(NameFault::TooLong);
    }
    if let Some(position) = text.chars().position(|c| !allowed(c)) {
        return Some(NameFault::NotInSecretNames { position: position + 1 });
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(NameFault::LeadingDigit);
    }
    let reserved = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("GITHUB_"));
    reserved.then_some(NameFault::Reserved)
}

impl FromStr for SecretName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::new(text)
    }
}

impl fmt::Display for SecretName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
