//! Why there is no token: one failure is told to all who wait for the token.

use super::asking::Answer;
use crate::error::{BoxError, Error};
use http::StatusCode;
use std::error;
use std::fmt;
use std::sync::Arc;

/// A failure that can be told more than once.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    text: String,
    /// Whether asking again may help.
    passes: bool,
    /// What GitHub answered, if it answered.
    status: Option<StatusCode>,
    source: Option<Arc<dyn error::Error + Send + Sync>>,
}

impl Failure {
    fn lasting(text: impl Into<String>) -> Self {
        Self { text: text.into(), passes: false, status: None, source: None }
    }

    fn passing(text: impl Into<String>) -> Self {
        Self { passes: true, ..Self::lasting(text) }
    }

    pub(super) fn signing(cause: BoxError) -> Self {
        Self { source: Some(Arc::from(cause)), ..Self::lasting("the App's JSON web token cannot be signed") }
    }

    /// Nobody answered, or not in time.
    pub(super) fn carrying(cause: Error) -> Self {
        let passes = !cause.is_final();
        let source: Arc<dyn error::Error + Send + Sync> = Arc::new(cause);
        Self { passes, source: Some(source), ..Self::lasting("the App's token could not be asked for") }
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
        Self::lasting("the owner's name is not one that an account at GitHub can have")
    }

    pub(super) fn not_installed(owner: &str, answer: &Answer) -> Self {
        let said = answer.said();
        let text = format!(
            "the GitHub App is not installed at {owner}: install it there, or check the name (GitHub answered {said})"
        );
        Self { status: Some(answer.status), ..Self::lasting(text) }
    }

    /// GitHub answered something other than what was asked for.
    pub(super) fn refused(whom: &str, answer: &Answer) -> Self {
        let said = answer.said();
        let advice = match answer.status {
            StatusCode::UNAUTHORIZED => "; check that the App's id and its private key belong together",
            StatusCode::NOT_FOUND => "; check that the App is still installed there",
            _ => "",
        };
        let text = format!("GitHub refused the App's token request for {whom}: {said}{advice}");
        Self { passes: answer.status.is_server_error(), status: Some(answer.status), ..Self::lasting(text) }
    }

    /// The answer does not hold what it should.
    pub(super) fn unreadable(whom: &str) -> Self {
        Self::lasting(format!("GitHub's answer to the App's token request for {whom} cannot be read"))
    }

    pub(super) fn is_not_found(&self) -> bool {
        self.status == Some(StatusCode::NOT_FOUND)
    }
}

/// As an error of the request that needed the token: that one was not sent, and what may pass is worth a repeat.
impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        if failure.passes {
            return Self::not_sent(failure);
        }
        let error = Self::no_token(failure.text);
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
