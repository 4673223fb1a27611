//! Answers: JSON, no content, or a refusal in GitHub's words.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde_json::{Value, json};

/// Creates an answer with a JSON body.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(body.to_string()));
    *answer.status_mut() = status;
    put(answer.headers_mut(), CONTENT_TYPE, "application/json; charset=utf-8");
    answer
}

/// Creates a 204 without a body or a content type.
pub(crate) fn no_content() -> Response<Bytes> {
    let mut answer = Response::new(Bytes::new());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    answer
}

/// Creates the answer to HEAD from the answer to GET: its headers, and the length of its body.
pub(crate) fn without_body(answer: Response<Bytes>) -> Response<Bytes> {
    let length = answer.body().len();
    let mut answer = answer.map(|_| Bytes::new());
    if length > 0 {
        put(answer.headers_mut(), CONTENT_LENGTH, &length.to_string());
    }
    answer
}

/// Sets a header, if the text is a valid value.
pub(crate) fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// The header of a 404 that GitHub does not send.
pub(crate) const NOT_EMULATED: HeaderName = HeaderName::from_static("x-octoseal-emulator");

/// A refusal of a request, as GitHub sends it.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
    header: Option<(HeaderName, String)>,
    documentation_url: Option<String>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), header: None, documentation_url: None }
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Not Found")
    }

    /// Creates a 404 with its own message, so that no test mistakes it for GitHub's.
    pub(crate) fn not_emulated<B>(request: &Request<B>) -> Self {
        let (method, path) = (request.method(), request.uri().path());
        let message = format!("Not Found: octoseal-emulator does not emulate {method} {path}");
        Self::new(StatusCode::NOT_FOUND, message).with_header(NOT_EMULATED, "not-emulated".to_owned())
    }

    /// Creates a 422 with the message of GitHub's schema check.
    pub(crate) fn invalid_request(reason: impl AsRef<str>) -> Self {
        Self::unprocessable(format!("Invalid request.\n\n{}", reason.as_ref()))
    }

    /// Creates a 422 without an `errors` array, as these operations answer.
    pub(crate) fn unprocessable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    pub(crate) fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.header = Some((name, value));
        self
    }

    pub(crate) fn with_documentation(mut self, page: &str) -> Self {
        self.documentation_url = Some(page.to_owned());
        self
    }

    /// Creates the answer. The field `status` in its body is a string.
    pub(crate) fn answer(self, documentation_url: String) -> Response<Bytes> {
        let mut answer = json(
            self.status,
            &json!({
                "message": self.message,
                "documentation_url": self.documentation_url.unwrap_or(documentation_url),
                "status": self.status.as_str(),
            }),
        );
        if let Some((name, value)) = self.header {
            put(answer.headers_mut(), name, &value);
        }
        answer
    }
}
