//! The rest of a wait: one rewritten line on a terminal, one line a minute elsewhere.

use crate::output::{Output, clock_time};
use serde_json::json;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until};

/// Counts down to the latest end of all waits.
pub(super) struct Countdown {
    output: Output,
    is_terminal: bool,
    running: Mutex<Option<(Instant, AbortHandle)>>,
}

impl Countdown {
    pub(super) fn new(output: Output) -> Self {
        let is_terminal = output.can_rewrite();
        Self { output, is_terminal, running: Mutex::default() }
    }

    /// Counts down to the end of a wait, unless another one ends later.
    pub(super) fn start(&self, length: Duration, reason: String) {
        if self.output.quiet && !self.output.json {
            return;
        }
        let end = Instant::now() + length;
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((later, task)) = &*running {
            if *later >= end {
                return;
            }
            task.abort();
        }
        let task = tokio::spawn(count(self.output, self.is_terminal, length, reason));
        *running = Some((end, task.abort_handle()));
    }
}

/// Reports the rest at each full second or minute before the end.
async fn count(output: Output, is_terminal: bool, length: Duration, reason: String) {
    let (end, until) = (Instant::now() + length, clock_time::after(length));
    for left in steps(length, if is_terminal { SECOND } else { MINUTE }) {
        sleep_until(end - left).await;
        let (seconds, time) = (left.as_secs(), clock_time::of_day(until));
        match (is_terminal, output.json) {
            (true, _) => output.rewrite(&format!("{seconds} s left, until {time}")),
            (false, true) => {
                let seconds = left.as_secs_f64();
                output.event(&json!({ "wait": reason, "seconds": seconds, "until": until.to_string() }));
            }
            (false, false) => output.text(&format!("waiting {seconds} s more, until {time}")),
        }
    }
    sleep_until(end).await;
    if is_terminal {
        output.erase();
    }
}

/// Returns the rest at each full period before the end, the longest first.
fn steps(length: Duration, period: Duration) -> impl Iterator<Item = Duration> {
    let count = length.as_nanos().saturating_sub(1) / period.as_nanos();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    (1..=count).rev().map(move |number| period * number)
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_full_period_before_the_end_is_a_step() {
        let seconds = |length, period| -> Vec<u64> {
            steps(Duration::from_millis(length), period).map(|left| left.as_secs()).collect()
        };
        assert_eq!(seconds(3_000, SECOND), [2, 1]);
        assert_eq!(seconds(3_001, SECOND), [3, 2, 1]);
        assert_eq!(seconds(1_000, SECOND), [0; 0]);
        assert_eq!(seconds(150_000, MINUTE), [120, 60]);
        assert_eq!(seconds(60_000, MINUTE), [0; 0]);
    }
}
