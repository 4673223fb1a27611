//! The journal of requests and their answers, for tests.

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use serde_json::Value;
use std::collections::VecDeque;
use std::fmt;

/// A request that arrived. Its `Debug` omits headers and body.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Its number. The first is 1.
    pub number: u64,
    /// Its method.
    pub method: Method,
    /// Path and query as received.
    pub target: String,
    /// Its headers. The value of `Authorization` is redacted.
    pub headers: HeaderMap,
    /// Its body, if it is JSON. `encrypted_value` is unchanged.
    pub body: Option<Value>,
    /// The status of the answer. `None` before the answer, and for a connection that was reset or closed.
    pub status: Option<StatusCode>,
}

/// The latest requests.
#[derive(Default)]
pub(crate) struct Journal {
    arrived: u64,
    bytes: usize,
    kept: VecDeque<Kept>,
}

/// A request with its unparsed body, which needs less memory than the parsed one.
#[derive(Clone)]
pub(crate) struct Kept {
    request: RecordedRequest,
    body: Bytes,
    bytes: usize,
}

impl Journal {
    /// Records a request and returns its number.
    pub(crate) fn arrive(&mut self, request: &Request<Bytes>) -> u64 {
        self.arrived += 1;
        let kept = Kept::new(self.arrived, request);
        self.bytes += kept.bytes;
        self.kept.push_back(kept);
        while self.kept.len() > KEPT_REQUESTS || self.bytes > KEPT_BYTES {
            let Some(oldest) = self.kept.pop_front() else {
                break;
            };
            self.bytes -= oldest.bytes;
        }
        self.arrived
    }

    pub(crate) fn answered(&mut self, number: u64, status: StatusCode) {
        if let Some(kept) = self.kept.iter_mut().rev().find(|kept| kept.request.number == number) {
            kept.request.status = Some(status);
        }
    }

    pub(crate) fn kept(&self) -> Vec<Kept> {
        self.kept.iter().cloned().collect()
    }
}

impl Kept {
    /// Copies everything. A slice of hyper's buffer would keep the whole buffer alive, which has the token.
    fn new(number: u64, request: &Request<Bytes>) -> Self {
        let headers = copy_without_token(request.headers());
        let target = request.uri().to_string();
        let body = Bytes::copy_from_slice(request.body());
        let in_headers: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        let bytes = body.len() + target.len() + in_headers;
        let method = request.method().clone();
        let request = RecordedRequest { number, method, target, headers, body: None, status: None };
        Self { request, body, bytes }
    }

    /// Parses the body.
    pub(crate) fn parse(self) -> RecordedRequest {
        RecordedRequest { body: serde_json::from_slice(&self.body).ok(), ..self.request }
    }
}

fn copy_without_token(headers: &HeaderMap) -> HeaderMap {
    let copy = |value: &HeaderValue| HeaderValue::from_bytes(value.as_bytes()).ok();
    let copies = headers.iter().filter_map(|(name, value)| Some((name.clone(), copy(value)?)));
    let mut copies: HeaderMap = copies.filter(|(name, _)| name != AUTHORIZATION).collect();
    if headers.contains_key(AUTHORIZATION) {
        copies.insert(AUTHORIZATION, HeaderValue::from_static("redacted"));
    }
    copies
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, method, target, headers: _, body: _, status } = self;
        write!(f, "#{number} {method} {target} -> {status:?}")
    }
}

/// Maximum number of requests in [`Emulator::requests`](crate::Emulator::requests).
const KEPT_REQUESTS: usize = 10_000;
/// Maximum number of bytes of their targets, headers and bodies.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(journal: &Journal) -> (u64, u64) {
        let (first, last) = (journal.kept.front().unwrap(), journal.kept.back().unwrap());
        (first.request.number, last.request.number)
    }

    #[test]
    fn more_than_64_mebibytes_evict_the_oldest_requests() {
        let mut journal = Journal::default();
        let request = Request::new(Bytes::from(vec![b'1'; 1024 * 1024]));
        for _ in 0..200 {
            journal.arrive(&request);
            assert!(journal.kept.iter().map(|kept| kept.body.len()).sum::<usize>() <= KEPT_BYTES);
        }
        assert_eq!(numbers(&journal), (138, 200), "63 requests, since targets count, too");
        journal.arrive(&Request::new(Bytes::new()));
        assert_eq!(numbers(&journal), (138, 201));
    }

    #[test]
    fn long_headers_and_targets_count_like_bodies() {
        let mut journal = Journal::default();
        let header = "x".repeat(512 * 1024);
        let request = Request::builder().uri("/").header("x-long", header).body(Bytes::new()).unwrap();
        for _ in 0..200 {
            journal.arrive(&request);
        }
        assert_eq!(numbers(&journal), (74, 200));
    }

    #[test]
    fn the_10_001st_request_evicts_the_first() {
        let mut journal = Journal::default();
        for _ in 0..10_001 {
            journal.arrive(&Request::new(Bytes::new()));
        }
        assert_eq!(numbers(&journal), (2, 10_001));
    }

    #[test]
    fn each_of_several_authorization_headers_is_redacted_and_other_headers_stay() {
        let builder = Request::builder().header("accept", "a").header("accept", "b");
        let builder = builder.header("authorization", "Bearer ghp_one").header("authorization", "ghp_two");
        let mut journal = Journal::default();
        journal.arrive(&builder.body(Bytes::new()).unwrap());
        let headers = journal.kept().remove(0).parse().headers;
        let values = |name| headers.get_all(name).iter().collect::<Vec<_>>();
        assert_eq!(values("authorization"), ["redacted"]);
        assert_eq!(values("accept"), ["a", "b"]);
    }
}
