//! Errors of the client.

mod text;

use crate::refusal::Refusal;
use http::StatusCode;
use octoseal_model::{AnyStore, Operation, SecretName, Visibility};
use std::sync::Arc;
use std::time::Duration;

/// The reason of a failure. The variant names the failed part, and the predicates classify the failure.
///
/// `docs/errors.md` of the repository explains what a caller can do about each status and each variant. An
/// error and its [`source`](std::error::Error::source)s never repeat each other, so print all of them. No
/// error holds a value, a token or a secret key.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// A name, a store or a page size is invalid. Nothing was sent.
    Invalid(octoseal_model::Error),
    /// The value is longer than [`MAX_VALUE_BYTES`](octoseal_model::limits::MAX_VALUE_BYTES). Nothing was
    /// sent.
    ValueTooLong {
        /// The length of the value in bytes.
        bytes: usize,
    },
    /// An installation token has no access to a user's secrets. Nothing was sent.
    InstallationToken,
    /// The name is a duplicate of an earlier one in the same call. This value was not sent.
    RepeatedName,
    /// The store is a duplicate of an earlier one in the same call, perhaps in another case. It was not
    /// written again.
    RepeatedStore,
    /// Another request of the same call failed in a way that this one would fail, too, so it was not sent.
    /// The predicates describe the other request's failure.
    NotTried(Arc<Error>),
    /// The caller stopped the call ([`Results::stop`](crate::Results::stop)) before this write was sent.
    Stopped,
    /// The name of the program has characters that a header cannot have. Nothing was sent.
    InvalidUserAgent,
    /// Both a transport and a configuration of connections were set, and the configuration would not apply.
    /// Nothing was sent.
    UnusedConfig,
    /// The token, the URL or a root certificate is invalid. Nothing was sent.
    Settings(octoseal_transport::Error),
    /// The public key of a store did not arrive in time, because other requests were waiting for it, too.
    /// Nothing was sent.
    KeyTooLate {
        /// The path of the store.
        store: String,
    },
    /// The public key that the server sent is invalid. Nothing was sealed.
    Key {
        /// The path of the store.
        store: String,
        /// The fault in it.
        source: octoseal_crypto::Error,
    },
    /// The value could not be sealed. Nothing was sent.
    Seal(octoseal_crypto::Error),
    /// A value that was sealed elsewhere is not sealed to the current key of the store. Nothing was written.
    KeyChanged {
        /// The store.
        store: Box<AnyStore>,
        /// The name of the secret.
        name: SecretName,
    },
    /// GitHub refused the request.
    Refused(Box<Refusal>),
    /// The request was not completed: there is no answer, or a redirect that is not followed.
    Transport {
        /// The operation of the request.
        operation: Box<Operation>,
        /// The failure of the transport.
        source: octoseal_transport::Error,
    },
    /// GitHub's answer differs from its documentation.
    Answer {
        /// The operation of the request.
        operation: Box<Operation>,
        /// The fault in the answer.
        source: octoseal_model::Error,
    },
    /// There is no secret whose access could be kept, or the token has no access to it. Nothing was written.
    NothingToKeep {
        /// The store.
        store: Box<AnyStore>,
        /// The name of the secret.
        name: SecretName,
        /// GitHub's answer to the request for the secret.
        refusal: Box<Refusal>,
    },
    /// The value was written, and the access of an existing secret was replaced with the access for a new
    /// one. GitHub first answered that the secret does not exist, and then updated it
    /// ([`AnyAccess::KeepOr`](crate::AnyAccess::KeepOr)).
    ///
    /// Possible reasons are a stale read at GitHub, and a secret that someone else created in the meantime.
    AccessReplaced {
        /// The store.
        store: Box<AnyStore>,
        /// The name of the secret.
        name: SecretName,
        /// The access that the secret now has.
        access: Visibility,
        /// Whether the secret certainly existed before this write. If not, the answer to an earlier attempt
        /// of the write may have been lost, and that attempt may have created the secret.
        is_proven: bool,
    },
    /// The secret's visibility is a value that this crate does not know, so its access cannot be kept.
    /// Nothing was written.
    UnknownVisibility,
    /// The listing has another number of items than GitHub reports, or it changed twice while it was read.
    Incomplete {
        /// The number of different items that arrived.
        found: u64,
        /// The number of items that GitHub reports.
        total: u64,
    },
    /// GitHub omitted items from a listing, because the token is not authorized for single sign-on.
    PartialResults {
        /// The ids of the organizations that require it, as GitHub names them.
        organizations: String,
    },
    /// A listing has too many pages.
    TooManyPages,
}

impl Error {
    pub(crate) fn refused(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }

    /// Returns GitHub's refusal, if the error is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::NothingToKeep { refusal, .. } => Some(refusal),
            Self::NotTried(cause) => cause.refusal(),
            _ => None,
        }
    }

    /// Returns the status of GitHub's refusal.
    pub fn status(&self) -> Option<StatusCode> {
        self.refusal().map(|refusal| refusal.problem().status())
    }

    /// Returns whether the resource does not exist, or the token has no access to it (404).
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Returns whether GitHub found the request invalid (422, "Validation failed, or the endpoint has been
    /// spammed").
    pub fn is_validation_failed(&self) -> bool {
        self.status() == Some(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Returns whether GitHub does not know the token (401), or gave a GitHub App no token for a reason other
    /// than a rate limit.
    pub fn is_unauthorized(&self) -> bool {
        match self {
            Self::Transport { source, .. } => source.is_no_token() && !source.is_rate_limited(),
            Self::NotTried(cause) => cause.is_unauthorized(),
            _ => self.status() == Some(StatusCode::UNAUTHORIZED),
        }
    }

    /// Returns whether GitHub refuses every token of this client for a time, because invalid ones were sent:
    /// "Maximum number of login attempts exceeded" (403). Wait some minutes, then use a valid token.
    pub fn is_locked_out(&self) -> bool {
        self.refusal().is_some_and(Refusal::is_lock_out)
    }

    /// Returns whether the token lacks permission (403), which can also be a rate limit.
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN)
    }

    /// Returns whether the visibility of a secret does not fit the operation (409).
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// Returns whether it is a rate limit, primary or secondary: GitHub's refusal, or no turn within the max
    /// wait. Nothing was done, so try again later.
    pub fn is_rate_limited(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.limit().is_some(),
            Self::Transport { source, .. } => source.is_rate_limited(),
            Self::NotTried(cause) => cause.is_rate_limited(),
            _ => false,
        }
    }

    /// Returns the time after which to try again, if GitHub sent one.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.limit().and_then(|limit| limit.wait),
            Self::Transport { source, .. } => source.retry_after(),
            Self::NotTried(cause) => cause.retry_after(),
            _ => None,
        }
    }

    /// Returns whether the caller's input is invalid. Nothing was sent.
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

    /// Returns whether the value was written, but with another access than the requested one
    /// ([`AccessReplaced`](Self::AccessReplaced)).
    pub fn is_written(&self) -> bool {
        matches!(self, Self::AccessReplaced { .. })
    }

    /// Returns whether the outcome of a write is unknown: its answer was lost or cannot be read, or the server failed.
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
