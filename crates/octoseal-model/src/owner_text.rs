//! The text form of owners: `octo/hello`, `octo/hello/environments/prod%2Feu`, `acme`, `user`.

use crate::error::{Error, NameFault};
use crate::owner::{Environment, Organization, Repository, User};
use std::fmt;
use std::str::FromStr;

/// Reads `owner/name`.
impl FromStr for Repository {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.split_once('/') {
            Some((owner, name)) if !name.contains('/') => Self::new(owner, name),
            _ => Err(Error::InvalidName { what: "repository", fault: NameFault::NotOwnerAndName }),
        }
    }
}

/// Writes `owner/name`.
impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/{}", self.owner(), self.name()))
    }
}

/// Reads `owner/name/environments/environment`, the last part percent-encoded.
impl FromStr for Environment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.split('/').collect::<Vec<_>>()[..] {
            [owner, name, "environments", environment] => {
                Repository::new(owner, name)?.decode_environment(environment)
            }
            _ => Err(Error::InvalidName { what: "environment", fault: NameFault::NotAnEnvironment }),
        }
    }
}

/// Writes `owner/name/environments/environment`, the last part percent-encoded.
impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}/environments/{}", self.repository(), self.encoded_name()))
    }
}

/// Reads the login.
impl FromStr for Organization {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::new(text)
    }
}

/// Writes the login.
impl fmt::Display for Organization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.login())
    }
}

/// Reads `user`.
impl FromStr for User {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "user" => Ok(Self),
            _ => Err(Error::InvalidName { what: "user", fault: NameFault::NotTheUser }),
        }
    }
}

/// Writes `user`.
impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("user")
    }
}
