//! Seats for connections. If all are taken, the connection that is idle for the longest time is closed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// All seats and their connections.
#[derive(Clone, Default)]
pub(crate) struct Seats(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Notified when a connection becomes idle.
    idle: Notify,
}

#[derive(Default)]
struct State {
    /// Counts the events of all seats. It numbers the seats and orders the idle connections.
    events: u64,
    taken: BTreeMap<u64, Sitting>,
}

struct Sitting {
    /// `None` while a request is in flight.
    idle_since: Option<u64>,
    is_leaving: bool,
    leave: Arc<Notify>,
}

/// The seat of one connection, until it is dropped.
pub(crate) struct Seat {
    number: u64,
    seats: Seats,
    leave: Arc<Notify>,
}

/// A request in flight, until it is dropped.
pub(crate) struct Busy<'a>(&'a Seat);

impl Seats {
    pub(crate) fn take(&self) -> Seat {
        let mut state = self.state();
        let (number, leave) = (state.next(), Arc::new(Notify::new()));
        let sitting = Sitting { idle_since: Some(number), is_leaving: false, leave: Arc::clone(&leave) };
        state.taken.insert(number, sitting);
        Seat { number, seats: self.clone(), leave }
    }

    /// Asks the connection that is idle for the longest time to close, unless another one is already closing.
    pub(crate) fn free_one(&self) {
        let mut state = self.state();
        if state.taken.values().any(|sitting| sitting.is_leaving) {
            return;
        }
        let idle = state.taken.values_mut().filter(|sitting| sitting.idle_since.is_some());
        if let Some(sitting) = idle.min_by_key(|sitting| sitting.idle_since) {
            sitting.is_leaving = true;
            sitting.leave.notify_one();
        }
    }

    /// Waits until a connection becomes idle.
    pub(crate) async fn idle(&self) {
        self.0.idle.notified().await;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn next(&mut self) -> u64 {
        self.events += 1;
        self.events
    }
}

impl Seat {
    /// Waits until the connection must close.
    pub(crate) async fn leave(&self) {
        self.leave.notified().await;
    }

    /// Marks the connection as busy.
    pub(crate) fn busy(&self) -> Busy<'_> {
        self.mark(false);
        Busy(self)
    }

    fn mark(&self, is_idle: bool) {
        let mut state = self.seats.state();
        let now = state.next();
        if let Some(sitting) = state.taken.get_mut(&self.number) {
            sitting.idle_since = is_idle.then_some(now);
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.seats.state().taken.remove(&self.number);
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.mark(true);
        self.0.seats.0.idle.notify_one();
    }
}
