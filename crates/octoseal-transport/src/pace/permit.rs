//! The right to send one request, and what its answer teaches.

use super::Pacer;
use super::lane::Answer;
use super::track::Track;
use crate::pace::rate_limit_headers::RateLimit;
use crate::trace;
use bytes::Bytes;
use http::Response;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

/// The right to send one request, until it is dropped; the request is paid whether it is sent or not.
pub(crate) struct Permit {
    pacer: Pacer,
    track: Arc<Track>,
    is_write: bool,
    is_limited: bool,
    sent_at: Instant,
    _slot: OwnedSemaphorePermit,
}

impl Permit {
    /// For a request that has been paid at this moment.
    pub(super) fn new(
        pacer: &Pacer,
        track: Arc<Track>,
        is_write: bool,
        sent_at: Instant,
        slot: OwnedSemaphorePermit,
    ) -> Self {
        pacer.count(|snapshot| {
            snapshot.requests += 1;
            snapshot.writes += u64::from(is_write);
            snapshot.in_flight += 1;
        });
        Self { pacer: pacer.clone(), track, is_write, is_limited: false, sent_at, _slot: slot }
    }

    /// Learns from the answer.
    pub(crate) fn answered(&mut self, response: &Response<Bytes>) {
        let limit = RateLimit::of(response);
        let answer = Answer {
            sent_at: self.sent_at,
            is_write: self.is_write,
            headers: response.headers(),
            limit,
            proves_passage: !response.status().is_server_error(),
        };
        let is_new = self.track.lane().answered(answer, Instant::now());
        self.is_limited = limit.is_some();
        if let (true, Some(limit)) = (is_new, limit) {
            trace::stopped(limit);
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut lane = self.track.lane();
        lane.in_flight -= 1;
        let remaining = lane.remaining();
        drop(lane);
        self.track.answers.notify_waiters();
        self.pacer.count(|snapshot| {
            snapshot.in_flight -= 1;
            snapshot.limited += u64::from(self.is_limited);
            snapshot.remaining = remaining;
        });
    }
}
