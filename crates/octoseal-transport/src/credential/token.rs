//! Tokens: valid in a header, wiped when dropped, never printed.

use crate::BoxFuture;
use crate::credential::TokenProvider;
use crate::error::Error;
use crate::redaction::redact;
use bytes::Bytes;
use http::{HeaderValue, Response};
use std::fmt;
use std::future::ready;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A GitHub token of any kind.
///
/// It has no `Display` and no `Clone`. Only the header that [`Authorize`](crate::Authorize) adds contains it.
/// When it and the last request that carries it are dropped, its whole buffer is overwritten.
///
/// # Examples
///
/// ```
/// use octoseal_transport::{Token, TokenKind};
///
/// let token = Token::new("ghp_example")?;
/// assert_eq!(token.kind(), TokenKind::Classic);
/// assert_eq!(format!("{token:?}"), "Token(classic personal access token)");
/// # Ok::<(), octoseal_transport::Error>(())
/// ```
pub struct Token(HeaderValue);

impl Token {
    /// Checks a token without trimming it. A `String` is moved, a `&str` is copied.
    ///
    /// # Errors
    ///
    /// An [`Error`] without any part of it if the token is empty, is longer than 1,024 bytes (a limit of this
    /// crate), or has a character that is not visible ASCII, such as a line end.
    pub fn new(token: impl Into<String>) -> Result<Self, Error> {
        let token = Zeroizing::new(token.into());
        if token.is_empty() {
            return Err(Error::refused("the token is empty"));
        }
        if token.len() > MAX_LENGTH {
            return Err(Error::refused(format!("the token is longer than {MAX_LENGTH} bytes")));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::refused(
                "the token has a space, a line end or another character that no token has",
            ));
        }
        Ok(Self(bearer(&token)))
    }

    /// Returns the kind of the token, by its prefix.
    pub fn kind(&self) -> TokenKind {
        PREFIXES
            .iter()
            .find(|(prefix, _)| self.text().starts_with(prefix))
            .map_or(TokenKind::Unknown, |&(_, kind)| kind)
    }

    /// Returns the value of the header `Authorization`, marked sensitive. Copies share one buffer.
    pub(crate) fn bearer(&self) -> HeaderValue {
        self.0.clone()
    }

    fn text(&self) -> &str {
        let text = std::str::from_utf8(&self.0.as_bytes()[SCHEME.len()..]);
        text.expect("a token is visible ASCII")
    }

    /// Redacts the token in an answer, before it can reach an error or a trace. The outer layers do not know
    /// the token.
    pub(crate) fn redact_in(&self, response: Response<Bytes>) -> Response<Bytes> {
        redact(response, &[self.text()], "(the token)")
    }
}

fn bearer(token: &str) -> HeaderValue {
    let buffer = Zeroizing::new([SCHEME.as_bytes(), token.as_bytes()].concat());
    let mut value =
        HeaderValue::from_maybe_shared(Bytes::from_owner(buffer)).expect("a token is visible ASCII");
    value.set_sensitive(true);
    value
}

/// Returns the same token for each attempt, without copying its text.
impl TokenProvider for Token {
    fn token<'a>(&'a self, _: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>> {
        Box::pin(ready(Ok(Some(Arc::new(Self(self.0.clone()))))))
    }

    fn kind(&self) -> Option<TokenKind> {
        Some(self.kind())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({})", self.kind())
    }
}

/// The kinds of GitHub's tokens, by their
/// [prefixes](https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats).
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum TokenKind {
    /// `ghp_`
    Classic,
    /// `github_pat_`
    FineGrained,
    /// `gho_`
    OAuth,
    /// `ghu_`
    UserToServer,
    /// `ghs_`
    Installation,
    /// `ghr_`
    Refresh,
    /// Anything else, such as the tokens of old servers.
    Unknown,
}

impl fmt::Display for TokenKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Classic => "classic personal access token",
            Self::FineGrained => "fine-grained personal access token",
            Self::OAuth => "OAuth access token",
            Self::UserToServer => "GitHub App user access token",
            Self::Installation => "GitHub App installation token",
            Self::Refresh => "GitHub App refresh token",
            Self::Unknown => "token of an unknown kind",
        })
    }
}

const MAX_LENGTH: usize = 1_024;

/// RFC 6750, section 2.1.
const SCHEME: &str = "Bearer ";

const PREFIXES: [(&str, TokenKind); 6] = [
    ("ghp_", TokenKind::Classic),
    ("github_pat_", TokenKind::FineGrained),
    ("gho_", TokenKind::OAuth),
    ("ghu_", TokenKind::UserToServer),
    ("ghs_", TokenKind::Installation),
    ("ghr_", TokenKind::Refresh),
];
