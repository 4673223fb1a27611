//! Permits to send one request, and learning from its answer.

use super::Pacer;
use super::lane::UnderWay;
use super::learning::Answer;
use super::track::Track;
use crate::pace::rate_limit_headers::RateLimit;
use crate::trace;
use bytes::Bytes;
use http::Response;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// A permit to send one request, until it is dropped. The request is charged whether it is sent or not.
pub(crate) struct Permit {
    pacer: Pacer,
    track: Arc<Track>,
    request: UnderWay,
    among: usize,
    /// Whether the lane knows that the request has ended.
    is_finished: bool,
    is_limited: bool,
    _slot: OwnedSemaphorePermit,
}

impl Permit {
    /// Creates the permit of a request that has been charged.
    pub(super) fn new(
        pacer: &Pacer,
        track: Arc<Track>,
        request: UnderWay,
        among: usize,
        slot: OwnedSemaphorePermit,
    ) -> Self {
        pacer.count(|snapshot| {
            snapshot.requests += 1;
            snapshot.writes += u64::from(request.is_write);
            snapshot.in_flight += 1;
            snapshot.writes_in_flight += u64::from(request.is_write);
        });
        Self {
            pacer: pacer.clone(),
            track,
            request,
            among,
            is_finished: false,
            is_limited: false,
            _slot: slot,
        }
    }

    /// Ends the request, and learns from its answer if there is one.
    pub(crate) async fn finish(mut self, response: Option<&Response<Bytes>>) {
        let request = self.request;
        let answer = response.map(|response| Answer {
            sent_at: request.at,
            is_write: request.is_write,
            among: self.among,
            headers: response.headers(),
            limit: RateLimit::of(response),
            is_success: response.status().is_success(),
            proves_passage: !response.status().is_server_error(),
        });
        let is_new = self.track.with(|lane, rules, now| {
            let is_new = answer.is_some_and(|answer| lane.answered(rules, answer, now));
            lane.end(request);
            is_new
        });
        let is_new = is_new.await;
        self.is_finished = true;
        if let Some(limit) = answer.and_then(|answer| answer.limit) {
            self.is_limited = true;
            if is_new {
                trace::stopped(limit);
            }
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if !self.is_finished {
            self.track.ended_unseen(self.request);
        }
        let remaining = self.track.here(|lane, _, _| lane.remaining());
        self.track.answers.notify_waiters();
        self.pacer.count(|snapshot| {
            snapshot.in_flight -= 1;
            snapshot.writes_in_flight -= u64::from(self.request.is_write);
            snapshot.limited += u64::from(self.is_limited);
            snapshot.limited_writes += u64::from(self.is_limited && self.request.is_write);
            snapshot.remaining = remaining;
        });
    }
}
