//! Targets of redirects, checked where the API's address is known. GitHub redirects renamed resources.

use crate::error::Error;
use crate::network::api_url::ApiUrl;
use bytes::Bytes;
use http::header::LOCATION;
use http::{Response, StatusCode, Uri};

/// The target of a redirect, or the reason why it is not followed. [`Authorize`](super::Authorize) puts it
/// into the answer's extensions.
#[derive(Clone, Debug)]
pub(crate) struct Redirect(pub(crate) Result<Target, Error>);

#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) uri: Uri,
    /// The owner of the resource, as the address names it.
    pub(crate) owner: Option<String>,
}

/// Returns the redirect of an answer. `None` if it is no redirect, or one that changes the request (303).
pub(crate) fn redirect(api_url: &ApiUrl, asked: &Uri, response: &Response<Bytes>) -> Option<Redirect> {
    let status = response.status();
    if !FOLLOWED.contains(&status) {
        return None;
    }
    let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
    let target = api_url.relocate(asked, location.unwrap_or_default());
    Some(Redirect(match target {
        Ok(uri) => Ok(Target { owner: api_url.owner_in(&uri), uri }),
        Err(error) => Err(error.with_status(status)),
    }))
}

/// GitHub: "301 Permanent redirection", "302, 307 Temporary redirection": repeat your request to the URL
/// specified; and RFC 9110, section 15.4.9, for 308.
const FOLLOWED: [StatusCode; 4] = [
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::FOUND,
    StatusCode::TEMPORARY_REDIRECT,
    StatusCode::PERMANENT_REDIRECT,
];
