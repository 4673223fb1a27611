//! The layer that adds the credential, only to requests for the configured server.

use crate::credential::fresh::{Fresh, FreshAttempts, Verdict, verdict};
use crate::credential::redirect::redirect;
use crate::credential::{Account, AsApp, Renewed, Token, TokenProvider};
use crate::error::{Error, Phase};
use crate::network::api_url::ApiUrl;
use crate::network::deadline::Deadline;
use crate::trace::{self, PathTemplate};
use crate::{BoxFuture, Transport};
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Request, Response, StatusCode, Uri};
use std::fmt;
use std::sync::Arc;

/// Forwards only requests to one origin, with `Authorization: Bearer …` if its provider has a token.
///
/// The [`TokenProvider`] is asked before each attempt, and learns if GitHub refuses the token. If it has
/// another one, the answer 401 is marked with [`Renewed`].
///
/// The token is redacted in answers, in any [spelling](crate::redact). Only this layer knows the address of
/// the API, so it checks the targets of redirects, and [`Retry`](crate::Retry) follows them.
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
pub struct Authorize<T, P> {
    inner: T,
    api_url: ApiUrl,
    provider: P,
}

impl<T, P> Authorize<T, P> {
    /// Wraps a transport. The provider is often just a token: `Some(token)`, or `None::<Token>`.
    pub fn new(inner: T, api_url: ApiUrl, provider: P) -> Self {
        Self { inner, api_url, provider }
    }

    /// Marks a redirect with its target.
    fn redirected(&self, asked: &Uri, mut response: Response<Bytes>) -> Response<Bytes> {
        if let Some(redirect) = redirect(&self.api_url, asked, &response) {
            response.extensions_mut().insert(redirect);
        }
        response
    }

    /// Refuses a request that may not have the credential, before the provider is asked.
    fn check(&self, request: &Request<Bytes>) -> Result<(), Error> {
        self.api_url.check_origin(request.uri())?;
        if request.headers().contains_key(AUTHORIZATION) {
            return Err(Error::refused(
                "the request already has an Authorization header: remove it, since the token sets it",
            ));
        }
        Ok(())
    }
}

impl<T: Transport, P: TokenProvider> Authorize<T, P> {
    /// Sends a request of a GitHub App as itself.
    async fn as_app(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let token = in_time(&request, self.provider.app_token()).await?;
        let asked = request.uri().clone();
        request.headers_mut().insert(AUTHORIZATION, token.bearer());
        let response = token.redact_in(self.inner.send(request).await?);
        let mut response = self.redirected(&asked, response);
        if response.status() == StatusCode::UNAUTHORIZED && self.provider.app_token_refused(&response) {
            response.extensions_mut().insert(Renewed);
        }
        Ok(response)
    }

    async fn authorized(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let account = request.extensions().get::<Account>().cloned();
        let account = account.as_ref().map(|Account(login)| login.as_str());
        let token = in_time(&request, self.provider.token(account)).await?;
        let asked = request.uri().clone();
        let Some(token) = token else {
            return Ok(self.redirected(&asked, self.inner.send(request).await?));
        };
        let attempts = request.extensions().get().copied();
        request.headers_mut().insert(AUTHORIZATION, token.bearer());
        let response = token.redact_in(self.inner.send(request).await?);
        let mut response = self.redirected(&asked, response);
        match verdict(&response) {
            Verdict::Works => self.provider.worked(account, &token),
            doubt if self.is_fresh(account, &token, doubt, attempts.unwrap_or_default()).await => {
                response.extensions_mut().insert(Fresh);
            }
            _ if response.status() == StatusCode::UNAUTHORIZED && self.provider.refused(account, &token) => {
                response.extensions_mut().insert(Renewed);
            }
            _ => {}
        }
        Ok(response)
    }

    /// Returns whether the reason of an answer may be a token that GitHub does not know everywhere yet.
    async fn is_fresh(
        &self,
        account: Option<&str>,
        token: &Arc<Token>,
        doubt: Verdict,
        attempts: FreshAttempts,
    ) -> bool {
        if !attempts.are_left() || !self.provider.is_fresh(account, token) {
            return false;
        }
        match doubt {
            Verdict::Refused => true,
            // A wrong name must not cost seconds, so one request tests whether the token works at all.
            Verdict::NotFound if attempts.0 == 0 => !self.works(account, token).await,
            Verdict::NotFound => true,
            Verdict::Works | Verdict::Nothing => false,
        }
    }

    async fn works(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        let Ok(uri) = self.api_url.resolve("/installation/repositories?per_page=1") else {
            return false;
        };
        let mut question = Request::new(Bytes::new());
        *question.uri_mut() = uri;
        question.headers_mut().insert(AUTHORIZATION, token.bearer());
        let template = PathTemplate("/installation/repositories".to_owned());
        question.extensions_mut().insert(template);
        let sent: BoxFuture<'_, _> = self.inner.send(question.clone());
        let answer = trace::attempt(sent, &question, 1).await;
        let works = answer.is_ok_and(|answer| verdict(&answer) == Verdict::Works);
        if works {
            self.provider.worked(account, token);
        }
        works
    }
}

/// Waits for a token as long as the request may take.
async fn in_time<R>(
    request: &Request<Bytes>,
    token: impl Future<Output = Result<R, Error>>,
) -> Result<R, Error> {
    let token = async { token.await.map_err(not_sent) };
    match request.extensions().get::<Deadline>() {
        Some(deadline) => deadline.bound(token, || Phase::NotSent).await,
        None => token.await,
    }
}

/// Marks an error of the provider as not sent.
fn not_sent(error: Error) -> Error {
    if error.phase() == Phase::NotSent { error } else { Error::not_sent(error) }
}

impl<T: Transport, P: TokenProvider> Transport for Authorize<T, P> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        Box::pin(async move {
            self.check(&request)?;
            match request.extensions().get::<AsApp>() {
                Some(AsApp) => self.as_app(request).await,
                None => self.authorized(request).await,
            }
        })
    }
}

impl<T, P> fmt::Debug for Authorize<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { inner: _, api_url, provider: _ } = self;
        f.debug_struct("Authorize").field("api_url", api_url).finish_non_exhaustive()
    }
}
