//! Failures of token requests. One failure is shared by all requests that wait for the token.

use super::answer::{Answer, QUIET_TIME};
use crate::error::boxed::BoxError;
use crate::error::{Error, Kind, Phase};
use http::StatusCode;
use std::error;
use std::fmt;
use std::sync::Arc;
use tokio::time::Instant;

/// A failure that can be reported several times.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    text: String,
    /// The end of the time in which the failure is cached, if an immediate retry is useless.
    until: Option<Instant>,
    is_limit: bool,
    /// Whether GitHub refuses the App itself, so that no account gets a token.
    is_of_app: bool,
    /// The status of GitHub's answer, if there is one.
    status: Option<StatusCode>,
    source: Option<Arc<dyn error::Error + Send + Sync>>,
}

impl Failure {
    fn lasting(text: impl Into<String>) -> Self {
        let until = Some(Instant::now() + QUIET_TIME);
        Self { text: text.into(), until, is_limit: false, is_of_app: false, status: None, source: None }
    }

    fn passing(text: impl Into<String>) -> Self {
        Self { until: None, ..Self::lasting(text) }
    }

    pub(super) fn signing(cause: BoxError) -> Self {
        Self { source: Some(Arc::from(cause)), ..Self::lasting("the App's JSON web token cannot be signed") }
    }

    /// Creates the failure of a request without an answer in time.
    pub(super) fn carrying(cause: Error) -> Self {
        let text = "the App's token could not be requested";
        let failure = if cause.is_final() { Self::lasting(text) } else { Self::passing(text) };
        Self { source: Some(Arc::new(cause)), ..failure }
    }

    pub(super) fn late(seconds: u64) -> Self {
        Self::passing(format!("the App got no token within {seconds} s"))
    }

    pub(super) fn no_owner() -> Self {
        Self::lasting(
            "the request names no owner, so no installation of the App can be chosen for it: tell the App which \
             installation to use, or use a user's token",
        )
    }

    pub(super) fn no_login() -> Self {
        Self::lasting("the owner's name is not a valid name of an account at GitHub")
    }

    pub(super) fn not_installed(owner: &str, answer: &Answer) -> Self {
        let summary = answer.summary();
        let text = format!(
            "the GitHub App is not installed at {owner}: install it there, or check the name (GitHub answered {summary})"
        );
        Self { status: Some(answer.status), ..Self::lasting(text) }
    }

    /// Creates the failure of an unexpected answer.
    pub(super) fn refused(whom: &str, answer: &Answer) -> Self {
        let summary = answer.summary();
        let advice = match answer.status {
            StatusCode::UNAUTHORIZED if answer.is_far => {
                "; check this machine's clock, which is more than a day away from GitHub's"
            }
            StatusCode::NOT_FOUND if answer.is_unknown_app() => "; check the App's id",
            StatusCode::UNAUTHORIZED => "; check that the App's id and its private key belong together",
            StatusCode::NOT_FOUND => "; check that the App is still installed there",
            _ => "",
        };
        let text = format!("GitHub refused the App's token request for {whom}: {summary}{advice}");
        let until = (!answer.status.is_server_error()).then_some(answer.again);
        Self {
            until,
            is_limit: answer.is_limit,
            is_of_app: answer.refuses_the_app(),
            status: Some(answer.status),
            ..Self::lasting(text)
        }
    }

    /// Creates the failure of an unreadable answer. An empty one may have been lost on the way, so it is
    /// temporary.
    pub(super) fn unreadable(whom: &str, answer: &Answer) -> Self {
        let text = format!("GitHub's answer to the App's token request for {whom} cannot be read");
        if answer.body.is_null() { Self::passing(text) } else { Self::lasting(text) }
    }

    /// Returns the time until which the failure is reported without a new request, or `None` if a retry may
    /// help at once.
    pub(super) fn until(&self) -> Option<Instant> {
        self.until
    }

    pub(super) fn is_not_found(&self) -> bool {
        self.status == Some(StatusCode::NOT_FOUND)
    }
}

/// Converts the failure to an error of the request that needed the token. That request was not sent. A
/// temporary failure is retried.
impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let Some(until) = failure.until else {
            return Self::not_sent(failure);
        };
        let left = until.saturating_duration_since(Instant::now());
        let limited = failure.is_limit.then_some(left);
        let kind = Kind::NoToken { why: failure.text, limited, of_app: failure.is_of_app };
        let error = Self::new(kind, Phase::NotSent);
        match failure.source {
            Some(source) => error.caused_by(source),
            None => error,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl error::Error for Failure {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
