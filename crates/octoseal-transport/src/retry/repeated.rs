//! Marks for requests that may be sent again, and for answers that came after an earlier attempt.

use bytes::Bytes;
use http::Request;

/// Marks an answer, in its extensions, before which an earlier attempt may have taken effect.
///
/// The answer 404 to a DELETE can then mean that the first attempt deleted it.
#[derive(Clone, Copy, Debug)]
pub struct Repeated;

/// Marks a request, in its extensions, whose effect is the same each time, although its method does not promise it: a PATCH
/// that sets a value.
///
/// [`Retry`](crate::Retry) sends it again after a lost answer, as a PUT.
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

/// Whether a request that perhaps took effect may be sent again.
pub(crate) fn is_idempotent(request: &Request<Bytes>) -> bool {
    request.method().is_idempotent() || request.extensions().get::<Idempotent>().is_some()
}
