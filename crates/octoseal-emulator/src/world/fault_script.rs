//! Scripted faults: what fails, for which requests, and how often.

use crate::api::answer::{Refusal, put};
use crate::api::documentation_url::documentation_url;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Method, Request, Response, StatusCode};
use std::time::Duration;

/// A fault that replaces the handling of a request, or follows it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Fault {
    /// Sends exactly this answer, without handling the request.
    Answer(Response<Bytes>),
    /// Handles the request, then sends this answer: a write that is stored, but looks like a failure.
    HandleThenAnswer(Response<Bytes>),
    /// Waits, then handles the request.
    Delay(Duration),
    /// Resets the connection (TCP RST) without handling the request.
    Reset,
    /// Handles the request, then resets the connection.
    HandleThenReset,
    /// Closes the connection (TCP FIN) without an answer and without handling the request.
    Close,
    /// Handles the request, then closes the connection without an answer.
    HandleThenClose,
    /// Handles the request, announces the full length of the body, sends only this number of bytes, and
    /// closes.
    HandleThenTruncate(usize),
}

/// Answers that GitHub sent during incidents.
impl Fault {
    /// Answers 503 "Secrets service unavailable" (cli/cli#9758), without handling the request.
    pub fn secrets_service_unavailable() -> Self {
        Self::refusal(StatusCode::SERVICE_UNAVAILABLE, "Secrets service unavailable")
    }

    /// Answers 500 "Server Error", which GitHub sent with 16 writes in flight (cli/cli#9387), without
    /// handling the request. See [`Script::busier_than`].
    pub fn server_error() -> Self {
        Self::refusal(StatusCode::INTERNAL_SERVER_ERROR, "Server Error")
    }

    /// Answers 502 with the HTML of a gateway, without handling the request.
    pub fn bad_gateway() -> Self {
        Self::html(StatusCode::BAD_GATEWAY, BAD_GATEWAY)
    }

    /// Answers 503 with GitHub's HTML page "Unicorn!", sent by overloaded servers, without handling the
    /// request.
    pub fn unicorn() -> Self {
        Self::html(StatusCode::SERVICE_UNAVAILABLE, UNICORN)
    }

    fn html(status: StatusCode, page: &'static str) -> Self {
        let mut answer = Response::new(Bytes::from_static(page.as_bytes()));
        *answer.status_mut() = status;
        put(answer.headers_mut(), CONTENT_TYPE, "text/html; charset=utf-8");
        Self::Answer(answer)
    }

    fn refusal(status: StatusCode, message: &str) -> Self {
        Self::Answer(Refusal::new(status, message).answer(documentation_url(None)))
    }
}

/// A fault, and the requests that it applies to. Without filters it applies to the next request.
///
/// ```
/// use http::Method;
/// use octoseal_emulator::{Fault, Script};
///
/// // The second and third write of a Codespaces secret lose their connection.
/// Script::new(Fault::Reset).method(Method::PUT).path("/codespaces/").after(1).times(2);
/// ```
#[derive(Clone, Debug)]
pub struct Script {
    fault: Fault,
    busier_than: u64,
    method: Option<Method>,
    path: String,
    passed: u64,
    after: u64,
    times: u64,
}

impl Script {
    /// Applies the fault to the next request, once.
    pub fn new(fault: Fault) -> Self {
        Self { fault, busier_than: 0, method: None, path: String::new(), passed: 0, after: 0, times: 1 }
    }

    /// Applies the fault only to requests with this method.
    pub fn method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    /// Applies the fault only to requests with this text in their path or query.
    pub fn path(self, part: &str) -> Self {
        Self { path: part.to_owned(), ..self }
    }

    /// Applies the fault only to requests that arrive while more than `requests` are in flight, including
    /// them.
    pub fn busier_than(self, requests: u64) -> Self {
        Self { busier_than: requests, ..self }
    }

    /// Skips this number of matching requests first.
    pub fn after(self, requests: u64) -> Self {
        Self { after: requests, ..self }
    }

    /// Applies the fault to this number of consecutive requests.
    pub fn times(self, requests: u64) -> Self {
        Self { times: requests, ..self }
    }

    /// Returns the fault for this request, if the script matches it.
    pub(crate) fn fault_for(&mut self, request: &Request<Bytes>, under_way: u64) -> Option<Fault> {
        let any_method = self.method.as_ref().is_none_or(|method| method == request.method());
        if under_way <= self.busier_than || !any_method || !request.uri().to_string().contains(&self.path) {
            return None;
        }
        self.passed += 1;
        (self.passed > self.after && !self.is_over()).then(|| self.fault.clone())
    }

    fn is_over(&self) -> bool {
        self.passed > self.after.saturating_add(self.times)
    }
}

const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad \
    Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
const UNICORN: &str = "<!DOCTYPE html>\n<html>\n<head><title>Unicorn! &middot; GitHub</title></head>\n<body><p>We had \
    issues producing the response to your request.</p></body>\n</html>\n";

#[cfg(test)]
mod tests {
    use super::*;

    fn has_fault(mut script: Script, requests: &[(&str, &str)]) -> Vec<bool> {
        let request = |(method, path): &(&str, &str)| {
            Request::builder().method(*method).uri(*path).body(Bytes::new()).unwrap()
        };
        requests.iter().map(|parts| script.fault_for(&request(parts), 1).is_some()).collect()
    }

    #[test]
    fn a_script_applies_to_the_next_request_once() {
        assert_eq!(has_fault(Script::new(Fault::Close), &[("GET", "/a"), ("GET", "/a")]), [true, false]);
    }

    #[test]
    fn only_matching_requests_are_counted() {
        let script = Script::new(Fault::Reset).method(Method::PUT).path("/b").after(1).times(2);
        let requests =
            [("PUT", "/b"), ("GET", "/b"), ("PUT", "/a"), ("PUT", "/b?x"), ("PUT", "/b/c"), ("PUT", "/b")];
        assert_eq!(has_fault(script, &requests), [false, false, false, true, true, false]);
    }
}
