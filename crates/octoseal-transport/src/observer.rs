//! Notices about requests that take long.

use crate::wait::Wait;
use http::{Method, StatusCode};
use std::time::Duration;

/// Receives notices when requests take long: about silence, retries, waits and redirects.
///
/// Every `Fn(&Notice<'_>)` implements it. It is called in the request's task, so it must not block.
///
/// # Examples
///
/// ```
/// use octoseal_transport::{Notice, NoticeKind, Observer};
///
/// let observer: &dyn Observer = &|notice: &Notice<'_>| match notice.kind {
///     NoticeKind::Waits(wait) => eprintln!("waiting {} s: {}", wait.length.as_secs(), wait.reason),
///     NoticeKind::Retries { why, wait, .. } => eprintln!("attempt {}: {why}; again in {wait:?}", notice.attempt),
///     _ => {}
/// };
/// ```
pub trait Observer: Send + Sync {
    /// Handles one notice.
    fn notice(&self, notice: &Notice<'_>);
}

impl<F: Fn(&Notice<'_>) + Send + Sync> Observer for F {
    fn notice(&self, notice: &Notice<'_>) {
        self(notice);
    }
}

/// A notice about a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Notice<'a> {
    /// The method of the request.
    pub method: &'a Method,
    /// The [route](crate::PathTemplate) of the request, or an empty text without one.
    pub template: &'a str,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// The event.
    pub kind: NoticeKind<'a>,
}

/// An event of a request. All times count from now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NoticeKind<'a> {
    /// The attempt has had no answer for this time.
    Silent(Duration),
    /// The request is sent again.
    Retries {
        /// The reason.
        why: &'static str,
        /// The status of the answer, if there was one.
        status: Option<StatusCode>,
        /// The wait before the retry.
        wait: Duration,
    },
    /// The request is not sent again: the next attempt would come too late for the request or for the whole run.
    GivesUp {
        /// The reason for the failure.
        why: &'static str,
        /// The status of the answer, if there was one.
        status: Option<StatusCode>,
        /// The wait that the next attempt would need.
        wait: Duration,
    },
    /// The request waits for its turn.
    Waits(Wait),
    /// The request is now sent to another owner's address, such as `repositories/1300192`.
    Redirected(&'a str),
}

/// The time without an answer after which an attempt is reported.
pub(crate) const SILENCE: Duration = Duration::from_secs(5);
