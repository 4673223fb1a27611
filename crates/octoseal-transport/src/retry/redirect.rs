//! Where a redirect points, if it may be followed: GitHub answers for a renamed repository with one.

use crate::error::{Error, Kind, Phase};
use crate::network::api_url::origin_of;
use bytes::Bytes;
use http::header::LOCATION;
use http::{Response, StatusCode, Uri};

/// The address to send the same request to; `None` if the answer is no redirect, or one that asks for another request
/// (303).
///
/// # Errors
///
/// An [`Error`] that names the target if it is not on the same origin: the credential stays at home.
pub(crate) fn target(response: &Response<Bytes>, asked: &Uri) -> Result<Option<Uri>, Error> {
    let status = response.status();
    if !FOLLOWED.contains(&status) {
        return Ok(None);
    }
    let home = origin_of(asked)?;
    let refused =
        |target: String| Err(Error::new(Kind::Redirect { status, target }, Phase::NotSent).at(&home));
    let Some(location) = location(response, &home) else {
        return refused("an address that cannot be read".to_owned());
    };
    match origin_of(&location) {
        Ok(origin) if origin == home => Ok(Some(location)),
        Ok(origin) => refused(origin),
        Err(_) => refused("an address that requests may not go to".to_owned()),
    }
}

/// An absolute address or a path; GitHub sends absolute ones.
fn location(response: &Response<Bytes>, home: &str) -> Option<Uri> {
    let text = response.headers().get(LOCATION)?.to_str().ok()?;
    match text.strip_prefix('/') {
        Some(rest) if rest.starts_with('/') => None,
        Some(_) => format!("{home}{text}").parse().ok(),
        None => text.parse().ok(),
    }
}

/// GitHub: "301 Permanent redirection", "302, 307 Temporary redirection": repeat your request to the URL specified; and
/// RFC 9110, section 15.4.9, for 308.
const FOLLOWED: [StatusCode; 4] = [
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::FOUND,
    StatusCode::TEMPORARY_REDIRECT,
    StatusCode::PERMANENT_REDIRECT,
];
