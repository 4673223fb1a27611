//! Marks of requests that may be retried, and of answers after an earlier attempt.

use bytes::Bytes;
use http::Request;

/// A mark, in the extensions of an answer, that an earlier attempt may have taken effect.
///
/// The answer 404 to a DELETE can then mean that the first attempt deleted the resource.
#[derive(Clone, Copy, Debug)]
pub struct Retried;

/// A mark, in the extensions of a request, that its effect is the same each time, although its method does
/// not guarantee it: a PATCH that sets a value.
///
/// [`Retry`](crate::Retry) retries it after a lost answer, like a PUT.
///
/// # Examples
///
/// ```
/// use octoseal_transport::Idempotent;
///
/// let mut request = http::Request::patch("https://api.github.com/").body(bytes::Bytes::new())?;
/// request.extensions_mut().insert(Idempotent);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Idempotent;

/// Returns whether a request that may have taken effect may be retried.
pub(crate) fn is_idempotent(request: &Request<Bytes>) -> bool {
    request.method().is_idempotent() || request.extensions().get::<Idempotent>().is_some()
}
