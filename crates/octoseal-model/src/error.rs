//! What can go wrong before a request is sent, and with the answer to it.

use crate::limits::{MAX_NAME_BYTES, MAX_PAGE_SIZE};
use crate::problem::Problem;
use http::StatusCode;
use std::error;
use std::fmt;
use std::sync::Arc;

/// Why a name, a store, a value or an answer was refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// A name cannot be one. The text itself is not kept: it may be a value in the wrong place.
    InvalidName {
        /// What the name was to name: "secret name", "environment" and so on.
        what: &'static str,
        /// What is wrong with it.
        fault: NameFault,
    },
    /// The text names no store; perhaps this one was meant.
    NoSuchStore {
        /// The path of a store that resembles the text.
        suggestion: Option<String>,
    },
    /// The store keeps secrets only, and no variables.
    NoVariables {
        /// The path of the store.
        store: String,
    },
    /// The text is not a sealed value: standard base64 of at least 48 bytes, GitHub's field `encrypted_value`.
    InvalidSealedValue,
    /// The text is not a moment in the form of RFC 3339.
    InvalidTimestamp,
    /// The text names no family.
    NoSuchFamily,
    /// A page has between 1 and [`MAX_PAGE_SIZE`] items.
    InvalidPageSize,
    /// The owner of the store does not take this access.
    AccessUnavailable {
        /// The path of the store.
        store: String,
        /// What the owner takes, in words.
        takes: &'static str,
        /// The access, as [`AnyAccess::as_str`](crate::AnyAccess::as_str) names it.
        access: &'static str,
    },
    /// GitHub answered, and refused.
    Refused(Box<Problem>),
    /// GitHub's answer is not what its documentation says; the cause, if any, is in [`source`](error::Error::source).
    UnexpectedAnswer {
        /// The status of the answer.
        status: StatusCode,
        /// What was wrong with its body.
        source: Option<Arc<dyn error::Error + Send + Sync>>,
    },
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum NameFault {
    /// There is no text at all.
    Empty,
    /// It has more than [`MAX_NAME_BYTES`] bytes.
    TooLong,
    /// It is `.` or `..`, or has such a part between slashes, which a server may take for a step in the path.
    Dots,
    /// A character that cannot be printed stands at this position, counted from 1.
    Control {
        /// Counted in characters, from 1.
        position: usize,
    },
    /// An owner's or a repository's name has only `A-Z`, `a-z`, `0-9`, `-`, `_` and `.`; something else stands at this
    /// position, counted from 1.
    NotInOwnerNames {
        /// Counted in characters, from 1.
        position: usize,
    },
    /// A `%` that starts no valid escape, or bytes that are not UTF-8.
    Encoding,
    /// A repository is written `OWNER/NAME`, with one slash.
    NotOwnerAndName,
    /// An environment is written `OWNER/NAME/environments/ENVIRONMENT`.
    NotAnEnvironment,
    /// The user whose token is used is written `user`.
    NotTheUser,
    /// A secret's name has only `A-Z`, `a-z`, `0-9` and `_`; something else stands at this position, counted from 1.
    NotInSecretNames {
        /// Counted in characters, from 1.
        position: usize,
    },
    /// A secret's name does not start with a digit.
    LeadingDigit,
    /// GitHub keeps the names that start with `GITHUB_` to itself.
    Reserved,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidName { what, fault } => write!(f, "the {what} {fault}"),
            Self::NoSuchStore { suggestion: Some(suggestion) } => {
                write!(f, "there is no such store; did you mean {suggestion}?")
            }
            Self::NoSuchStore { suggestion: None } => f.write_str(
                "there is no such store; a store is user/codespaces, \
                 repos/OWNER/REPO/(actions|agents|codespaces|dependabot), repos/OWNER/REPO/environments/NAME \
                 or orgs/ORG/(actions|agents|codespaces|dependabot)",
            ),
            Self::NoVariables { store } => {
                write!(f, "{store} has no variables; only Actions and agents have them, and no user")
            }
            Self::InvalidSealedValue => f.write_str(
                "the sealed value is not standard base64 of at least 48 bytes; seal the value first",
            ),
            Self::InvalidTimestamp => {
                f.write_str("the moment is not written as 2023-11-23T16:23:35Z (RFC 3339)")
            }
            Self::NoSuchFamily => {
                f.write_str("there is no such family; a family is actions, agents, codespaces or dependabot")
            }
            Self::InvalidPageSize => write!(f, "a page has between 1 and {MAX_PAGE_SIZE} items"),
            Self::AccessUnavailable { store, access, takes } => {
                write!(f, "{store} does not take the access {access:?}: {takes}")
            }
            Self::Refused(problem) => problem.fmt(f),
            Self::UnexpectedAnswer { status, source: _ } => {
                write!(f, "the answer with status {status} is not one that GitHub documents for this request")
            }
        }
    }
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::TooLong => write!(f, "has more than {MAX_NAME_BYTES} bytes"),
            Self::Dots => f.write_str("is . or .. or has such a part, which would be a step in the path"),
            Self::Control { position } => write!(f, "has a control character at position {position}"),
            Self::NotInOwnerNames { position } => write!(
                f,
                "has a character at position {position} that is not a letter (A-Z, a-z), a digit, -, _ or ."
            ),
            Self::Encoding => f.write_str("is not percent-encoded UTF-8"),
            Self::NotOwnerAndName => f.write_str("is not written OWNER/NAME"),
            Self::NotAnEnvironment => f.write_str("is not written OWNER/NAME/environments/ENVIRONMENT"),
            Self::NotTheUser => f.write_str("is not written `user`"),
            Self::NotInSecretNames { position } => write!(
                f,
                "has a character at position {position} that is not a letter (A-Z, a-z), a digit or an underscore"
            ),
            Self::LeadingDigit => f.write_str("starts with a digit; start it with a letter or an underscore"),
            Self::Reserved => f.write_str("starts with GITHUB_, which GitHub keeps to itself"),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::UnexpectedAnswer { source: Some(cause), .. } => Some(cause.as_ref()),
            _ => None,
        }
    }
}
