//! Names of secrets and variables, checked once.

use crate::error::{Error, NameFault};
use crate::limits::MAX_NAME_BYTES;
use std::fmt;
use std::str::FromStr;

macro_rules! names {
    ($($(#[$doc:meta])* $kind:ident $name:ident $what:literal)*) => {
        /// The name of a secret or of a variable.
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        pub(crate) enum Name {
            $($kind($name)),*
        }

        $(
        $(#[$doc])*
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(String);

        impl $name {
            /// Checks `text` and converts it to upper case.
            ///
            /// # Errors
            ///
            /// [`Error::InvalidName`] with the fault. The text itself is not in the error.
            pub fn new(text: &str) -> Result<Self, Error> {
                match fault(text) {
                    Some(fault) => Err(Error::InvalidName { what: $what, fault }),
                    None => Ok(Self(text.to_ascii_uppercase())),
                }
            }

            /// Returns the name in upper case.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&$name> for Name {
            fn from(name: &$name) -> Self {
                Self::$kind(name.clone())
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Self::new(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    )*
    };
}

names! {
    /// A valid name of a secret, in upper case.
    ///
    /// It has letters, digits and underscores, and does not start with a digit or with `GITHUB_` ("Naming
    /// your secrets" in GitHub's documentation). It has at most [`MAX_NAME_BYTES`] bytes, a limit of this
    /// crate. GitHub accepts names in any case and returns them in upper case.
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
    Secret SecretName "secret name"

    /// A valid name of a variable, in upper case.
    ///
    /// The rules are those of a [`SecretName`] ("Naming conventions for configuration variables" in GitHub's documentation).
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_model::VariableName;
    ///
    /// assert_eq!(VariableName::new("log_level")?.as_str(), "LOG_LEVEL");
    /// assert!(VariableName::new("2fast").is_err());
    /// # Ok::<(), octoseal_model::Error>(())
    /// ```
    Variable VariableName "variable name"
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
