//! The journal of a run's writes, so that an interrupted run can report them.

use crate::output::{Failure, Output};
use crate::platform::Signal;
use octoseal::{Error, GitHub, Pacer, Results, Written};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The writes of a run. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Journal(Arc<Mutex<Entries>>);

#[derive(Default)]
struct Entries {
    done: Vec<String>,
    unknown: Vec<String>,
    not_started: Vec<String>,
    /// Writes that have not begun.
    planned: BTreeSet<String>,
    under_way: BTreeMap<u64, String>,
    next: u64,
    /// The number of writes that have ended, whatever their outcome.
    ended: u64,
    is_stopped: bool,
    /// Whether the run was about to write.
    has_value: bool,
    /// Resources that must be released before the process ends, such as a hidden terminal.
    holds: u32,
    pacer: Option<Pacer>,
    token_advice: Option<&'static str>,
}

impl Journal {
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches a client for requests in flight.
    pub(crate) fn watch(&self, github: &GitHub) {
        self.entries().pacer = Some(github.pacer().clone());
    }

    /// Sets the advice for a refused token.
    pub(crate) fn advise(&self, advice: &'static str) {
        self.entries().token_advice = Some(advice);
    }

    /// Returns the advice for a refused token, if its source is the reason.
    pub(crate) fn token_advice(&self) -> Option<&'static str> {
        self.entries().token_advice
    }

    /// Waits until a signal asks to end.
    pub(crate) async fn stopped(&self) {
        while !self.is_stopped() {
            tokio::time::sleep(TICK).await;
        }
    }

    /// Records that the run has a value, or asks for it.
    pub(crate) fn begin_value(&self) {
        self.entries().has_value = true;
    }

    /// Records writes that will begin later, by the words that [`expect`](Self::expect) and [`write`](Self::write) take.
    pub(crate) fn plan(&self, what: impl IntoIterator<Item = String>) {
        self.entries().planned.extend(what);
    }

    /// Records that a write begins, or will begin as soon as it can.
    pub(crate) fn expect(&self, mut what: String) -> Expected {
        what.shrink_to_fit();
        let mut entries = self.entries();
        entries.planned.remove(&what);
        entries.next += 1;
        let number = entries.next;
        entries.under_way.insert(number, what);
        Expected { journal: self.clone(), number }
    }

    /// Performs a write and records its outcome. After a signal no write starts.
    ///
    /// `what` describes the write, such as `put A into repos/o/r/actions`.
    pub(crate) async fn write<T>(
        &self,
        what: String,
        write: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Failure> {
        if self.is_stopped() {
            self.plan([what]);
            return Err(Failure::interrupted());
        }
        let expected = self.expect(what);
        let result = write.await;
        expected.end(&result);
        result.map_err(Failure::from)
    }

    /// Waits for the next result of many writes. After a signal no further write starts.
    pub(crate) async fn next<K: Send + 'static>(
        &self,
        results: &mut Results<K>,
    ) -> Option<(K, Result<Written, Error>)> {
        if !self.is_stopped() {
            tokio::select! {
                next = results.next() => return next,
                () = self.stopped() => results.stop(),
            }
        }
        results.next().await
    }

    /// Lets no further write start.
    pub(crate) fn stop(&self) {
        self.entries().is_stopped = true;
    }

    /// Returns whether a signal has asked to end.
    pub(crate) fn is_stopped(&self) -> bool {
        self.entries().is_stopped
    }

    /// Keeps the process alive, for a limited time, until the guard is dropped.
    pub(crate) fn hold(&self) -> Hold {
        self.entries().holds += 1;
        Hold(self.clone())
    }

    /// Waits until no write is in flight and nothing is held.
    pub(crate) async fn settled(&self) {
        while self.is_busy() {
            tokio::time::sleep(TICK).await;
        }
    }

    fn is_busy(&self) -> bool {
        let entries = self.entries();
        // A read in flight only prepares a write, which will not start.
        let in_flight = || entries.pacer.as_ref().is_some_and(|pacer| pacer.snapshot().writes_in_flight > 0);
        entries.holds > 0 || (!entries.under_way.is_empty() && in_flight())
    }

    /// Reports the end of requests in flight to other processes.
    pub(crate) async fn settle(&self) {
        let pacer = self.entries().pacer.clone();
        if let Some(pacer) = pacer {
            tokio::time::timeout(SETTLING, pacer.settle()).await.ok();
        }
    }

    /// Reports the writes of an interrupted run, if it had begun to work with GitHub.
    pub(crate) fn report(&self, signal: Signal, output: Output) {
        let entries = self.entries();
        if entries.pacer.is_none() && !entries.has_value {
            return; // A signal is how an emulator ends.
        }
        let snapshot = entries.pacer.as_ref().map(Pacer::snapshot).unwrap_or_default();
        // Every write that was sent has ended or was refused by a rate limit, so the others only waited for their turn.
        let all_ended = snapshot.in_flight == 0 && snapshot.writes <= entries.ended + snapshot.limited_writes;
        let (mut unknown, mut not_started) = (entries.unknown.clone(), entries.not_started.clone());
        not_started.extend(entries.planned.iter().cloned());
        let rest = entries.under_way.values().cloned();
        if all_ended {
            not_started.extend(rest);
        } else {
            unknown.extend(rest);
        }
        if output.json {
            return output.event(&json!({
                "interrupted": signal.name(), "exit_code": signal.exit_code(),
                "done": entries.done, "may_have_been_done": unknown, "not_started": not_started,
            }));
        }
        let mut lines = vec![format!("interrupted by {}", signal.name())];
        match (entries.done.is_empty() && unknown.is_empty(), not_started.len()) {
            (true, 0) if !entries.has_value => {}
            (true, _) => lines.push("nothing was written".to_owned()),
            (false, 0) => {}
            (false, 1) => lines.push("not started: 1 write".to_owned()),
            (false, count) => lines.push(format!("not started: {count} writes")),
        }
        lines.extend(entries.done.iter().map(|what| format!("done: {what}")));
        lines.extend(unknown.iter().map(|what| format!("may have been done: {what}")));
        output.warn(&lines.join("\n  "));
    }
}

/// A write that was recorded and has not ended.
pub(crate) struct Expected {
    journal: Journal,
    number: u64,
}

impl Expected {
    /// Records the outcome.
    pub(crate) fn end<T>(self, result: &Result<T, Error>) {
        let mut entries = self.journal.entries();
        let Some(what) = entries.under_way.remove(&self.number) else { return };
        let is_sent = !matches!(result, Err(Error::NotTried(_)));
        entries.ended += u64::from(is_sent);
        match result {
            Ok(_) => entries.done.push(what),
            Err(error) if error.is_written() => entries.done.push(what),
            Err(error) if error.is_unknown_outcome() => entries.unknown.push(what),
            Err(Error::NotTried(_)) if entries.is_stopped => entries.not_started.push(what),
            Err(_) => {}
        }
    }
}

/// Keeps the process alive while it lives.
pub(crate) struct Hold(Journal);

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.entries().holds -= 1;
    }
}

/// The maximum time of the end of a run.
const SETTLING: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(20);
