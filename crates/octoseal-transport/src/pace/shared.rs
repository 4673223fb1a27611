//! Sharing of rate limits by many processes: a pacer keeps its state where all of them have access to it.

use super::PaceState;
use super::clock::Clock;
use crate::BoxFuture;
use std::collections::HashMap;
use std::error;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// A place where several processes keep one [`PaceState`] for each account: a file with a lock, a row of a
/// database, or memory.
///
/// A pacer that [shares](crate::Pacer::shared) its state updates it before each request, so that a turn is
/// stored before it is used, and after each answer, so that every process knows of a stop before its next
/// request. A turn is valid for two seconds and is then returned. The spans for counting requests are longer
/// by the same time. A request of a process that has ended counts as in flight for a minute. A killed process
/// loses at most one turn.
///
/// # Examples
///
/// A state in one place, as text:
///
/// ```
/// use octoseal_transport::{BoxFuture, PaceState, Pacer, Pacing, SharedPace};
/// use std::error::Error;
/// use std::sync::{Arc, Mutex, PoisonError};
/// use std::time::SystemTime;
///
/// #[derive(Default)]
/// struct Text(Mutex<String>);
///
/// impl SharedPace for Text {
///     fn update<'a>(
///         &'a self,
///         _account: Option<&'a str>,
///         change: &'a mut (dyn FnMut(&mut PaceState, SystemTime) + Send),
///     ) -> BoxFuture<'a, Result<(), Box<dyn Error + Send + Sync>>> {
///         Box::pin(async move {
///             // A file would be locked, read and replaced here. Nothing is awaited while it is locked.
///             let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
///             let mut state: PaceState = text.parse()?;
///             change(&mut state, SystemTime::now());
///             *text = state.to_string();
///             Ok(())
///         })
///     }
/// }
///
/// let pacer = Pacer::new(Pacing::default()).shared(Arc::new(Text::default()));
/// ```
pub trait SharedPace: Send + Sync {
    /// Updates the state of an account, exclusively among all processes that share it, and stores it before
    /// the future ends.
    ///
    /// `account` is a login in lower case, or `None` if one credential is used for all. `change` takes the
    /// newest state and the wall clock's time. It may be called again, with a newer state, if the first
    /// result could not be stored. A missing state is [`PaceState::default`].
    ///
    /// # Errors
    ///
    /// The reason why the state could not be read or stored. The pacer then continues alone, and slowly.
    fn update<'a>(
        &'a self,
        account: Option<&'a str>,
        change: &'a mut (dyn FnMut(&mut PaceState, SystemTime) + Send),
    ) -> BoxFuture<'a, Result<(), Box<dyn error::Error + Send + Sync>>>;
}

/// A [`SharedPace`] in memory, for several pacers of one process.
///
/// # Examples
///
/// ```
/// use octoseal_transport::{MemoryPace, Pacer, Pacing};
/// use std::sync::Arc;
/// use std::time::SystemTime;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let shared = Arc::new(MemoryPace::new(SystemTime::now()));
/// let first = Pacer::new(Pacing::default()).shared(shared.clone());
/// let second = Pacer::new(Pacing::default()).shared(shared);
/// # }
/// ```
pub struct MemoryPace {
    start: SystemTime,
    clock: Clock,
    states: Mutex<HashMap<Option<String>, PaceState>>,
}

impl MemoryPace {
    /// Creates an empty state. The wall clock starts at `now`, and runs with the runtime's time.
    pub fn new(now: SystemTime) -> Self {
        Self { start: now, clock: Clock::at(Duration::ZERO), states: Mutex::default() }
    }
}

impl SharedPace for MemoryPace {
    fn update<'a>(
        &'a self,
        account: Option<&'a str>,
        change: &'a mut (dyn FnMut(&mut PaceState, SystemTime) + Send),
    ) -> BoxFuture<'a, Result<(), Box<dyn error::Error + Send + Sync>>> {
        Box::pin(async move {
            let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
            let state = states.entry(account.map(str::to_owned)).or_default();
            change(state, self.start + self.clock.now());
            Ok(())
        })
    }
}

impl fmt::Debug for MemoryPace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryPace").finish_non_exhaustive()
    }
}
