//! The request that every client sends: a secret's PUT as octoseal sends it.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request, Uri};

/// The path of the request.
pub const PATH: &str = "/repos/octo/hello/actions/secrets/NPM_TOKEN";

/// A token as long as GitHub's.
pub const TOKEN: &str = "ghp_benchbenchbenchbenchbenchbenchbench1";

/// Creates the request without the headers that some clients add: `Host`, `Content-Length`, `Authorization`,
/// `User-Agent`.
pub fn request(uri: Uri) -> Request<Bytes> {
    let mut request = Request::new(body());
    *request.method_mut() = Method::PUT;
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
    headers.insert("x-github-api-version", HeaderValue::from_static("2022-11-28"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request
}

/// Creates the request for clients without tokens and a user agent.
pub fn with_credential(uri: Uri) -> Request<Bytes> {
    let mut request = request(uri);
    let mut credential =
        HeaderValue::try_from(format!("Bearer {TOKEN}")).expect("the token is visible ASCII");
    credential.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, credential);
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static("octoseal/0.1.0"));
    request
}

/// Returns 300 bytes of JSON: a sealed value of 186 bytes in base64, and the id of its key.
pub fn body() -> Bytes {
    let value = "c2VhbGVk".repeat(31);
    let body = format!(r#"{{"encrypted_value":"{value}","key_id":"568250167242549743"}}"#);
    Bytes::from(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_has_the_documented_length() {
        assert_eq!(body().len(), 300);
    }
}
