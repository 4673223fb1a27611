//! The desk between sockets and world: counts, scripts, records and reports. It waits for nothing itself.

use crate::builder::Callbacks;
use crate::journal::Journal;
use crate::log;
use crate::script::{Fault, Script};
use crate::world::World;
use bytes::Bytes;
use http::{Request, Response};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(crate) struct Desk {
    state: Mutex<State>,
    callbacks: Callbacks,
    /// How many keys were reported; locked while reporting, so that no older state overtakes a newer one.
    keys_reported: Mutex<u64>,
}

pub(crate) struct State {
    pub(crate) journal: Journal,
    pub(crate) latency: Duration,
    pub(crate) scripts: Vec<Script>,
    pub(crate) world: World,
}

/// A request that was taken in, and what is to happen to it.
pub(crate) struct Ticket {
    number: u64,
    fault: Option<Fault>,
    pub(crate) delay: Duration,
}

/// How a connection ends without an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Hangup {
    Close,
    Reset,
}

impl Desk {
    pub(crate) fn new(world: World, latency: Duration, callbacks: Callbacks) -> Self {
        let state = State { journal: Journal::default(), latency, scripts: Vec::new(), world };
        Self { state: Mutex::new(state), callbacks, keys_reported: Mutex::new(0) }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Takes a request in; every script sees it, the first one that means it wins.
    pub(crate) fn admit(&self, request: &Request<Bytes>) -> Ticket {
        let mut state = self.state();
        let number = state.journal.arrive(request);
        let faults = state.scripts.iter_mut().map(|script| script.befall(request));
        let fault = faults.fold(None, Option::or);
        let delay = match fault {
            Some(Fault::Delay(delay)) => delay,
            _ => Duration::ZERO,
        };
        Ticket { number, fault, delay: delay + state.latency }
    }

    /// Handles a request that was taken in, or lets its fault befall it.
    pub(crate) fn answer(&self, ticket: Ticket, request: &Request<Bytes>) -> Result<Response<Bytes>, Hangup> {
        let mut state = self.state();
        let mut handle = || state.world.handle((self.callbacks.clock)(), request);
        let outcome = match ticket.fault {
            None | Some(Fault::Delay(_)) => Ok(handle()),
            Some(Fault::Answer(answer)) => Ok(answer),
            Some(Fault::Close) => Err(Hangup::Close),
            Some(Fault::Reset) => Err(Hangup::Reset),
            Some(Fault::HandleThenAnswer(answer)) => Ok((handle(), answer).1),
            Some(Fault::HandleThenClose) => Err((handle(), Hangup::Close).1),
            Some(Fault::HandleThenReset) => Err((handle(), Hangup::Reset).1),
        };
        if let Ok(answer) = &outcome {
            state.journal.answered(ticket.number, answer.status());
        }
        let route = state.world.locate(request);
        drop(state);
        self.report_keys();
        if let Some(tell) = &self.callbacks.log {
            tell(&log::line(ticket.number, request, route.as_ref(), outcome.as_ref().ok()));
        }
        outcome
    }

    /// Reports the keys if there are new ones; returns when they have been received.
    pub(crate) fn report_keys(&self) {
        let Some(receive) = &self.callbacks.keys else {
            return;
        };
        let mut reported = lock(&self.keys_reported);
        let state = self.state();
        let made = state.world.keys_made();
        if made > *reported {
            let keys = state.world.secret_keys_json();
            drop(state);
            receive(&keys);
            *reported = made;
        }
    }
}

/// A panic elsewhere leaves the state as it was: GitHub goes on, too.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
