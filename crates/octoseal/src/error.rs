//! Who failed, and why.

use http::StatusCode;
use octoseal_model::{Problem, limits};
use octoseal_transport::RateLimit;
use std::error;
use std::fmt;
use std::time::Duration;

/// Why something did not succeed: the variant says who failed, the predicates say why.
///
/// No error holds a value, a token or a secret key.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A name, a store or a page size cannot be one; nothing was sent.
    Invalid(octoseal_model::Error),
    /// The value is longer than [`MAX_VALUE_BYTES`](limits::MAX_VALUE_BYTES); nothing was sent.
    ValueTooLong {
        /// How many bytes it has.
        bytes: usize,
    },
    /// An installation token cannot have secrets of a user's; nothing was sent.
    InstallationToken,
    /// The name of the program has characters that a header cannot have; nothing was sent.
    InvalidUserAgent,
    /// The token, the URL or a root certificate cannot be one; nothing was sent.
    Settings(octoseal_transport::Error),
    /// The public key of a store did not arrive in time, since others were waiting for it too; nothing was sent.
    KeyTooLate {
        /// The path of the store.
        store: String,
    },
    /// The public key that the server handed out is not one; nothing was sealed.
    Key {
        /// The path of the store.
        store: String,
        /// What is wrong with it.
        source: octoseal_crypto::Error,
    },
    /// The value could not be sealed; nothing was sent.
    Seal(octoseal_crypto::Error),
    /// GitHub refused.
    Refused(Box<Refusal>),
    /// The request was not completed: there is no answer, or it is one that is not followed.
    Transport {
        /// The method and the path.
        operation: String,
        /// What happened on the way.
        source: octoseal_transport::Error,
    },
    /// GitHub's answer is not what its documentation says.
    Answer {
        /// The method and the path.
        operation: String,
        /// What is wrong with it.
        source: octoseal_model::Error,
    },
    /// The secret's visibility is a word that is new to us, so the readers cannot be kept; nothing was written.
    UnknownVisibility,
    /// The items of a listing are not as many as GitHub says there are, or it changed while it was read.
    Incomplete {
        /// The different items that arrived.
        found: u64,
        /// The items that GitHub says there are.
        total: u64,
    },
    /// A listing has no end.
    TooManyPages,
}

/// What GitHub refused, its words, and what they probably mean.
#[derive(Debug)]
pub struct Refusal {
    operation: String,
    problem: Problem,
    limit: Option<RateLimit>,
    explanation: Option<String>,
    perhaps_done: bool,
}

impl Error {
    pub(crate) fn refused(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }

    /// GitHub's refusal, if that is what it is.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The status of GitHub's refusal.
    pub fn status(&self) -> Option<StatusCode> {
        self.refusal().map(|refusal| refusal.problem.status())
    }

    /// Whether there is no such thing, or the token may not see it (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether GitHub found what was sent invalid (422, "Validation failed, or the endpoint has been spammed").
    pub fn is_validation_failed(&self) -> bool {
        self.status() == Some(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Whether GitHub does not know the token (401), or gave a GitHub App none.
    pub fn is_unauthorized(&self) -> bool {
        let no_token = matches!(self, Self::Transport { source, .. } if source.is_no_token());
        no_token || self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Whether the token may not do this (403), which can also be a rate limit.
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// Whether the visibility of a secret does not fit the operation (409).
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// Whether it is a rate limit, primary or secondary: GitHub's refusal, or no turn within the pacer's patience.
    /// Nothing was done; try again later.
    pub fn is_rate_limited(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.limit.is_some(),
            Self::Transport { source, .. } => source.is_rate_limited(),
            _ => false,
        }
    }

    /// After how long it is worth to try again, if GitHub has said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.limit.and_then(|limit| limit.wait),
            Self::Transport { source, .. } => source.retry_after(),
            _ => None,
        }
    }

    /// Whether the caller gave something that cannot be sent; nothing was.
    pub fn is_invalid_input(&self) -> bool {
        matches!(
            self,
            Self::Invalid(_) | Self::ValueTooLong { .. } | Self::Settings(_) | Self::InvalidUserAgent
        )
    }

    /// Whether a write was perhaps done: its answer was lost or cannot be understood, or the server failed on it.
    pub fn is_unknown_outcome(&self) -> bool {
        match self {
            Self::Transport { source, .. } => source.is_unknown_outcome(),
            Self::Answer { operation, .. } => writes(operation),
            Self::Refused(refusal) => refusal.perhaps_done,
            _ => false,
        }
    }
}

impl Refusal {
    /// `repeated` says that an earlier attempt of the same request was perhaps done.
    pub(crate) fn new(
        operation: String,
        problem: Problem,
        limit: Option<RateLimit>,
        explanation: Option<String>,
        repeated: bool,
    ) -> Self {
        let perhaps_done = writes(&operation) && (repeated || problem.status().is_server_error());
        Self { operation, problem, limit, explanation, perhaps_done }
    }

    /// The method and the path that GitHub refused.
    pub fn operation(&self) -> &str {
        &self.operation
    }

    /// What GitHub said.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// What it probably means and what to do, told from the token's kind and GitHub's headers.
    pub fn explanation(&self) -> Option<&str> {
        self.explanation.as_deref()
    }

    /// The id by which GitHub's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.problem.header("x-github-request-id")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => error.fmt(f),
            Self::ValueTooLong { bytes } => {
                write!(f, "the value has {bytes} bytes, more than {} (48 KB)", limits::MAX_VALUE_BYTES)
            }
            Self::InstallationToken => f.write_str(
                "a GitHub App's installation token cannot have a user's secrets; use a token of the user's, \
                 such as a personal access token with the scope codespace:secrets",
            ),
            Self::InvalidUserAgent => f.write_str("the user agent has characters that a header cannot have"),
            Self::Settings(_) => f.write_str("the client cannot be made with these settings"),
            Self::KeyTooLate { store } => {
                write!(f, "the public key of {store} did not arrive in time, so nothing was sealed or sent")
            }
            Self::Key { store, source: _ } => {
                write!(f, "the public key of {store} cannot be used, so nothing was sealed or sent")
            }
            Self::Seal(_) => f.write_str("the value could not be sealed, so nothing was sent"),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Transport { operation, source: _ } => write!(f, "{operation} was not completed"),
            Self::Answer { operation, source: _ } => write!(f, "the answer to {operation} cannot be read"),
            Self::UnknownVisibility => f.write_str(
                "the secret's visibility is unknown to us, so its readers could not be kept and nothing was \
                 written; say who may read it",
            ),
            Self::Incomplete { found, total } => {
                write!(
                    f,
                    "{found} of {total} items arrived, or they changed meanwhile; try again, \
                     or say who may read it"
                )
            }
            Self::TooManyPages => f.write_str("the listing has more than 1,000 pages"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.problem)?;
        self.explanation.iter().try_for_each(|explanation| write!(f, "; {explanation}"))?;
        if self.perhaps_done { f.write_str("; the write was perhaps done") } else { Ok(()) }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Invalid(error) => error.source(),
            Self::Key { source, .. } | Self::Seal(source) => Some(source),
            Self::Settings(source) | Self::Transport { source, .. } => Some(source),
            Self::Answer { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Whether an operation, a method and a path, can change something.
fn writes(operation: &str) -> bool {
    !operation.starts_with("GET ")
}

impl From<octoseal_model::Error> for Error {
    fn from(error: octoseal_model::Error) -> Self {
        Self::Invalid(error)
    }
}
