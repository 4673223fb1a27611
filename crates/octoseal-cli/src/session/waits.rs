//! Reports on standard error about slow requests: waits, silence, retries.

mod countdown;

use super::pace;
use crate::arguments::PaceOptions;
use crate::output::{Output, clock_time};
use countdown::Countdown;
use http::{Method, StatusCode};
use octoseal::{Notice, NoticeKind, Observer, Profile, Wait, WaitReason};
use serde_json::json;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// Shorter waits end before they can be read.
const SHORTEST_REPORTED: Duration = Duration::from_secs(1);
/// Waits whose ends differ by less are one wait for the user. So are equal messages within this time.
const SAME: Duration = Duration::from_secs(1);

/// Reports slow requests on standard error.
pub(super) struct Reporter {
    output: Output,
    profile: Profile,
    /// The timeout of an attempt.
    timeout: Duration,
    has_deadline: bool,
    reported: Mutex<Reported>,
    countdown: Countdown,
}

/// The last reports, since many requests wait for the same reason.
#[derive(Default)]
struct Reported {
    waits: HashMap<WaitReason, Instant>,
    message: Option<(String, Instant)>,
}

impl Reporter {
    pub(super) fn new(output: Output, options: &PaceOptions) -> Self {
        Self {
            output,
            profile: options.profile.unwrap_or_default(),
            timeout: pace::timeout(options),
            has_deadline: options.deadline.is_some(),
            reported: Mutex::default(),
            countdown: Countdown::new(output),
        }
    }

    fn waits(&self, wait: Wait) {
        if wait.length < SHORTEST_REPORTED || !self.is_new_wait(wait) {
            return;
        }
        let may_end_earlier = wait.reason == WaitReason::InFlight;
        let (until, seconds) = (clock_time::after(wait.length), wait.length.as_secs_f64().ceil());
        if self.output.json {
            let reason = wait.reason.to_string();
            self.output.event(&json!({ "wait": reason, "seconds": seconds, "until": until.to_string() }));
        } else if !self.output.quiet {
            let (until, why, bound) =
                (clock_time::of_day(until), self.why(wait.reason), self.bound("--max-wait"));
            let most = if may_end_earlier { "at most " } else { "" };
            self.output.text(&format!("waiting {most}{seconds} s, until {until}: {why} ({bound})"));
        }
        if !may_end_earlier {
            self.countdown.start(wait.length, wait.reason.to_string());
        }
    }

    /// Returns whether a wait is new, and was not reported already.
    fn is_new_wait(&self, wait: Wait) -> bool {
        let end = Instant::now() + wait.length;
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = reported.waits.get(&wait.reason).is_some_and(|known| end <= *known + SAME);
        if !is_known {
            reported.waits.insert(wait.reason, end);
        }
        !is_known
    }

    fn why(&self, reason: WaitReason) -> String {
        let profile = self.profile;
        match reason {
            WaitReason::Points => "900 points a minute is GitHub's limit".to_owned(),
            WaitReason::Writes if profile == Profile::Slow => {
                format!("one write a second is the limit of --profile {profile}")
            }
            WaitReason::InFlight => "other runs have requests in flight, or were killed".to_owned(),
            WaitReason::Writes => format!("75 writes a minute is the limit of --profile {profile}"),
            reason => reason.to_string(),
        }
    }

    /// Names the options that end a wait earlier.
    fn bound(&self, option: &str) -> String {
        match self.has_deadline {
            true => format!("{option} or --deadline gives up earlier"),
            false => format!("{option} gives up earlier"),
        }
    }

    fn retries(&self, attempt: u32, why: &str, status: Option<StatusCode>, wait: Duration) {
        // A new connection in place of a broken one is tried at once.
        if wait.is_zero() {
            return;
        }
        let why = with_status(why, status);
        let seconds = wait.as_secs_f64();
        if wait < SHORTEST_REPORTED {
            return self.say(format!("attempt {attempt}: {why}; trying again in {seconds:.1} s"));
        }
        let (seconds, until) = (seconds.ceil(), clock_time::of_day(clock_time::after(wait)));
        // A new token has its own, short time to become known.
        let bound = match status {
            Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND) => String::new(),
            _ => format!(" ({})", self.bound("--retries")),
        };
        self.say(format!("attempt {attempt}: {why}; trying again in {seconds} s, at {until}{bound}"));
        self.countdown.start(wait, why);
    }

    fn gives_up(&self, attempt: u32, why: &str, status: Option<StatusCode>, wait: Duration) {
        let (why, seconds) = (with_status(why, status), wait.as_secs_f64().ceil());
        let what =
            if self.has_deadline { "of the request or the run (--deadline)" } else { "of the request" };
        self.say(format!(
            "attempt {attempt}: {why}; another attempt in {seconds} s would be after the end {what}"
        ));
    }

    fn is_silent(&self, attempt: u32, length: Duration) {
        let (left, bound) = (self.timeout.saturating_sub(length), self.bound("--timeout"));
        let (seconds, until) = (length.as_secs(), clock_time::of_day(clock_time::after(left)));
        self.say(format!(
            "attempt {attempt} has had no answer for {seconds} s; it is given up at {until} ({bound})"
        ));
    }

    fn redirected(&self, method: &Method, owner: &str) {
        let kind = if method.is_safe() { "request" } else { "write" };
        let owner = if owner.is_empty() { "another address" } else { owner };
        self.say(format!(
            "GitHub redirected a {kind} to {owner}: the repository or organization has another name now"
        ));
    }

    /// Prints a note, unless another request has just caused the same one.
    fn say(&self, message: String) {
        let now = Instant::now();
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known =
            reported.message.as_ref().is_some_and(|(known, at)| *known == message && now < *at + SAME);
        if !is_known {
            self.output.note(&message);
            reported.message = Some((message, now));
        }
    }
}

impl Observer for Reporter {
    fn notice(&self, notice: &Notice<'_>) {
        let Notice { method, attempt, kind, .. } = notice;
        match kind {
            NoticeKind::Waits(wait) => self.waits(*wait),
            NoticeKind::Silent(length) => self.is_silent(*attempt, *length),
            NoticeKind::Retries { why, status, wait } => self.retries(*attempt, why, *status, *wait),
            NoticeKind::GivesUp { why, status, wait } => self.gives_up(*attempt, why, *status, *wait),
            NoticeKind::Redirected(owner) => self.redirected(method, owner),
            _ => {}
        }
    }
}

fn with_status(why: &str, status: Option<StatusCode>) -> String {
    match status {
        Some(status) => format!("{why} ({})", status.as_u16()),
        None => why.to_owned(),
    }
}
