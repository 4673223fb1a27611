//! The provider of an App's tokens, one for each installation.

use super::GitHubApp;
use super::api_call::Asking;
use super::failure::Failure;
use super::token_slot::Slot;
use crate::credential::TokenProvider;
use crate::credential::token::{Token, TokenKind};
use crate::error::Error;
use crate::network::api_url::ApiUrl;
use crate::{BoxFuture, Transport};
use bytes::Bytes;
use http::{HeaderValue, Response};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Provides each account's requests with a token of the App's installation there.
///
/// The first request that needs a token requests it, and other requests wait for the same one. It is renewed
/// when less than five minutes of its hour are left, by GitHub's clock. Until then, and on failure, the
/// current token is used until its last minute. GitHub may refuse a new token for some seconds, so a token
/// that has never worked is retried for ten seconds. If GitHub refuses a token later, the next request gets a
/// new one. If GitHub refuses to create one, that is cached for 30 seconds, or as long as a rate limit
/// requires. At most 10,000 accounts are cached.
pub struct AppTokens<T> {
    asking: Asking<T>,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
}

impl<T: Transport> AppTokens<T> {
    /// Requests tokens with this transport, which must not add a credential.
    pub fn new(inner: T, api_url: ApiUrl, app: GitHubApp) -> Self {
        Self { asking: Asking::new(inner, api_url, app), slots: Mutex::default() }
    }

    /// Sets the `User-Agent` of the requests for tokens.
    #[must_use]
    pub fn user_agent(mut self, name: HeaderValue) -> Self {
        self.asking.user_agent = name;
        self
    }

    async fn give(&self, account: Option<&str>) -> Result<Arc<Token>, Failure> {
        let slot = self.slot(account)?;
        let rounds = match slot.known() {
            Ok(outcome) => return outcome,
            Err(rounds) => rounds,
        };
        let mut installation = match (slot.turn.try_lock(), slot.usable()) {
            (Ok(turn), _) => turn,
            (Err(_), Some(token)) => return Ok(token),
            (Err(_), None) => slot.turn.lock().await,
        };
        if let Some(outcome) = slot.outcome_since(rounds) {
            return outcome;
        }
        slot.settle(self.asking.mint(account, &mut installation).await)
    }

    fn slot(&self, account: Option<&str>) -> Result<Arc<Slot>, Failure> {
        let key = match (self.asking.app.installation, account) {
            (Some(_), _) => String::new(),
            (None, None) => return Err(Failure::no_owner()),
            (None, Some(login)) if is_login(login) => login.to_ascii_lowercase(),
            (None, Some(_)) => return Err(Failure::no_login()),
        };
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MAX_ACCOUNTS && !slots.contains_key(&key) {
            slots.clear();
        }
        Ok(Arc::clone(slots.entry(key).or_default()))
    }
}

impl<T: Transport> TokenProvider for AppTokens<T> {
    fn token<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>> {
        Box::pin(async move { Ok(Some(self.give(account).await?)) })
    }

    fn refused(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        let slot = self.slot(account);
        slot.is_ok_and(|slot| {
            slot.forget(token);
            true
        })
    }

    fn is_fresh(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        self.slot(account).is_ok_and(|slot| slot.is_fresh(token))
    }

    fn worked(&self, account: Option<&str>, token: &Arc<Token>) {
        if let Ok(slot) = self.slot(account) {
            slot.worked(token);
        }
    }

    fn app_token(&self) -> BoxFuture<'_, Result<Arc<Token>, Error>> {
        Box::pin(async move { Ok(Arc::new(self.asking.web_token().await?)) })
    }

    fn app_token_refused(&self, answer: &Response<Bytes>) -> bool {
        self.asking.learn_the_time(answer)
    }

    fn is_per_account(&self) -> bool {
        self.asking.app.installation.is_none()
    }

    fn kind(&self) -> Option<TokenKind> {
        Some(TokenKind::Installation)
    }
}

impl<T> fmt::Debug for AppTokens<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppTokens")
            .field("api_url", &self.asking.api_url)
            .field("app", &self.asking.app)
            .finish_non_exhaustive()
    }
}

/// Returns whether a login has only the characters of logins, including managed users'. It becomes a segment
/// of a path unchanged.
fn is_login(login: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=MAX_LOGIN).contains(&login.len()) && login.bytes().all(fits)
}

/// The maximum in bytes, set by this crate. GitHub allows 39, and more for managed users, whose logins end in
/// a company's name.
const MAX_LOGIN: usize = 100;

/// Sufficient for any App. Above it, the cache is cleared, and some tokens are requested again.
const MAX_ACCOUNTS: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Signer;
    use crate::error::boxed::BoxError;
    use http::Request;
    use std::future::ready;

    struct NoKey;

    impl Signer for NoKey {
        fn sign<'a>(&'a self, _: &'a [u8]) -> BoxFuture<'a, Result<Vec<u8>, BoxError>> {
            Box::pin(ready(Err("there is no key".into())))
        }
    }

    #[test]
    fn ten_thousand_accounts_are_cached_and_then_evicted() {
        let inner = |_: Request<Bytes>| async { Ok(Response::new(Bytes::new())) };
        let app = GitHubApp::new("1", NoKey, || std::time::UNIX_EPOCH).unwrap();
        let tokens = AppTokens::new(inner, ApiUrl::github(), app);
        let remembered = || tokens.slots.lock().unwrap().len();
        for number in 0..MAX_ACCOUNTS {
            tokens.slot(Some(&format!("a{number}"))).unwrap();
        }
        tokens.slot(Some("A9999")).unwrap();
        assert_eq!(remembered(), MAX_ACCOUNTS);
        tokens.slot(Some("b")).unwrap();
        assert_eq!(remembered(), 1);
    }
}
