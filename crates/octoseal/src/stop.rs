//! Stops a call of many writes once the rest is known to fail.

use crate::error::Error;
use octoseal_model::Written;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Why the writes of a call need not be tried any more, by the account whose token is meant; `None` stands for all.
#[derive(Default)]
pub(crate) struct Stop(Mutex<HashMap<Option<String>, Arc<Error>>>);

impl Stop {
    pub(crate) fn set(&self, account: Option<String>, error: Arc<Error>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(account).or_insert(error);
    }

    /// Performs a write unless it is known to fail, and sees whether all others would fail, too.
    pub(crate) async fn unless(
        &self,
        account: Option<String>,
        write: impl Future<Output = Result<Written, Error>>,
    ) -> Result<Written, Error> {
        if let Some(error) = self.known(&account) {
            return Err(Error::NotTried(error));
        }
        let result = write.await;
        match &result {
            Err(Error::Refused(refusal)) if refusal.is_of_the_token() => {
                self.set(account, Arc::new(Error::Refused(refusal.clone())));
            }
            Err(Error::Transport { operation, source }) if source.is_no_token() => {
                let account = account.filter(|_| !source.is_app_refused());
                let (operation, source) = (operation.clone(), source.clone());
                self.set(account, Arc::new(Error::Transport { operation, source }));
            }
            _ => {}
        }
        result
    }

    fn known(&self, account: &Option<String>) -> Option<Arc<Error>> {
        let stopped = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stopped.get(account).or_else(|| stopped.get(&None)).cloned()
    }
}
