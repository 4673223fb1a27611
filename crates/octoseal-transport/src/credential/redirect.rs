//! Where a redirect leads, decided where the API's address is known: GitHub answers for what is renamed with one.

use crate::error::Error;
use crate::network::api_url::ApiUrl;
use bytes::Bytes;
use http::header::LOCATION;
use http::{Response, StatusCode, Uri};

/// Where to send the same request, or why nowhere; [`Authorize`](super::Authorize) puts it into the extensions of a redirect.
#[derive(Clone, Debug)]
pub(crate) struct Redirect(pub(crate) Result<Target, Error>);

#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) uri: Uri,
    /// Who owns what is there, as the address names it.
    pub(crate) owner: Option<String>,
}

/// The redirect that an answer is; `None` if it is none, or one that asks for another request (303).
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

/// GitHub: "301 Permanent redirection", "302, 307 Temporary redirection": repeat your request to the URL specified; and
/// RFC 9110, section 15.4.9, for 308.
const FOLLOWED: [StatusCode; 4] = [
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::FOUND,
    StatusCode::TEMPORARY_REDIRECT,
    StatusCode::PERMANENT_REDIRECT,
];
