//! What happens to redirects: they are not followed, but explained.

use crate::error::{Error, Kind, Phase};
use bytes::Bytes;
use http::header::LOCATION;
use http::{Response, StatusCode, Uri};

/// Turns a redirect into an error; `origin` is the server that answered.
pub(crate) fn refuse(response: Response<Bytes>, origin: &str) -> Result<Response<Bytes>, Error> {
    let status = response.status();
    if !REDIRECTS.contains(&status) {
        return Ok(response);
    }
    let target = target(&response, origin).unwrap_or_else(|| "an address that cannot be read".to_owned());
    Err(Error::new(Kind::Redirect { status, target }, Phase::NotSent).at(origin))
}

/// Origin and path only: a query or a user name can hold what nobody should see.
fn target(response: &Response<Bytes>, origin: &str) -> Option<String> {
    let location: Uri = response.headers().get(LOCATION)?.to_str().ok()?.parse().ok()?;
    let path = location.path();
    match (location.scheme(), location.host()) {
        (Some(scheme), Some(host)) => {
            let port = location.port().map(|port| format!(":{port}")).unwrap_or_default();
            Some(format!("{scheme}://{host}{port}{path}"))
        }
        (None, None) => Some(format!("{origin}{path}")),
        _ => None,
    }
}

/// RFC 9110, section 15.4. The answer 304 is no redirect.
const REDIRECTS: [StatusCode; 5] = [
    StatusCode::MOVED_PERMANENTLY,
    StatusCode::FOUND,
    StatusCode::SEE_OTHER,
    StatusCode::TEMPORARY_REDIRECT,
    StatusCode::PERMANENT_REDIRECT,
];
