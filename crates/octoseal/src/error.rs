//! Who failed, and why.

mod text;

use crate::refusal::Refusal;
use http::StatusCode;
use octoseal_model::{AnyStore, Operation, SecretName, Visibility};
use std::sync::Arc;
use std::time::Duration;

/// Why something did not succeed: the variant says who failed, the predicates say why.
///
/// What a caller can do about each status and each variant stands in `docs/errors.md` of the repository. An error and its
/// [`source`](std::error::Error::source)s say each thing once, so print all of them. No error holds a value, a token or a
/// secret key.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// A name, a store or a page size cannot be one; nothing was sent.
    Invalid(octoseal_model::Error),
    /// The value is longer than [`MAX_VALUE_BYTES`](octoseal_model::limits::MAX_VALUE_BYTES); nothing was sent.
    ValueTooLong {
        /// How many bytes it has.
        bytes: usize,
    },
    /// An installation token cannot have secrets of a user's; nothing was sent.
    InstallationToken,
    /// The name stood among the values before, and that one counts; this one was not sent.
    RepeatedName,
    /// The store stood among the stores before, perhaps in another case; this one was not written again.
    RepeatedStore,
    /// Another request of the same call failed in a way that this one would fail, too: it was not sent. The predicates
    /// tell of the other one's failure.
    NotTried(Arc<Error>),
    /// The caller stopped the call ([`Results::stop`](crate::Results::stop)) before this write was sent.
    Stopped,
    /// The name of the program has characters that a header cannot have; nothing was sent.
    InvalidUserAgent,
    /// A transport and a configuration of connections were given, and the configuration would not apply; nothing was sent.
    UnusedConfig,
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
    /// A value that was sealed elsewhere is not sealed to the key that the store has now; nothing was written.
    KeyChanged {
        /// The store.
        store: Box<AnyStore>,
        /// The name of the secret.
        name: SecretName,
    },
    /// GitHub refused.
    Refused(Box<Refusal>),
    /// The request was not completed: there is no answer, or it is one that is not followed.
    Transport {
        /// The operation that was under way.
        operation: Box<Operation>,
        /// What happened on the way.
        source: octoseal_transport::Error,
    },
    /// GitHub's answer is not what its documentation says.
    Answer {
        /// The operation that was under way.
        operation: Box<Operation>,
        /// What is wrong with it.
        source: octoseal_model::Error,
    },
    /// There is no secret whose access could be kept, or the token may not see it; nothing was written.
    NothingToKeep {
        /// The store.
        store: Box<AnyStore>,
        /// The name of the secret.
        name: SecretName,
        /// GitHub's answer to the question for the secret.
        refusal: Box<Refusal>,
    },
    /// The value was written, and the access of a secret that was there was replaced with the access for a new one: GitHub
    /// said first that there is no such secret, and then updated it ([`AnyAccess::KeepOr`](crate::AnyAccess::KeepOr)).
    ///
    /// A read that GitHub answers from an old copy is one reason, and a secret that someone else creates meanwhile another.
    AccessReplaced {
        /// The store.
        store: Box<AnyStore>,
        /// The name of the secret.
        name: SecretName,
        /// The access that the secret has now.
        access: Visibility,
        /// Whether the secret was there before this write. If not, an earlier attempt of the write was perhaps done and its
        /// answer lost, so it can also be that attempt that created the secret.
        is_proven: bool,
    },
    /// The secret's visibility is a word that is new to us, so the readers cannot be kept; nothing was written.
    UnknownVisibility,
    /// The items of a listing are not as many as GitHub says there are, or it changed while it was read, twice.
    Incomplete {
        /// The different items that arrived.
        found: u64,
        /// The items that GitHub says there are.
        total: u64,
    },
    /// GitHub left items out of a listing, since the token is not authorized for single sign-on.
    PartialResults {
        /// The ids of the organizations that want it, as GitHub names them.
        organizations: String,
    },
    /// A listing has no end.
    TooManyPages,
}

impl Error {
    pub(crate) fn refused(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }

    /// GitHub's refusal, if that is what it is.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::NothingToKeep { refusal, .. } => Some(refusal),
            Self::NotTried(cause) => cause.refusal(),
            _ => None,
        }
    }

    /// The status of GitHub's refusal.
    pub fn status(&self) -> Option<StatusCode> {
        self.refusal().map(|refusal| refusal.problem().status())
    }

    /// Whether there is no such thing, or the token may not see it (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether GitHub found what was sent invalid (422, "Validation failed, or the endpoint has been spammed").
    pub fn is_validation_failed(&self) -> bool {
        self.status() == Some(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Whether GitHub does not know the token (401), or gave a GitHub App none for another reason than a rate limit.
    pub fn is_unauthorized(&self) -> bool {
        match self {
            Self::Transport { source, .. } => source.is_no_token() && !source.is_rate_limited(),
            Self::NotTried(cause) => cause.is_unauthorized(),
            _ => self.status() == Some(StatusCode::UNAUTHORIZED),
        }
    }

    /// Whether GitHub refuses every token of this client for a time, since wrong ones were sent: "Maximum number of login
    /// attempts exceeded" (403). Wait some minutes, then use a good token.
    pub fn is_locked_out(&self) -> bool {
        self.refusal().is_some_and(Refusal::is_lock_out)
    }

    /// Whether the token may not do this (403), which can also be a rate limit.
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// Whether the visibility of a secret does not fit the operation (409).
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// Whether it is a rate limit, primary or secondary: GitHub's refusal, or no turn within the longest wait.
    /// Nothing was done; try again later.
    pub fn is_rate_limited(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.limit().is_some(),
            Self::Transport { source, .. } => source.is_rate_limited(),
            Self::NotTried(cause) => cause.is_rate_limited(),
            _ => false,
        }
    }

    /// After how long it is worth to try again, if GitHub has said so.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.limit().and_then(|limit| limit.wait),
            Self::Transport { source, .. } => source.retry_after(),
            Self::NotTried(cause) => cause.retry_after(),
            _ => None,
        }
    }

    /// Whether the caller gave something that cannot be sent; nothing was.
    pub fn is_invalid_input(&self) -> bool {
        matches!(
            self,
            Self::Invalid(_)
                | Self::ValueTooLong { .. }
                | Self::RepeatedName
                | Self::RepeatedStore
                | Self::Settings(_)
                | Self::InvalidUserAgent
                | Self::UnusedConfig
        )
    }

    /// Whether the value was written all the same: only the access is not what was asked for
    /// ([`AccessReplaced`](Self::AccessReplaced)).
    pub fn is_written(&self) -> bool {
        matches!(self, Self::AccessReplaced { .. })
    }

    /// Whether a write was perhaps done: its answer was lost or cannot be understood, or the server failed on it.
    pub fn is_unknown_outcome(&self) -> bool {
        match self {
            Self::Transport { operation, source } => !operation.is_read() && source.is_unknown_outcome(),
            Self::Answer { operation, .. } => !operation.is_read(),
            Self::Refused(refusal) => refusal.is_perhaps_done(),
            _ => false,
        }
    }
}

impl From<octoseal_model::Error> for Error {
    fn from(error: octoseal_model::Error) -> Self {
        Self::Invalid(error)
    }
}

#[cfg(test)]
mod tests;
