//! What was asked and what was answered: kept for tests, and written as lines without anything secret.

use crate::route::Route;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::fmt;

/// A request that arrived. Its `Debug` shows neither headers nor body.
#[derive(Clone)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Its number: the first is 1.
    pub number: u64,
    /// Its method.
    pub method: Method,
    /// Path and query as received.
    pub target: String,
    /// Its headers; the value of `Authorization` is replaced.
    pub headers: HeaderMap,
    /// Its body, if that is JSON; `encrypted_value` is in it as it came.
    pub body: Option<Value>,
    /// The status that was answered; nothing before that, and for a connection that was reset or closed.
    pub status: Option<StatusCode>,
}

/// The latest requests.
#[derive(Default)]
pub(crate) struct Journal {
    arrived: u64,
    requests: VecDeque<RecordedRequest>,
}

impl Journal {
    /// Records a request and gives it its number.
    pub(crate) fn arrive(&mut self, request: &Request<Bytes>) -> u64 {
        self.arrived += 1;
        if self.requests.len() == KEPT_REQUESTS {
            self.requests.pop_front();
        }
        let mut headers = request.headers().clone();
        if let Some(authorization) = headers.get_mut(AUTHORIZATION) {
            *authorization = HeaderValue::from_static("redacted");
        }
        self.requests.push_back(RecordedRequest {
            number: self.arrived,
            method: request.method().clone(),
            target: request.uri().to_string(),
            headers,
            body: serde_json::from_slice(request.body()).ok(),
            status: None,
        });
        self.arrived
    }

    pub(crate) fn answered(&mut self, number: u64, status: StatusCode) {
        if let Some(request) = self.requests.iter_mut().rev().find(|request| request.number == number) {
            request.status = Some(status);
        }
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.requests.iter().cloned().collect()
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, method, target, headers: _, body: _, status } = self;
        write!(f, "#{number} {method} {target} -> {status:?}")
    }
}

/// One exchange as a line of JSON: no value, no token, and no query, which could hold one.
pub(crate) fn line(
    number: u64,
    request: &Request<Bytes>,
    route: Option<&Route>,
    answer: Option<&Response<Bytes>>,
) -> String {
    let (store, name) = match route {
        Some(Route::Store(store, operation)) => (Some(store.to_string()), operation.secret_name()),
        _ => (None, None),
    };
    let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let sealed = body["encrypted_value"].as_str().and_then(|text| STANDARD.decode(text).ok());
    let id = answer.and_then(|answer| answer.headers().get("x-github-request-id"));
    let line = json!({
        "number": number,
        "method": request.method().as_str(),
        "path": request.uri().path(),
        "status": answer.map(|answer| answer.status().as_u16()),
        "request_id": id.and_then(|id| id.to_str().ok()),
        "store": store,
        "name": name.map(str::to_uppercase),
        "key_id": body["key_id"].as_str().filter(|id| looks_like_key_id(id)),
        "sealed_bytes": sealed.map(|bytes| bytes.len()),
    });
    line.to_string()
}

/// A client with a mistake could send anything as `key_id`.
fn looks_like_key_id(text: &str) -> bool {
    text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many requests [`Emulator::requests`](crate::Emulator::requests) goes back.
pub(crate) const KEPT_REQUESTS: usize = 10_000;
