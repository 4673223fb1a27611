//! Progress of a run with many stores: one rewritten line on a terminal, one line a minute elsewhere.

use crate::output::Output;
use crate::session::Session;
use crate::summary::spoken;
use octoseal::Pacer;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep};

/// Counts finished items until it is dropped.
pub(crate) struct Progress {
    state: Arc<State>,
    task: Option<AbortHandle>,
}

/// The kind of items, and the cost of a request for one.
#[derive(Clone, Copy)]
pub(crate) enum Counted {
    /// Stores that are checked.
    Looks,
    /// Secrets that are written or deleted.
    Writes,
}

struct State {
    counted: Counted,
    total: usize,
    started: Instant,
    pacer: Pacer,
    output: Output,
    is_terminal: bool,
    /// The number of finished items. `None` when the run is over and nothing more may be shown.
    done: Mutex<Option<usize>>,
}

impl Progress {
    /// Starts the progress. It is silent for a single item, and with `--quiet`.
    pub(crate) fn of(session: &Session, counted: Counted, total: usize, output: Output) -> Self {
        let state = Arc::new(State {
            counted,
            total,
            started: Instant::now(),
            pacer: session.github().pacer().clone(),
            output,
            is_terminal: output.can_rewrite(),
            done: Mutex::new(Some(0)),
        });
        let is_shown = total > 1 && !output.quiet;
        let task = is_shown.then(|| tokio::spawn(report(Arc::clone(&state))).abort_handle());
        Self { state, task }
    }

    /// Counts one more finished item.
    pub(crate) fn advance(&self) {
        if let Some(done) = &mut *self.state.done() {
            *done += 1;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        // The lock makes sure that a line that is being shown is erased as well.
        let mut done = self.state.done();
        *done = None;
        if let Some(task) = self.task.take() {
            task.abort();
            if self.state.is_terminal {
                self.state.output.progress("");
            }
        }
    }
}

async fn report(state: Arc<State>) {
    loop {
        sleep(if state.is_terminal { SECOND } else { MINUTE }).await;
        state.show();
    }
}

impl State {
    fn done(&self) -> std::sync::MutexGuard<'_, Option<usize>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self) {
        let done = self.done();
        let Some(count) = *done else { return };
        let elapsed = self.started.elapsed();
        match (self.output.json, self.is_terminal) {
            (true, _) => self.output.event(&self.event(count, elapsed)),
            (false, true) => self.output.progress(&self.text(count, elapsed)),
            (false, false) => self.output.text(&self.text(count, elapsed)),
        }
    }

    fn event(&self, done: usize, elapsed: Duration) -> Value {
        let left = self.left(done, elapsed).map(|left| left.as_secs());
        json!({ "progress": done, "total": self.total, "seconds_left": left })
    }

    fn text(&self, done: usize, elapsed: Duration) -> String {
        let verb = match self.counted {
            Counted::Looks => "stores looked at",
            Counted::Writes => "written",
        };
        let total = self.total;
        let rate = (done as f64 / elapsed.as_secs_f64().max(1.0) * 60.0).round();
        let left = self.left(done, elapsed);
        let left = left.map(|left| format!(", about {} left", spoken(left))).unwrap_or_default();
        format!("{done} of {total} {verb}, {rate} a minute{left}")
    }

    /// Estimates the remaining time, from the time so far, and at least as long as the rate limits require.
    fn left(&self, done: usize, elapsed: Duration) -> Option<Duration> {
        let rest = (self.total - done.min(self.total)) as u64;
        let least = match self.counted {
            Counted::Looks => self.pacer.estimate(None, rest, 0),
            Counted::Writes => self.pacer.estimate(None, 0, rest),
        };
        let at_this_rate =
            elapsed.checked_div(u32::try_from(done).ok()?)?.saturating_mul(u32::try_from(rest).ok()?);
        Some(at_this_rate.max(least))
    }
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;
    use octoseal::Profile;

    fn state(counted: Counted, total: usize) -> State {
        let output = Output { json: true, ..Output::default() };
        let (started, pacer, done) =
            (Instant::now(), Pacer::new(Profile::Normal.into()), Mutex::new(Some(0)));
        State { counted, total, started, pacer, output, is_terminal: false, done }
    }

    #[test]
    fn the_text_has_count_rate_and_remaining_time() {
        let state = state(Counted::Writes, 300);
        assert_eq!(state.text(0, SECOND), "0 of 300 written, 0 a minute");
        assert_eq!(state.text(75, MINUTE), "75 of 300 written, 75 a minute, about 3 min left");
        let event = json!({ "progress": 75, "total": 300, "seconds_left": 180 });
        assert_eq!(state.event(75, MINUTE), event);
    }

    #[test]
    fn the_remaining_time_respects_the_rate_limits() {
        let state = state(Counted::Writes, 1_000);
        // 75 writes took a second, which the limits do not allow again.
        let left = state.left(75, SECOND).expect("something is done");
        assert!(left > MINUTE * 11, "{left:?}");
        assert_eq!(state.left(0, SECOND), None);
    }
}
