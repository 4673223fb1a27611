//! Requests as values: what to send, and how to read the answer.

use crate::access::RepositoryId;
use crate::answer::Written;
use crate::any_store::AnyStore;
use crate::api_version::ApiVersion;
use crate::error::Error;
use crate::operation::Operation;
use crate::printable::printable;
use crate::problem::Problem;
use crate::put_body::Body;
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{Response, StatusCode};
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;

/// A request to GitHub whose answer is an `R`.
///
/// # Examples
///
/// ```
/// use octoseal_model::{ApiVersion, StoreKey, User};
///
/// let request = User.store().public_key();
/// let http = request.to_http(ApiVersion::default());
/// assert_eq!(http.uri(), "/user/codespaces/secrets/public-key");
///
/// // … sent by your HTTP client …
/// let response = http::Response::new(r#"{"key_id":"568250167242549743","key":"2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU="}"#.into());
/// let key: StoreKey = request.read(&response)?;
/// assert_eq!(key.key_id, "568250167242549743");
/// # Ok::<(), octoseal_model::Error>(())
/// ```
#[must_use = "a request does nothing until it is sent"]
pub struct Request<R> {
    operation: Operation,
    target: String,
    is_link: bool,
    body: Option<Body>,
    read: Read<R>,
}

/// Reads an answer that was not a refusal.
pub(crate) type Read<R> = fn(&Request<R>, &Response<Bytes>) -> Result<R, Error>;

impl<R> Request<R> {
    pub(crate) fn new(operation: Operation, read: Read<R>) -> Self {
        Self { target: operation.path(), operation, is_link: false, body: None, read }
    }

    pub(crate) fn with_body(mut self, body: Body) -> Self {
        self.body = Some(body);
        self
    }

    /// Returns the same request with a query.
    pub(crate) fn at(self, target: String) -> Self {
        Self { target, ..self }
    }

    /// Returns the same request at the address of a link, which may be only a query.
    pub(crate) fn next_page(&self, link: String) -> Self {
        let is_link = !link.starts_with('?');
        let target = if is_link { link } else { format!("{}{link}", self.operation.path()) };
        Self { target, is_link, operation: self.operation.clone(), body: None, read: self.read }
    }

    /// Returns the same request about an environment by the id of its repository,
    /// `/repositories/{repository_id}/environments/…`. Older Enterprise Servers support only this path. Other
    /// requests give `None`.
    pub fn by_repository_id(&self, id: RepositoryId) -> Option<Self> {
        let AnyStore::Environment(store) = self.operation.store()? else { return None };
        let rest = self.target.strip_prefix(&format!("/{}/", store.owner().repository().root()))?;
        Some(self.clone().at(format!("/repositories/{id}/{rest}")))
    }

    /// Returns the operation. For a next page it is the operation of the first page.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// Returns the path and query under the root of the API, or, for a next page, GitHub's
    /// [link](Self::is_link).
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Returns whether the target is a link from GitHub: an absolute URL, or a path from the root of the
    /// server. The owner may have another name in it.
    pub fn is_link(&self) -> bool {
        self.is_link
    }

    /// Returns the request as HTTP, without a host and without a credential.
    ///
    /// # Panics
    ///
    /// Never: a target is made of encoded segments, or was checked when it was read from a `Link` header.
    pub fn to_http(&self, version: ApiVersion) -> http::Request<Bytes> {
        let builder = http::Request::builder()
            .method(self.operation.method())
            .uri(&self.target)
            .header(ACCEPT, "application/vnd.github+json")
            .header("x-github-api-version", version.as_str());
        let request = match &self.body {
            Some(body) => builder.header(CONTENT_TYPE, "application/json").body(body.to_json(version)),
            None => builder.body(Bytes::new()),
        };
        request.expect("targets are valid when a request is made")
    }

    /// Returns the texts of the body that an answer must not repeat: a sealed value, and the id of its key.
    pub fn sensitive_texts(&self) -> Vec<&str> {
        self.body.as_ref().map(Body::texts).unwrap_or_default()
    }

    /// Reads GitHub's answer.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with GitHub's message, in which every text of the request with 16 characters or
    /// more is redacted. [`Error::UnexpectedAnswer`] if GitHub does not document such an answer.
    pub fn read(&self, response: &Response<Bytes>) -> Result<R, Error> {
        let status = response.status();
        if status.is_client_error() || status.is_server_error() {
            return Err(Error::Refused(Box::new(Problem::read(response, &self.sensitive_texts()))));
        }
        (self.read)(self, response)
    }
}

impl<R> Clone for Request<R> {
    fn clone(&self) -> Self {
        let Self { operation, target, is_link, body, read } = self;
        Self {
            operation: operation.clone(),
            target: target.clone(),
            is_link: *is_link,
            body: body.clone(),
            read: *read,
        }
    }
}

impl<R> fmt::Debug for Request<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({} {})", self.operation.method(), self.target)
    }
}

/// Requires status 200 with JSON.
pub(crate) fn json<R, T: DeserializeOwned>(_: &Request<R>, response: &Response<Bytes>) -> Result<T, Error> {
    let status = expect(StatusCode::OK, response)?;
    serde_json::from_slice(response.body())
        // The error text can hold parts of the answer.
        .map_err(|cause| Error::UnexpectedAnswer { status, source: Some(Arc::from(Box::<dyn std::error::Error + Send + Sync>::from(printable(&cause.to_string())))) })
}

/// Requires status 204 without a body.
pub(crate) fn nothing(_: &Request<()>, response: &Response<Bytes>) -> Result<(), Error> {
    expect(StatusCode::NO_CONTENT, response).map(drop)
}

/// Requires status 201.
pub(crate) fn created(_: &Request<()>, response: &Response<Bytes>) -> Result<(), Error> {
    expect(StatusCode::CREATED, response).map(drop)
}

fn expect(expected: StatusCode, response: &Response<Bytes>) -> Result<StatusCode, Error> {
    match response.status() {
        status if status == expected => Ok(status),
        status => Err(Error::UnexpectedAnswer { status, source: None }),
    }
}

/// Requires status 201 or 204. A 200 may come from a proxy and does not mean that anything was written.
pub(crate) fn written(_: &Request<Written>, response: &Response<Bytes>) -> Result<Written, Error> {
    match response.status() {
        StatusCode::CREATED => Ok(Written::Created),
        StatusCode::NO_CONTENT => Ok(Written::Updated),
        status => Err(Error::UnexpectedAnswer { status, source: None }),
    }
}

/// Returns whether `text` is a valid target of a request.
pub(crate) fn is_target(text: &str) -> bool {
    text.parse::<http::Uri>().is_ok()
}
