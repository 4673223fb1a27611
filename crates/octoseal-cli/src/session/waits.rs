//! The pace that the options choose, and what is said while requests wait for it.

use crate::arguments::PaceOptions;
use crate::output::Output;
use octoseal::{Notice, NoticeKind, Observer, Pacing, RetryPolicy, Wait, WaitReason};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Shorter waits are over before they are read.
const SHORTEST_REPORTED: Duration = Duration::from_secs(1);

/// Returns the pace that the options choose.
pub(super) fn pacing(options: &PaceOptions) -> Pacing {
    let mut pacing = Pacing::from(options.profile.unwrap_or_default());
    if let Some(seconds) = options.max_wait {
        pacing.max_wait = Duration::from_secs(seconds);
    }
    pacing
}

/// Returns how often a request is tried.
pub(super) fn retry(options: &PaceOptions) -> RetryPolicy {
    let mut policy = RetryPolicy::default();
    if let Some(retries) = options.retries {
        policy.attempts = retries.saturating_add(1);
    }
    policy
}

/// Reports on standard error what takes long: waits, silence and retries.
pub(super) struct Reporter {
    output: Output,
    /// The wait that was reported last: many requests wait for the same.
    reported: Mutex<Option<(WaitReason, Instant)>>,
}

impl Reporter {
    pub(super) fn new(output: Output) -> Self {
        Self { output, reported: Mutex::default() }
    }

    /// Whether a wait is new, and not the one that was reported already.
    fn is_new(&self, wait: Wait) -> bool {
        let end = Instant::now() + wait.length;
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = reported.is_some_and(|(reason, known)| reason == wait.reason && end <= known + SAME);
        if !is_known {
            *reported = Some((wait.reason, end));
        }
        !is_known
    }
}

impl Observer for Reporter {
    fn notice(&self, notice: &Notice<'_>) {
        let Notice { attempt, kind, .. } = notice;
        match kind {
            NoticeKind::Waits(wait) if wait.length >= SHORTEST_REPORTED && self.is_new(*wait) => {
                self.output.wait(wait.length.as_secs_f64().ceil(), &wait.reason.to_string());
            }
            NoticeKind::Silent(length) => {
                self.output.note(&format!("attempt {attempt} has had no answer for {} s", length.as_secs()));
            }
            NoticeKind::Retries { why, wait, .. } if *wait >= SHORTEST_REPORTED => {
                self.output.note(&format!(
                    "attempt {attempt}: {why}; trying again in {} s",
                    wait.as_secs_f64().ceil()
                ));
            }
            _ => {}
        }
    }
}

/// Waits whose ends differ by less are one wait for a person.
const SAME: Duration = Duration::from_secs(1);
