//! The mark of an answer that came after a redirect.

/// Marks an answer, in its extensions, that came after a redirect: who owns the things of the request now, as GitHub names it,
/// such as `repositories/1300192`. GitHub redirects what is renamed or transferred.
///
/// # Examples
///
/// ```
/// use octoseal_transport::Redirected;
///
/// let mut answer = http::Response::new(bytes::Bytes::new());
/// answer.extensions_mut().insert(Redirected("repositories/1300192".to_owned()));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Redirected(pub String);
