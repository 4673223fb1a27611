//! Answers: JSON, nothing, or a refusal in GitHub's words.

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use serde_json::{Value, json};

/// An answer with a JSON body.
pub(crate) fn json(status: StatusCode, body: &Value) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(body.to_string()));
    *answer.status_mut() = status;
    put(answer.headers_mut(), CONTENT_TYPE, "application/json; charset=utf-8");
    answer
}

/// 204: no body, and so no content type.
pub(crate) fn no_content() -> Response<Bytes> {
    let mut answer = Response::new(Bytes::new());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    answer
}

/// What HEAD gets instead of the answer to GET: its headers, and how long its body would be.
pub(crate) fn without_body(answer: Response<Bytes>) -> Response<Bytes> {
    let length = answer.body().len();
    let mut answer = answer.map(|_| Bytes::new());
    if length > 0 {
        put(answer.headers_mut(), CONTENT_LENGTH, &length.to_string());
    }
    answer
}

/// Sets a header, if the text can be one.
pub(crate) fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// The header of a 404 that is not GitHub's.
pub(crate) const NOT_EMULATED: HeaderName = HeaderName::from_static("x-octoseal-emulator");

/// Why GitHub does not do what it was asked.
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

    /// 404 in words that are not GitHub's, so that no test passes or fails by mistake.
    pub(crate) fn not_emulated<B>(request: &Request<B>) -> Self {
        let (method, path) = (request.method(), request.uri().path());
        let message = format!("Not Found: octoseal-emulator does not emulate {method} {path}");
        Self::new(StatusCode::NOT_FOUND, message).with_header(NOT_EMULATED, "not-emulated".to_owned())
    }

    /// 422, as the check of a body against its schema words it.
    pub(crate) fn invalid_request(reason: impl AsRef<str>) -> Self {
        Self::unprocessable(format!("Invalid request.\n\n{}", reason.as_ref()))
    }

    /// 422 without an `errors` array: what these operations answer.
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

    /// The answer; `status` in its body is a string.
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
