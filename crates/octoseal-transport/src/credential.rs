//! Where tokens come from: whoever provides them is asked before each attempt, so that a long run can renew them.

mod authorize;
pub(crate) mod fresh;
#[cfg(feature = "github-app")]
mod github_app;
pub(crate) mod redirect;
mod token;

pub use authorize::Authorize;
#[cfg(feature = "github-app")]
pub use github_app::{AppTokens, GitHubApp, RsaKey, Signer};
pub use token::{Token, TokenKind};

use crate::BoxFuture;
use crate::error::Error;
use bytes::Bytes;
use http::Response;
use std::future::{Future, ready};
use std::sync::Arc;

/// Whose things a request touches: the login of a user or an organization at GitHub.
///
/// Put it into the request's extensions: a [`TokenProvider`] that has a token for each account picks by it.
///
/// # Examples
///
/// ```
/// use octoseal_transport::Account;
///
/// let mut request = http::Request::new(bytes::Bytes::new());
/// request.extensions_mut().insert(Account("octo-org".to_owned()));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account(pub String);

/// Marks a request, in its extensions, that a GitHub App makes as itself, such as `GET /app`: it carries a JSON web token that
/// the App signs, and no installation's token.
///
/// # Examples
///
/// ```
/// use octoseal_transport::AsApp;
///
/// let mut request = http::Request::new(bytes::Bytes::new());
/// request.extensions_mut().insert(AsApp);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AsApp;

/// Marks an answer 401, in its extensions, whose token the provider can replace: the request is worth one repeat.
#[derive(Clone, Copy, Debug)]
pub struct Renewed;

/// Gives [`Authorize`](crate::Authorize) a token for each attempt; no request stores one before it is sent.
///
/// A [`Token`] is a provider of itself, `None` one of nothing, and with the feature `github-app` there is `AppTokens`. A
/// closure that takes the account and gives a future will do, too.
///
/// # Examples
///
/// ```
/// # use bytes::Bytes;
/// # use http::{Request, Response};
/// use octoseal_transport::{ApiUrl, Authorize, Error, Token, Transport};
/// use std::sync::Arc;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// // Read anew for each attempt, so that what renews the file needs no restart of ours.
/// let provider = |_: Option<&str>| async {
///     let text = std::fs::read_to_string("/run/token").unwrap_or("ghp_example".to_owned());
///     Ok(Some(Arc::new(Token::new(text.trim_end())?)))
/// };
/// # let inner = |request: Request<Bytes>| async move {
/// #     assert_eq!(request.headers()["authorization"], "Bearer ghp_example");
/// #     Ok(Response::new(Bytes::new()))
/// # };
/// let transport = Authorize::new(inner, ApiUrl::github(), provider);
/// # let mut request = Request::new(Bytes::new());
/// # *request.uri_mut() = ApiUrl::github().resolve("/user")?;
/// # transport.send(request).await?;
/// # Ok(())
/// # }
/// ```
pub trait TokenProvider: Send + Sync {
    /// The token for one attempt, or `None` to send it without one; `account` is what [`Account`] says.
    ///
    /// # Errors
    ///
    /// Why there is no token. The request is not sent then; [`Error::not_sent`] makes an error after which
    /// [`Retry`](crate::Retry) asks again.
    fn token<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>>;

    /// Told that GitHub answered 401 to this token. Answers whether another may be had, so that the request is worth
    /// one repeat; `false` unless told otherwise.
    fn refused(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        let _ = (account, token);
        false
    }

    /// Whether GitHub may not know this token everywhere yet: it was made seconds ago and has never worked. A refusal is
    /// then worth some more attempts with the same token; `false` by default.
    fn is_fresh(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        let _ = (account, token);
        false
    }

    /// Learns that GitHub took this token; does nothing by default.
    fn worked(&self, account: Option<&str>, token: &Arc<Token>) {
        let _ = (account, token);
    }

    /// The JSON web token of the GitHub App itself, for one attempt of a request with [`AsApp`].
    ///
    /// # Errors
    ///
    /// As [`token`](Self::token); by default, that the credential is not one of a GitHub App.
    fn app_token(&self) -> BoxFuture<'_, Result<Arc<Token>, Error>> {
        Box::pin(ready(Err(no_app())))
    }

    /// Told that GitHub answered 401 to a request with [`AsApp`]. Answers whether another web token is worth one repeat;
    /// `false` by default.
    fn app_token_refused(&self, answer: &Response<Bytes>) -> bool {
        let _ = answer;
        false
    }

    /// Whether each account has a token, and with it a rate limit, of its own; `false` unless told otherwise.
    fn is_per_account(&self) -> bool {
        false
    }

    /// The kind of the tokens as far as it is known without asking for one; `None` if there are none at all.
    fn kind(&self) -> Option<TokenKind> {
        Some(TokenKind::Unknown)
    }
}

fn no_app() -> Error {
    Error::refused("only the credential of a GitHub App can ask as the App itself")
}

impl<P: TokenProvider + ?Sized> TokenProvider for Arc<P> {
    fn token<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>> {
        (**self).token(account)
    }

    fn refused(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        (**self).refused(account, token)
    }

    fn is_fresh(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        (**self).is_fresh(account, token)
    }

    fn worked(&self, account: Option<&str>, token: &Arc<Token>) {
        (**self).worked(account, token);
    }

    fn app_token(&self) -> BoxFuture<'_, Result<Arc<Token>, Error>> {
        (**self).app_token()
    }

    fn app_token_refused(&self, answer: &Response<Bytes>) -> bool {
        (**self).app_token_refused(answer)
    }

    fn is_per_account(&self) -> bool {
        (**self).is_per_account()
    }

    fn kind(&self) -> Option<TokenKind> {
        (**self).kind()
    }
}

/// `None` provides no token, and the requests go without.
impl<P: TokenProvider> TokenProvider for Option<P> {
    fn token<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>> {
        match self {
            Some(provider) => provider.token(account),
            None => Box::pin(ready(Ok(None))),
        }
    }

    fn refused(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        self.as_ref().is_some_and(|provider| provider.refused(account, token))
    }

    fn is_fresh(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        self.as_ref().is_some_and(|provider| provider.is_fresh(account, token))
    }

    fn worked(&self, account: Option<&str>, token: &Arc<Token>) {
        self.iter().for_each(|provider| provider.worked(account, token));
    }

    fn app_token(&self) -> BoxFuture<'_, Result<Arc<Token>, Error>> {
        match self {
            Some(provider) => provider.app_token(),
            None => Box::pin(ready(Err(no_app()))),
        }
    }

    fn app_token_refused(&self, answer: &Response<Bytes>) -> bool {
        self.as_ref().is_some_and(|provider| provider.app_token_refused(answer))
    }

    fn is_per_account(&self) -> bool {
        self.as_ref().is_some_and(P::is_per_account)
    }

    fn kind(&self) -> Option<TokenKind> {
        self.as_ref().and_then(P::kind)
    }
}

impl<F, Fut> TokenProvider for F
where
    F: Fn(Option<&str>) -> Fut + Send + Sync,
    Fut: Future<Output = Result<Option<Arc<Token>>, Error>> + Send + 'static,
{
    fn token<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>> {
        Box::pin(self(account))
    }
}
