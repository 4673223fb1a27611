//! Traces of an attempt: method, route template, number, status and GitHub's request id, and nothing else.

use crate::error::Error;
use crate::pace::rate_limit_headers::RateLimit;
use crate::wait::Wait;
use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use std::fmt;
use std::future::Future;
use std::time::Duration;
use tracing::{Instrument, Span, debug, debug_span, field, info, warn};

/// A request's route, for traces. Put it into the request's extensions.
///
/// Without it, traces have no route: a path would create one metric series for each secret.
///
/// # Examples
///
/// ```
/// use octoseal_transport::PathTemplate;
///
/// let mut request = http::Request::new(bytes::Bytes::new());
/// request.extensions_mut().insert(PathTemplate("/user/codespaces/secrets/{secret_name}".to_owned()));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PathTemplate(pub String);

/// Runs one attempt in its span.
pub(crate) async fn attempt(
    sent: impl Future<Output = Result<Response<Bytes>, Error>>,
    request: &Request<Bytes>,
    number: u32,
) -> Result<Response<Bytes>, Error> {
    let span = debug_span!(
        target: TARGET,
        "attempt",
        method = request.method().as_str(),
        template = request.extensions().get::<PathTemplate>().map_or("", |template| &template.0),
        attempt = number,
        status = field::Empty,
        request_id = field::Empty,
    );
    let result = sent.instrument(span.clone()).await;
    if let Ok(response) = &result {
        record(&span, response);
    }
    result
}

/// Traces a retry and its reason.
pub(crate) fn retries(reason: &'static str, attempt: u32, delay: Duration) {
    debug!(target: TARGET, reason, attempt, ?delay, "sends the request again");
}

/// Traces a redirect that is followed.
pub(crate) fn follows(method: &Method, owner: Option<&str>) {
    info!(target: TARGET, method = method.as_str(), owner, "follows a redirect: the repository has another name now");
}

/// Traces the wait of a request for its turn, and the reason.
pub(crate) fn waits(wait: Wait) {
    debug!(target: TARGET, reason = %wait.reason, length = ?wait.length, "waits");
}

/// Traces that a pacer could not share its state.
pub(crate) fn alone(cause: &dyn fmt::Display) {
    warn!(target: TARGET, %cause, "the shared pace cannot be used: this process continues alone and slowly");
}

/// Traces a refusal by a rate limit.
pub(crate) fn stopped(limit: RateLimit) {
    warn!(target: TARGET, kind = ?limit.kind, wait = ?limit.wait, "GitHub says that a rate limit is reached");
}

fn record(span: &Span, response: &Response<Bytes>) {
    if span.is_disabled() {
        return;
    }
    span.record("status", response.status().as_u16());
    span.record("request_id", request_id(response.headers()));
}

/// Returns GitHub's id of a request, by which its support finds it, if it has the form of one. So no server
/// can put other text into traces.
///
/// An id has at most 64 letters, digits, colons, dots and hyphens, a limit of this crate.
///
/// # Examples
///
/// ```
/// let mut headers = http::HeaderMap::new();
/// headers.insert("x-github-request-id", http::HeaderValue::from_static("C0FE:1234:5678"));
/// assert_eq!(octoseal_transport::request_id(&headers), Some("C0FE:1234:5678"));
/// headers.insert("x-github-request-id", http::HeaderValue::from_static("ghs_token"));
/// assert_eq!(octoseal_transport::request_id(&headers), None);
/// ```
pub fn request_id(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get("x-github-request-id")?.to_str().ok()?;
    let is_one = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'.' | b'-');
    (id.len() <= 64 && id.bytes().all(is_one)).then_some(id)
}

const TARGET: &str = "octoseal_transport";
