//! The names of existing variables, after a client has listed them.

use octoseal_model::{Variable, VariableName};
use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The names of the last listing, updated by the later writes of the client. `None` before the first listing.
///
/// It may be out of date, since it only decides which request a put tries first.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Option<HashSet<String>>>);

impl Known {
    pub(super) fn listed(&self, variables: &[Variable]) {
        *self.names() = Some(variables.iter().map(|variable| variable.name.clone()).collect());
    }

    pub(super) fn exists(&self, name: &VariableName) {
        if let Some(names) = &mut *self.names() {
            names.insert(name.as_str().to_owned());
        }
    }

    pub(super) fn is_gone(&self, name: &VariableName) {
        if let Some(names) = &mut *self.names() {
            names.remove(name.as_str());
        }
    }

    /// Returns whether there is a listing without the variable.
    pub(super) fn lacks(&self, name: &VariableName) -> bool {
        self.names().as_ref().is_some_and(|names| !names.contains(name.as_str()))
    }

    fn names(&self) -> MutexGuard<'_, Option<HashSet<String>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
