//! Providers are asked for each attempt, learn of refusals, and can have any type.

use crate::request;
use bytes::Bytes;
use http::{Method, Request, Response};
use octoseal_transport::{
    Account, ApiUrl, Authorize, BoxFuture, Error, Renewed, Retry, RetryPolicy, Token, TokenKind,
    TokenProvider, Transport,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// Provides `ghp_canary_1`, `ghp_canary_2` and so on, and records its calls.
#[derive(Default)]
struct Counting {
    given: AtomicUsize,
    accounts: Mutex<Vec<Option<String>>>,
    refused: Mutex<Vec<Arc<Token>>>,
    has_more: bool,
}

impl TokenProvider for Counting {
    fn token<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>> {
        let number = self.given.fetch_add(1, Ordering::Relaxed) + 1;
        self.accounts.lock().unwrap().push(account.map(str::to_owned));
        Box::pin(async move { Ok(Some(Arc::new(Token::new(format!("ghp_canary_{number}"))?))) })
    }

    fn refused(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
        self.accounts.lock().unwrap().push(account.map(str::to_owned));
        self.refused.lock().unwrap().push(Arc::clone(token));
        self.has_more
    }
}

/// Creates a transport that answers with this status, and records the credentials of requests.
fn recorder(status: u16) -> (impl Transport, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::<Mutex<Vec<String>>>::default();
    let kept = Arc::clone(&seen);
    let transport = move |request: Request<Bytes>| {
        let credential = request.headers().get("authorization").map_or("", |value| value.to_str().unwrap());
        kept.lock().unwrap().push(credential.to_owned());
        async move { Ok(Response::builder().status(status).body(Bytes::new()).unwrap()) }
    };
    (transport, seen)
}

fn get(account: Option<&str>) -> Request<Bytes> {
    let mut get = request(Method::GET, "https://api.github.com/repos/acme/api");
    if let Some(login) = account {
        get.extensions_mut().insert(Account(login.to_owned()));
    }
    get
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_its_own_token() {
    let (inner, seen) = recorder(503);
    let provider = Arc::new(Counting::default());
    let layer = Authorize::new(inner, ApiUrl::github(), Arc::clone(&provider));
    let response = Retry::new(layer, RetryPolicy::default()).send(get(Some("acme"))).await.unwrap();
    assert_eq!(response.status(), 503);
    let numbered = |number| format!("Bearer ghp_canary_{number}");
    assert_eq!(*seen.lock().unwrap(), [1, 2, 3, 4, 5].map(numbered));
    assert_eq!(*provider.accounts.lock().unwrap(), vec![Some("acme".to_owned()); 5]);
    assert!(provider.refused.lock().unwrap().is_empty(), "a 503 is no refusal of the token");
}

#[tokio::test]
async fn a_401_is_marked_if_the_provider_has_another_token() {
    for (status, has_more, refusals, marked) in
        [(401, true, 1, true), (401, false, 1, false), (403, true, 0, false), (200, true, 0, false)]
    {
        let (inner, _) = recorder(status);
        let provider = Arc::new(Counting { has_more, ..Counting::default() });
        let layer = Authorize::new(inner, ApiUrl::github(), Arc::clone(&provider));
        let response = layer.send(get(None)).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(response.extensions().get::<Renewed>().is_some(), marked, "{status} {has_more}");
        assert_eq!(provider.refused.lock().unwrap().len(), refusals, "{status} {has_more}");
        assert_eq!(*provider.accounts.lock().unwrap(), vec![None; 1 + refusals]);
    }
}

#[tokio::test]
async fn a_fixed_token_and_none_are_providers_too() {
    for (provider, credential) in
        [(Some(Token::new("ghp_canary").unwrap()), "Bearer ghp_canary"), (None::<Token>, "")]
    {
        assert!(!provider.is_per_account());
        assert_eq!(provider.kind(), (!credential.is_empty()).then_some(TokenKind::Classic));
        let (inner, seen) = recorder(401);
        let layer = Authorize::new(inner, ApiUrl::github(), provider);
        for _ in 0..2 {
            let response = layer.send(get(Some("acme"))).await.unwrap();
            assert!(response.extensions().get::<Renewed>().is_none());
        }
        assert_eq!(*seen.lock().unwrap(), [credential, credential]);
    }
}

#[tokio::test]
async fn an_optional_provider_forwards_every_call() {
    struct PerAccount(Counting);
    impl TokenProvider for PerAccount {
        fn token<'a>(&'a self, account: Option<&'a str>) -> BoxFuture<'a, Result<Option<Arc<Token>>, Error>> {
            self.0.token(account)
        }
        fn refused(&self, account: Option<&str>, token: &Arc<Token>) -> bool {
            self.0.refused(account, token)
        }
        fn is_per_account(&self) -> bool {
            true
        }
    }
    let per_account = PerAccount(Counting { has_more: true, ..Counting::default() });
    let provider = Some(Arc::new(per_account) as Arc<dyn TokenProvider>);
    assert!(provider.is_per_account());
    assert_eq!(provider.kind(), Some(TokenKind::Unknown));
    let token = provider.token(None).await.unwrap().unwrap();
    assert!(provider.refused(None, &token));
    let no_provider = None::<Arc<dyn TokenProvider>>;
    assert!(
        !no_provider.is_per_account() && !no_provider.refused(None, &token) && no_provider.kind().is_none()
    );
}

#[tokio::test]
async fn a_closure_provides_by_account_and_its_error_is_the_requests() {
    let provider = |account: Option<&str>| {
        let token = account.map(|login| Token::new(format!("ghp_canary_{login}")).map(Arc::new)).transpose();
        async { token.and_then(|token| token.map(Some).ok_or_else(|| Error::maybe_sent("no account"))) }
    };
    let (inner, seen) = recorder(200);
    let layer = Authorize::new(inner, ApiUrl::github(), provider);
    layer.send(get(Some("acme"))).await.unwrap();
    layer.send(get(Some("not a login"))).await.unwrap_err();
    let error = layer.send(get(None)).await.unwrap_err();
    assert!(!error.is_unknown_outcome());
    assert_eq!(*seen.lock().unwrap(), ["Bearer ghp_canary_acme"]);
}

#[tokio::test]
async fn no_provider_is_asked_for_a_token_of_another_server() {
    let provider = Arc::new(Counting::default());
    let (inner, _) = recorder(200);
    let layer = Authorize::new(inner, ApiUrl::github(), Arc::clone(&provider));
    layer.send(request(Method::GET, "https://evil.example/user")).await.unwrap_err();
    assert_eq!(provider.given.load(Ordering::Relaxed), 0);
}
