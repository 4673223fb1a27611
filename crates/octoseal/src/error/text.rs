//! The messages of errors. The message of a cause is left to the cause.

use super::Error;
use octoseal_model::limits;
use std::error;
use std::fmt;

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
            Self::RepeatedName => f.write_str(
                "the name is a duplicate of an earlier one and was not sent; name each once",
            ),
            Self::RepeatedStore => f.write_str(
                "the store is a duplicate of an earlier one and is written once; name each store once",
            ),
            Self::NotTried(cause) => {
                write!(f, "not sent, since another request of the same call failed: {cause}")
            }
            Self::Stopped => f.write_str("the call was stopped"),
            Self::InvalidUserAgent => f.write_str("the user agent has characters that a header cannot have"),
            Self::UnusedConfig => f.write_str(
                "the configuration of connections does not apply to another transport; configure that transport",
            ),
            Self::Settings(_) => f.write_str("the client cannot be made with these settings"),
            Self::KeyTooLate { store } => {
                write!(f, "the public key of {store} did not arrive in time, so nothing was sealed or sent")
            }
            Self::Key { store, source: _ } => {
                write!(f, "the public key of {store} cannot be used, so nothing was sealed or sent")
            }
            Self::Seal(_) => f.write_str("the value could not be sealed, so nothing was sent"),
            Self::KeyChanged { store, name } => write!(
                f,
                "{store} has another key than the one that {name} is sealed to, so nothing was written; \
                 fetch the key and seal the value again"
            ),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Transport { operation, source: _ } => write!(f, "{operation} was not completed"),
            Self::Answer { operation, source: _ } => write!(f, "the answer to {operation} cannot be read"),
            Self::NothingToKeep { .. } | Self::AccessReplaced { .. } | Self::UnknownVisibility => {
                self.fmt_access(f)
            }
            Self::Incomplete { found, total } => write!(
                f,
                "the listing is incomplete: {found} of {total} items arrived, or it changed meanwhile; try again"
            ),
            Self::PartialResults { organizations } => write!(
                f,
                "the listing is incomplete: GitHub left out the organizations {organizations}; authorize the token for \
                 their single sign-on"
            ),
            Self::TooManyPages => f.write_str("the listing has more than 1,000 pages"),
        }
    }
}

impl Error {
    /// Writes the errors about an access that was to be kept.
    fn fmt_access(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingToKeep { store, name, refusal: _ } => write!(
                f,
                "{name} does not exist in {store}, or the token cannot see it; nothing was written: choose the access of a \
                 new secret"
            ),
            Self::AccessReplaced { store, name, access, is_proven: true } => write!(
                f,
                "{name} in {store} was written, and its access was replaced with {}: GitHub said first that there is no such \
                 secret; check its access",
                access.as_str()
            ),
            Self::AccessReplaced { store, name, access, is_proven: false } => write!(
                f,
                "{name} in {store} was written, and has the access {}: an answer was lost, so it is unknown whether an \
                 earlier secret had another access; check its access",
                access.as_str()
            ),
            Self::UnknownVisibility => f.write_str(
                "the secret has an unknown visibility, so its access could not be kept and nothing was \
                 written; name the access",
            ),
            _ => Ok(()),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Invalid(error) => error.source(),
            Self::Key { source, .. } | Self::Seal(source) => Some(source),
            Self::Settings(source) | Self::Transport { source, .. } => Some(source),
            Self::Answer { source, .. } => Some(source),
            Self::NotTried(cause) => cause.source(),
            _ => None,
        }
    }
}
