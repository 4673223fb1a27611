//! Scripted faults: what goes wrong, with which requests, and how often.

use crate::api::answer::{Refusal, put};
use crate::api::documentation_url::documentation_url;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Method, Request, Response, StatusCode};
use std::time::Duration;

/// What happens to a request instead of, or beside, being handled.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Fault {
    /// Answers this, exactly as it is, and handles nothing.
    Answer(Response<Bytes>),
    /// Handles the request, then answers this: a write that is stored, but looks like a failure.
    HandleThenAnswer(Response<Bytes>),
    /// Waits, then handles the request.
    Delay(Duration),
    /// Resets the connection (TCP RST) and handles nothing.
    Reset,
    /// Handles the request, then resets the connection.
    HandleThenReset,
    /// Closes the connection (TCP FIN) without an answer and handles nothing.
    Close,
    /// Handles the request, then closes the connection without an answer.
    HandleThenClose,
    /// Handles the request, sends so many bytes of the answer's body, which is announced whole, and closes.
    HandleThenTruncate(usize),
}

/// What GitHub was seen to answer in bad hours.
impl Fault {
    /// 503 "Secrets service unavailable" (cli/cli#9758); nothing is handled.
    pub fn secrets_service_unavailable() -> Self {
        Self::refusal(StatusCode::SERVICE_UNAVAILABLE, "Secrets service unavailable")
    }

    /// 500 "Server Error", which came when 16 writes were under way (cli/cli#9387); nothing is handled. See
    /// [`Script::busier_than`].
    pub fn server_error() -> Self {
        Self::refusal(StatusCode::INTERNAL_SERVER_ERROR, "Server Error")
    }

    /// 502 with the HTML of a gateway; nothing is handled.
    pub fn bad_gateway() -> Self {
        Self::html(StatusCode::BAD_GATEWAY, BAD_GATEWAY)
    }

    /// 503 with GitHub's HTML page "Unicorn!", which comes when no server has time; nothing is handled.
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

/// A fault, the requests it befalls, and how many of them; without filters the next request of all.
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
    /// Befalls the next request, once.
    pub fn new(fault: Fault) -> Self {
        Self { fault, busier_than: 0, method: None, path: String::new(), passed: 0, after: 0, times: 1 }
    }

    /// Befalls requests with this method only.
    pub fn method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    /// Befalls requests with this text in their path or query only.
    pub fn path(self, part: &str) -> Self {
        Self { path: part.to_owned(), ..self }
    }

    /// Befalls requests that arrive while, with them, more than so many are under way.
    pub fn busier_than(self, requests: u64) -> Self {
        Self { busier_than: requests, ..self }
    }

    /// Lets so many matching requests pass first.
    pub fn after(self, requests: u64) -> Self {
        Self { after: requests, ..self }
    }

    /// Befalls so many requests, one after the other.
    pub fn times(self, requests: u64) -> Self {
        Self { times: requests, ..self }
    }

    /// The fault for this request, if it is one of those meant.
    pub(crate) fn befall(&mut self, request: &Request<Bytes>, under_way: u64) -> Option<Fault> {
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

    fn befallen(mut script: Script, requests: &[(&str, &str)]) -> Vec<bool> {
        let request = |(method, path): &(&str, &str)| {
            Request::builder().method(*method).uri(*path).body(Bytes::new()).unwrap()
        };
        requests.iter().map(|parts| script.befall(&request(parts), 1).is_some()).collect()
    }

    #[test]
    fn a_script_befalls_the_next_request_once() {
        assert_eq!(befallen(Script::new(Fault::Close), &[("GET", "/a"), ("GET", "/a")]), [true, false]);
    }

    #[test]
    fn only_matching_requests_are_counted() {
        let script = Script::new(Fault::Reset).method(Method::PUT).path("/b").after(1).times(2);
        let requests =
            [("PUT", "/b"), ("GET", "/b"), ("PUT", "/a"), ("PUT", "/b?x"), ("PUT", "/b/c"), ("PUT", "/b")];
        assert_eq!(befallen(script, &requests), [false, false, false, true, true, false]);
    }
}
