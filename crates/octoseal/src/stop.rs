//! Stops a call of many writes once the rest is known to fail.

use crate::error::Error;
use http::StatusCode;
use octoseal_model::Written;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The reasons why the remaining writes of a call are not sent, by the writes that would fail.
#[derive(Default)]
pub(crate) struct Stop(Mutex<HashMap<Scope, Arc<Error>>>);

/// The writes that share a credential.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Scope {
    /// All writes of the call.
    All,
    /// The writes to the stores of one account; `None` is the token's own user.
    Account(Option<String>),
}

impl Stop {
    pub(crate) fn set(&self, scope: Scope, error: Arc<Error>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(scope).or_insert(error);
    }

    /// Performs a write unless it is known to fail, and records a failure that other writes share.
    pub(crate) async fn unless(
        &self,
        scope: Scope,
        write: impl Future<Output = Result<Written, Error>>,
    ) -> Result<Written, Error> {
        if let Some(error) = self.known(&scope) {
            return Err(Error::NotTried(error));
        }
        let result = write.await;
        if let Err(error) = &result {
            if let Some(scope) = shared_by(error, scope) {
                self.set(scope, Arc::new(error.clone()));
            }
        }
        result
    }

    fn known(&self, scope: &Scope) -> Option<Arc<Error>> {
        let stopped = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stopped.get(scope).or_else(|| stopped.get(&Scope::All)).cloned()
    }
}

/// Returns the writes that would fail in the same way as a write of `scope`.
fn shared_by(error: &Error, scope: Scope) -> Option<Scope> {
    match error {
        _ if error.is_locked_out() => Some(Scope::All),
        Error::Transport { source, .. } if source.is_app_refused() => Some(Scope::All),
        Error::Transport { source, .. } if source.is_no_token() => Some(scope),
        Error::Refused(refusal) if refusal.problem().status() == StatusCode::UNAUTHORIZED => Some(scope),
        _ => None,
    }
}
