//! Errors of requests before they are sent, and of their answers.

use crate::limits::{MAX_NAME_BYTES, MAX_PAGE_SIZE};
use crate::problem::Problem;
use http::StatusCode;
use std::error;
use std::fmt;
use std::sync::Arc;

/// The reason why a name, a store, a value or an answer was refused.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The text is not a valid name. The text itself is not kept: it may be a secret value in the wrong
    /// place.
    InvalidName {
        /// The kind of name: "secret name", "environment" and so on.
        what: &'static str,
        /// The fault.
        fault: NameFault,
    },
    /// The text names no store.
    NoSuchStore {
        /// The path of the store that was probably meant.
        suggestion: Option<String>,
    },
    /// The store has secrets only, and no variables.
    NoVariables {
        /// The path of the store.
        store: String,
    },
    /// The text is not a sealed value: standard base64 of at least 48 bytes, GitHub's field `encrypted_value`.
    InvalidSealedValue,
    /// The text is not a time in the form of RFC 3339.
    InvalidTimestamp,
    /// The text names no family.
    NoSuchFamily,
    /// A page size is not between 1 and [`MAX_PAGE_SIZE`].
    InvalidPageSize,
    /// The owner of the store does not accept this access.
    AccessUnavailable {
        /// The path of the store.
        store: String,
        /// The access that the owner accepts, in words.
        takes: &'static str,
        /// The access, as [`AnyAccess::as_str`](crate::AnyAccess::as_str) names it.
        access: &'static str,
    },
    /// GitHub refused the request.
    Refused(Box<Problem>),
    /// GitHub's answer differs from its documentation. The cause, if known, is in
    /// [`source`](error::Error::source).
    UnexpectedAnswer {
        /// The status of the answer.
        status: StatusCode,
        /// The fault in its body.
        source: Option<Arc<dyn error::Error + Send + Sync>>,
    },
}

/// The fault in a name.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum NameFault {
    /// It is empty.
    Empty,
    /// It has more than [`MAX_NAME_BYTES`] bytes.
    TooLong,
    /// It is `.` or `..`, or has such a part between slashes. A server may resolve it as a step in the path.
    Dots,
    /// It has a control character.
    Control {
        /// The position in characters, from 1.
        position: usize,
    },
    /// It has a character that owners' and repositories' names lack: they have only `A-Z`, `a-z`, `0-9`, `-`,
    /// `_` and `.`.
    NotInOwnerNames {
        /// The position in characters, from 1.
        position: usize,
    },
    /// It has a `%` that starts no valid escape, or bytes that are not UTF-8.
    Encoding,
    /// It is not a repository in the form `OWNER/NAME`, with one slash.
    NotOwnerAndName,
    /// It is not an environment in the form `OWNER/NAME/environments/ENVIRONMENT`.
    NotAnEnvironment,
    /// It is not `user`, the name of the user whose token is used.
    NotTheUser,
    /// It has a character that secret names lack: they have only `A-Z`, `a-z`, `0-9` and `_`.
    NotInSecretNames {
        /// The position in characters, from 1.
        position: usize,
    },
    /// It starts with a digit.
    LeadingDigit,
    /// It starts with `GITHUB_`, a prefix that GitHub reserves.
    Reserved,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidName { what, fault } => write!(f, "the {what} {fault}"),
            Self::NoSuchStore { suggestion: Some(suggestion) } => {
                write!(f, "no such store; did you mean {suggestion}?")
            }
            Self::NoSuchStore { suggestion: None } => f.write_str(
                "no such store; a store is user/codespaces, \
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
                f.write_str("the time does not have the form 2023-11-23T16:23:35Z (RFC 3339)")
            }
            Self::NoSuchFamily => {
                f.write_str("unknown family; a family is actions, agents, codespaces or dependabot")
            }
            Self::InvalidPageSize => write!(f, "a page has between 1 and {MAX_PAGE_SIZE} items"),
            Self::AccessUnavailable { store, access, takes } => {
                write!(f, "{store} does not take the access {access:?}: {takes}")
            }
            Self::Refused(problem) => problem.fmt(f),
            Self::UnexpectedAnswer { status, source: _ } => {
                write!(
                    f,
                    "GitHub's documentation does not list an answer like this one, with status {status}, for this request"
                )
            }
        }
    }
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::TooLong => write!(f, "has more than {MAX_NAME_BYTES} bytes"),
            Self::Dots => {
                f.write_str("is . or .. or has such a part, which a server may resolve as a step in the path")
            }
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
            Self::Reserved => f.write_str("starts with GITHUB_, a prefix that GitHub reserves"),
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
