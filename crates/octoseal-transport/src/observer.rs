//! What a person wants to hear while requests take long.

use crate::wait::Wait;
use http::{Method, StatusCode};
use std::time::Duration;

/// Is told when requests take long: of silence, of retries, of waits, and of redirects.
///
/// Implemented by every `Fn(&Notice<'_>)`. It is called where the request runs, so it must not block.
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
    /// Takes note of one thing that happened to a request.
    fn notice(&self, notice: &Notice<'_>);
}

impl<F: Fn(&Notice<'_>) + Send + Sync> Observer for F {
    fn notice(&self, notice: &Notice<'_>) {
        self(notice);
    }
}

/// What happened to which request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Notice<'a> {
    /// The method of the request.
    pub method: &'a Method,
    /// The [route](crate::PathTemplate) of the request; empty if it has none.
    pub template: &'a str,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// What happened.
    pub kind: NoticeKind<'a>,
}

/// What happened to a request. All times count from now.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NoticeKind<'a> {
    /// The attempt has had no answer for so long.
    Silent(Duration),
    /// The request is sent again.
    Retries {
        /// Why.
        why: &'static str,
        /// The status of the answer, if there was one.
        status: Option<StatusCode>,
        /// How long it waits before.
        wait: Duration,
    },
    /// The request waits for its turn.
    Waits(Wait),
    /// The request goes to another owner's address now, such as `repositories/1300192`.
    Redirected(&'a str),
}

/// An attempt without an answer is told of after so long.
pub(crate) const SILENCE: Duration = Duration::from_secs(5);
