//! Takes a token out of what a server says.

use crate::credential::token::Token;
use bytes::Bytes;
use http::{HeaderValue, Response};

/// Some gateways repeat a request's headers in their errors. Further on nobody knows the token any more, so it is taken
/// out here, before it can reach an error or a trace.
pub(crate) fn without_token(mut response: Response<Bytes>, token: &Token) -> Response<Bytes> {
    let token = token.text();
    if token.len() < HIDDEN_FROM {
        return response;
    }
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
