//! Brings in the body of an answer, up to a limit, and says what a lost one means.

use crate::error::boxed::BoxError;
use crate::error::{Error, Kind, Phase};
use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::response::Parts;
use http::{Response, StatusCode};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body;

/// The whole body, if it has no more than `max_body` bytes.
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

/// The answer, also without its body if the head says all: that a write is done, a limit is reached, or a server is in
/// trouble.
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
        // Only a limit tells how long to wait; without that, the words tell it from a lack of permission.
        StatusCode::FORBIDDEN => head.headers.contains_key(RETRY_AFTER),
        status => status.is_server_error(),
    }
}
