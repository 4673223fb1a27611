//! Checks by reads before the first write to several stores: the token, the repository, access, the
//! environment, room.

use crate::fan_out;
use crate::kept::{Kept, Name};
use crate::output::{ExitCode, Failure, Output};
use crate::progress::{Counted, Progress};
use crate::session::Session;
use futures_util::future::{FutureExt as _, join};
use futures_util::stream::{Stream, StreamExt as _};
use octoseal::{AnyStore, Environment, Error, Repository, support};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// Checks stores before they are written. Each repository is read once, whatever the number of its stores.
pub(crate) struct Preflight<'a> {
    session: &'a Session,
    output: Output,
    /// The scopes of a classic or an OAuth token, from GitHub's header.
    scopes: Option<String>,
    /// Repositories that are neither archived nor disabled, according to a listing.
    active: HashSet<Repository>,
    intent: Intent,
    /// The states of the other repositories.
    states: Mutex<HashMap<Repository, Arc<State>>>,
}

/// The planned change.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Intent {
    /// No change: only the failures of writes are of interest.
    Check,
    /// Values will be written. A missing environment is a failure.
    Put,
    /// Values that were sealed elsewhere will be written.
    PutSealed,
    /// Values will be written, and missing environments created.
    PutAndCreateEnvironments,
    /// Secrets will be deleted, which needs no public key.
    Delete,
}

impl Intent {
    pub(crate) fn put(creates_environments: bool) -> Self {
        if creates_environments { Self::PutAndCreateEnvironments } else { Self::Put }
    }
}

/// The reason why a repository accepts no writes, in one word, if there is one.
type State = OnceCell<Option<&'static str>>;

/// The content of a store.
pub(crate) struct Contents {
    names: HashSet<String>,
    /// Maximum number of items in the store, if GitHub documents it.
    pub(crate) most: Option<usize>,
    /// Whether the store's environment is missing and will be created.
    pub(crate) is_new: bool,
}

impl Contents {
    pub(crate) fn has(&self, name: &impl Name) -> bool {
        self.names.contains(&name.to_string())
    }

    pub(crate) fn count(&self) -> usize {
        self.names.len()
    }

    /// Returns the number of further items that the store accepts.
    pub(crate) fn room(&self) -> Option<usize> {
        Some(self.most?.saturating_sub(self.count()))
    }

    /// Refuses more new items than there is room for.
    pub(crate) fn check_room<K: Kept>(&self, store: &AnyStore, new: usize) -> Result<(), Failure> {
        match (self.most, self.room()) {
            (Some(most), Some(room)) if room < new => {
                let (count, one) = (self.count(), K::ONE);
                let message = format!("{store} has {count} of {most} {one}s, which leaves room for {room}");
                let hint = format!("delete {one}s that are no longer needed");
                let mut failure = Failure::new(ExitCode::Failed, message).hint(hint);
                failure.context.kind = Some("no_room");
                Err(failure)
            }
            _ => Ok(()),
        }
    }
}

impl<'a> Preflight<'a> {
    /// Checks the token by one request. Before a change of a single store neither the token nor the
    /// repository is checked, since the change itself soon fails if there is a problem.
    ///
    /// # Errors
    ///
    /// If GitHub does not know the token, or does not answer. Other refusals do not concern the stores.
    pub(crate) async fn begin(
        session: &'a Session,
        stores: &[AnyStore],
        mut active: HashSet<Repository>,
        intent: Intent,
        output: Output,
    ) -> Result<Self, Failure> {
        let mut scopes = None;
        if let ([store], true) = (stores, intent != Intent::Check) {
            active.extend(store.repository().cloned());
        // A GitHub App gets a token only for an owner.
        } else if !session.is_per_owner() {
            match session.github().send(support::authenticated_user()).await {
                Err(error @ Error::Refused(_)) if !error.is_unauthorized() => {}
                Err(error) => return Err(error.into()),
                Ok(user) => scopes = user.scopes,
            }
        }
        Ok(Self { session, scopes, output, active, intent, states: Mutex::default() })
    }

