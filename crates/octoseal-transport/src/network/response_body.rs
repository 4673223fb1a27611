//! Bodies of answers, limited in length, and the meaning of a lost body.

use crate::error::boxed::BoxError;
use crate::error::{Error, Kind, Phase};
use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::response::Parts;
use http::{Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body;

/// Reads the whole body, if it has no more than `max_body` bytes.
pub(crate) async fn collect<B>(body: B, max_body: usize) -> Result<Bytes, Error>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    match Limited::new(body, max_body).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(cause) if cause.is::<LengthLimitError>() => {
            Err(Error::new(Kind::BodyTooLarge(max_body), Phase::AnswerLost))
        }
        Err(cause) => Err(Error::answer_lost(cause)),
    }
}

/// Returns the answer, even without its body if the head is sufficient: for a completed write, a rate limit,
/// or a server error.
pub(crate) fn settle(head: Parts, body: Result<Bytes, Error>) -> Result<Response<Bytes>, Error> {
    match body {
        Ok(body) => Ok(Response::from_parts(head, body)),
        Err(_) if says_all(&head) => Ok(Response::from_parts(head, Bytes::new())),
        Err(error) => Err(error),
    }
}

fn says_all(head: &Parts) -> bool {
    match head.status {
        StatusCode::CREATED | StatusCode::NO_CONTENT | StatusCode::TOO_MANY_REQUESTS => true,
        // Only a rate limit has a wait. Without it, the body distinguishes a limit from a missing permission.
        StatusCode::FORBIDDEN => head.headers.contains_key(RETRY_AFTER),
        status => status.is_server_error(),
    }
}
