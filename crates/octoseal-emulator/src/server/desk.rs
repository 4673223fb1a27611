//! The desk between sockets and world: it counts, runs scripts, records and reports. It never waits.

use crate::record::exchange;
use crate::record::journal::Journal;
use crate::record::log_line;
use crate::server::callbacks::{Callbacks, Tell};
use crate::server::control::Control;
use crate::server::hangup::{CutAfter, Hangup};
use crate::server::in_flight::{Flight, Flights};
use crate::world::World;
use crate::world::fault_script::{Fault, Script};
use bytes::Bytes;
use http::{Request, Response};
use octoseal_crypto::SecretValue;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub(crate) struct Desk {
    state: Mutex<State>,
    callbacks: Callbacks,
    pub(crate) control: Option<Control>,
    /// The world that a reset restores.
    start: World,
    flights: Flights,
    /// The number of reported keys. It is locked while reporting, so that no older state is reported last.
    keys_reported: Mutex<u64>,
    /// The same for changes of values.
    values_reported: Mutex<u64>,
}

pub(crate) struct State {
    pub(crate) journal: Journal,
    pub(crate) latency: Duration,
    pub(crate) scripts: Vec<Script>,
    pub(crate) world: World,
}

/// An admitted request, and its fault.
pub(crate) struct Ticket {
    number: u64,
    fault: Option<Fault>,
    flight: Flight,
    pub(crate) delay: Duration,
}

impl Desk {
    pub(crate) fn new(
        mut world: World,
        latency: Duration,
        callbacks: Callbacks,
        control: Option<Control>,
    ) -> Self {
        let start = world.as_declared();
        let state =
            State { journal: Journal::default(), latency, scripts: mem::take(&mut world.scripts), world };
        Self {
            state: Mutex::new(state),
            callbacks,
            control,
            start,
            flights: Flights::default(),
            keys_reported: Mutex::new(0),
            values_reported: Mutex::new(0),
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Restores the world that was declared at the start, and deletes the recorded requests.
    pub(crate) fn reset(&self) {
        let mut state = self.state();
        state.world.reset_to(&self.start);
        state.scripts = mem::take(&mut state.world.scripts);
        state.journal = Journal::default();
    }

    /// Admits a request. Every script sees it, and the first that matches applies its fault.
    pub(crate) fn admit(&self, request: &Request<Bytes>) -> Ticket {
        let flight = self.flights.begin(request);
        let mut state = self.state();
        let number = state.journal.arrive(request);
        let faults = state.scripts.iter_mut().map(|script| script.fault_for(request, flight.of_all));
        let fault = faults.fold(None, Option::or);
        let delay = match fault {
            Some(Fault::Delay(delay)) => delay,
            _ => Duration::ZERO,
        };
        Ticket { number, fault, flight, delay: delay + state.latency }
    }

    /// Handles an admitted request, or applies its fault.
    pub(crate) fn answer(&self, ticket: Ticket, request: &Request<Bytes>) -> Result<Response<Bytes>, Hangup> {
        let mut state = self.state();
        let scripted = !matches!(ticket.fault, None | Some(Fault::Delay(_)));
        let in_flight = ticket.flight.of_token;
        let mut handle = || state.world.handle_among(in_flight, (self.callbacks.clock)(), request);
        let outcome = match ticket.fault {
            None | Some(Fault::Delay(_)) => Ok(handle()),
            Some(Fault::Answer(answer)) => Ok(answer),
            Some(Fault::Close) => Err(Hangup::Close),
            Some(Fault::Reset) => Err(Hangup::Reset),
            Some(Fault::HandleThenAnswer(answer)) => Ok((handle(), answer).1),
            Some(Fault::HandleThenClose) => Err((handle(), Hangup::Close).1),
            Some(Fault::HandleThenReset) => Err((handle(), Hangup::Reset).1),
            Some(Fault::HandleThenTruncate(bytes)) => {
                let mut answer = handle();
                answer.extensions_mut().insert(CutAfter(bytes));
                Ok(answer)
            }
        };
        if let Ok(answer) = &outcome {
            state.journal.answered(ticket.number, answer.status());
        }
        let (route, not_emulated) = (state.world.locate(request), state.world.not_emulated());
        drop(state);
        self.report();
        if let Some(tell) = &self.callbacks.exchanges {
            tell(&exchange::line(request, outcome.as_ref().ok(), scripted));
        }
        if let Some(tell) = &self.callbacks.log {
            let answer = outcome.as_ref().ok();
            tell(&log_line::line(ticket.number, request, route.as_ref(), answer, not_emulated));
        }
        outcome
    }

    /// Reports new keys and values, and returns when the callbacks have returned.
    pub(crate) fn report(&self) {
        let Callbacks { keys, opened, .. } = &self.callbacks;
        self.report_to(keys.as_ref(), &self.keys_reported, World::keys_made, World::secret_keys_json);
        self.report_to(
            opened.as_ref(),
            &self.values_reported,
            World::values_changed,
            World::opened_values_json,
        );
    }

    fn report_to(
        &self,
        receive: Option<&Tell<SecretValue>>,
        reported: &Mutex<u64>,
        count: fn(&World) -> u64,
        content: fn(&World) -> SecretValue,
    ) {
        let Some(receive) = receive else {
            return;
        };
        let mut reported = lock(reported);
        let state = self.state();
        let changes = count(&state.world);
        if changes > *reported {
            let content = content(&state.world);
            drop(state);
            receive(&content);
            *reported = changes;
        }
    }
}

/// A panic elsewhere leaves the state valid, so a poisoned lock is used again.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