    /// Checks stores, several concurrently, and shows the progress.
    pub(crate) fn looks<'b, K: Kept>(
        &self,
        stores: &'b [AnyStore],
    ) -> impl Stream<Item = (&'b AnyStore, Result<Contents, Failure>)> {
        let progress = self.progress(stores.len());
        fan_out::each(stores, |store| self.look::<K>(store)).inspect(move |_| progress.advance())
    }

    /// Returns the progress of the checks.
    pub(crate) fn progress(&self, stores: usize) -> Progress {
        Progress::of(self.session, Counted::Looks, stores, self.output)
    }

    /// Reads the items of a store, and the data that a write needs, such as the public key of secrets.
    ///
    /// # Errors
    ///
    /// If a write to the store would fail, as far as reads can show it.
    pub(crate) async fn look<K: Kept>(&self, store: &AnyStore) -> Result<Contents, Failure> {
        if let Some(repository) = store.repository().filter(|it| !self.active.contains(it)) {
            self.check_repository(repository, store).await?;
        }
        let kept = K::at(self.session, store)?;
        let most = K::most(store);
        let prepare = async {
            match self.intent {
                Intent::Delete => Ok(()),
                _ => kept.prepare().await,
            }
        };
        // Both at once: each costs a trip to GitHub.
        let read = join(prepare, kept.list()).map(|(prepared, listed)| prepared.and(listed));
        match (read.await, store.environment()) {
            (Ok(listed), _) => {
                let names = listed.into_iter().map(|found| found.name).collect();
                Ok(Contents { names, most, is_new: false })
            }
            (Err(error), Some(environment)) if error.is_not_found() => {
                match self.is_missing(environment).await {
                    true if self.intent == Intent::PutAndCreateEnvironments => {
                        Ok(Contents { names: HashSet::new(), most, is_new: true })
                    }
                    true => Err(self.no_environment(store, error)),
                    false => Err(error.into()),
                }
            }
            (Err(error), _) => Err(error.into()),
        }
    }

    /// Returns whether the token may write. `None` if reads cannot show it. The scope that a store needs does not
    /// distinguish reads from writes, and reading the secrets of a repository's codespaces needs the permission to write.
    pub(crate) fn may_write(&self, store: &AnyStore) -> Option<bool> {
        let needed = store.scope();
        let mut scopes = self.scopes.as_deref().unwrap_or_default().split(',').map(str::trim);
        // `codespace` includes `codespace:secrets`.
        let has_scope = scopes.any(|scope| scope == needed || needed.split(':').next() == Some(scope));
        let is_codespaces = store.repository().is_some() && store.family() == octoseal::Family::Codespaces;
        (has_scope || is_codespaces).then_some(true)
    }

    async fn check_repository(&self, repository: &Repository, store: &AnyStore) -> Result<(), Failure> {
        let state = {
            let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(states.entry(repository.clone()).or_default())
        };
        let look_up = async || match self.session.github().send(repository.look_up()).await {
            Ok(found) => {
                let states = [(found.archived, "archived"), (found.disabled, "disabled")];
                Ok(states.into_iter().find_map(|(is_so, word)| is_so.then_some(word)))
            }
            // The answer about the store itself is more specific.
            Err(Error::Refused(_)) => Ok(None),
            Err(error) => Err(error),
        };
        let Some(word) = state.get_or_try_init(look_up).await? else { return Ok(()) };
        let message = format!("{store} takes no writes: the repository is {word}");
        let mut failure = Failure::new(ExitCode::NotAllowed, message);
        failure.context.kind = Some("archived");
        Err(failure)
    }

    /// Returns whether the environment itself is missing, and not only the access to its secrets.
    async fn is_missing(&self, environment: &Environment) -> bool {
        self.session.github().send(environment.look_up()).await.is_err_and(|error| error.is_not_found())
    }

    fn no_environment(&self, store: &AnyStore, error: Error) -> Failure {
        let mut failure = Failure::from(error);
        failure.message = format!("the environment of {store} does not exist");
        failure.causes = Vec::new();
        failure.context.kind = Some("no_environment");
        let hint = match self.intent {
            Intent::Delete | Intent::PutSealed => None,
            Intent::Check => Some("put and import create it with --create-environments"),
            _ => Some("--create-environments creates it"),
        };
        failure.hint = hint.map(str::to_owned);
        failure
    }
}
