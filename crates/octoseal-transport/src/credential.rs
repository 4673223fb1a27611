//! Token providers. A provider is asked before each attempt, so that a long run can renew its tokens.

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

/// The account of a request: the login of the user or the organization that it is about.
///
/// Put it into the request's extensions. A [`TokenProvider`] with a token for each account selects by it.
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

/// A mark, in a request's extensions, of a request that a GitHub App makes as itself, such as `GET /app`. The
/// request carries a JSON web token that the App signs, instead of an installation's token.
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

/// A mark, in the extensions of an answer 401, that the provider can replace the token: one retry may help.
#[derive(Clone, Copy, Debug)]
pub struct Renewed;

/// Provides [`Authorize`](crate::Authorize) with a token for each attempt.
///
/// A [`Token`] provides itself, and `None` provides no token. With the feature `github-app` there is
/// `AppTokens`. A closure that takes the account and returns a future is a provider, too.
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
/// // The file is read for each attempt, so that a new token needs no restart.
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
    /// Returns the token for one attempt, or `None` to send it without a token. `account` is the request's
    /// [`Account`].
    ///
    /// # Errors
    ///
    /// The reason why there is no token. The request is then not sent. [`Retry`](crate::Retry) asks again
    /// after an error made by [`Error::not_sent`].
    fn token<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>>;

    /// Learns that GitHub answered 401 to this token. Returns whether another token is available, so that one
    /// retry may help. The default is `false`.
    fn refused(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        let _ = (account, token);
        false
    }

    /// Returns whether GitHub may not know this token everywhere yet: it was created seconds ago and has
    /// never worked. After a refusal, the same token is then tried a few more times. The default is `false`.
    fn is_fresh(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        let _ = (account, token);
        false
    }

    /// Learns that GitHub accepted this token. Does nothing by default.
    fn worked(&self, account: Option<&str>, token: &Arc<Token>) {
        let _ = (account, token);
    }

    /// Returns the JSON web token of the GitHub App itself, for one attempt of a request with [`AsApp`].
    ///
    /// # Errors
    ///
    /// The same as for [`token`](Self::token). By default, that the credential is not that of a GitHub App.
    fn app_token(&self) -> BoxFuture<'_, Result<Arc<Token>, Error>> {
        Box::pin(ready(Err(no_app())))
    }

    /// Learns that GitHub answered 401 to a request with [`AsApp`]. Returns whether one retry with another
    /// web token may help. The default is `false`.
    fn app_token_refused(&self, answer: &Response<Bytes>) -> bool {
        let _ = answer;
        false
    }

    /// Returns whether each account has its own token, and with it its own rate limit. The default is
    /// `false`.
    fn is_per_account(&self) -> bool {
        false
    }

    /// Returns the kind of the tokens, if it is known without requesting one. `None` without tokens.
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

/// `None` provides no token, so requests are sent without one.
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
