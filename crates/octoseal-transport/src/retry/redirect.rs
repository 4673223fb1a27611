//! The mark of an answer that came after a redirect.

/// A mark, in the extensions of an answer, that it came after a redirect. It holds the current owner of the
/// request's resource, as GitHub names it, such as `repositories/1300192`. GitHub redirects renamed and
/// transferred repositories.
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
