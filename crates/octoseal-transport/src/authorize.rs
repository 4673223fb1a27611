//! The layer that adds the credential, to requests that go home and to no others.

use crate::api_url::{ApiUrl, elsewhere, origin_of};
use crate::error::Error;
use crate::token::Token;
use crate::{BoxFuture, Transport};
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request, Response};
use std::fmt;

/// Lets only requests to one origin through, with `Authorization: Bearer …` if there is a token.
///
/// Where an answer repeats the token, it is replaced.
///
/// # Examples
///
/// ```
/// # use bytes::Bytes;
/// # use http::{Request, Response};
/// # use octoseal_transport::{ApiUrl, Authorize, Error, Token, Transport};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let inner = |_: Request<Bytes>| async { Ok(Response::new(Bytes::new())) };
/// let transport = Authorize::new(inner, ApiUrl::github(), Some(Token::new("ghp_example")?));
///
/// let mut request = Request::new(Bytes::new());
/// *request.uri_mut() = http::Uri::from_static("https://api.github.example/user");
/// let error = transport.send(request).await.expect_err("another host");
/// assert_eq!(
///     error.to_string(),
///     "the address leads to https://api.github.example, but requests go only to https://api.github.com"
/// );
/// # Ok(())
/// # }
/// ```
pub struct Authorize<T> {
    inner: T,
    api_url: ApiUrl,
    credential: Option<HeaderValue>,
}

impl<T> Authorize<T> {
    /// Puts the layer around a transport.
    pub fn new(inner: T, api_url: ApiUrl, token: Option<Token>) -> Self {
        Self { inner, api_url, credential: token.map(|token| token.bearer()) }
    }

    fn authorize(&self, mut request: Request<Bytes>) -> Result<Request<Bytes>, Error> {
        let origin = origin_of(request.uri())?;
        if origin != self.api_url.origin() {
            return Err(elsewhere(&origin, self.api_url.origin()));
        }
        if request.headers().contains_key(AUTHORIZATION) {
            return Err(Error::refused(
                "the request has an Authorization header already: leave it to the token",
            ));
        }
        if let Some(credential) = &self.credential {
            request.headers_mut().insert(AUTHORIZATION, credential.clone());
        }
        Ok(request)
    }

    /// Some gateways repeat a request's headers in their errors. From here on nobody knows the token any more, so it is
    /// taken out here, before it can reach an error or a trace.
    fn without_credential(&self, mut response: Response<Bytes>) -> Response<Bytes> {
        let token = self.credential.as_ref().and_then(|value| value.as_bytes().strip_prefix(b"Bearer "));
        let Some(token) = token.filter(|token| token.len() >= HIDDEN_FROM) else {
            return response;
        };
        for value in response.headers_mut().values_mut() {
            if position(value.as_bytes(), token).is_some() {
                let clean = HeaderValue::from_bytes(&without(value.as_bytes(), token));
                *value = clean.unwrap_or(HeaderValue::from_static(INSTEAD));
            }
        }
        if position(response.body(), token).is_some() {
            *response.body_mut() = without(response.body(), token);
        }
        response
    }
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

fn without(mut text: &[u8], token: &[u8]) -> Bytes {
    let mut clean = Vec::with_capacity(text.len());
    while let Some(at) = position(text, token) {
        clean.extend_from_slice(&text[..at]);
        clean.extend_from_slice(INSTEAD.as_bytes());
        text = &text[at + token.len()..];
    }
    clean.extend_from_slice(text);
    clean.into()
}

/// What stands in an answer where the token stood.
const INSTEAD: &str = "(the token)";

/// Shorter tokens are toys, and could stand in an answer by chance; GitHub's have 40 characters or more.
const HIDDEN_FROM: usize = 16;

impl<T: Transport> Transport for Authorize<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        Box::pin(async move {
            let response = self.inner.send(self.authorize(request)?).await?;
            Ok(self.without_credential(response))
        })
    }
}

impl<T> fmt::Debug for Authorize<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { inner: _, api_url, credential: _ } = self;
        f.debug_struct("Authorize").field("api_url", api_url).finish_non_exhaustive()
    }
}
