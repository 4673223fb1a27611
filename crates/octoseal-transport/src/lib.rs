//! HTTP to GitHub over hyper: TLS, timeouts, retries, and a credential that is sent only to the configured
//! host.
//!
//! Use this crate to send `http` requests to GitHub's API and to know afterwards whether they may have taken
//! effect. It knows no secrets. Except for a GitHub App's token requests, it knows no GitHub types and no
//! JSON. To put secrets into GitHub's stores, use the crate `octoseal`, which builds on this one.
//!
//! Everything here is a [`Transport`], a trait with one method. A closure is one too, so tests need no
//! server:
//!
//! ```
//! use bytes::Bytes;
//! use http::{Request, Response};
//! use octoseal_transport::{ApiUrl, Authorize, Error, Retry, RetryPolicy, Token, Transport};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let answers = |request: Request<Bytes>| async move {
//!     assert_eq!(request.headers()["authorization"], "Bearer ghp_example");
//!     Ok(Response::new(Bytes::from_static(b"pong")))
//! };
//! let api_url = ApiUrl::github();
//! let token = Token::new("ghp_example")?;
//! let transport = Retry::new(Authorize::new(answers, api_url.clone(), Some(token)), RetryPolicy::default());
//!
//! let mut request = Request::new(Bytes::new());
//! *request.uri_mut() = api_url.resolve("/zen")?;
//! assert_eq!(transport.send(request).await?.body(), "pong");
//! # Ok(())
//! # }
//! ```
//!
//! * [`Client`] sends requests over the network, with the limits of its [`Config`].
//! * [`Authorize`] adds the [`Token`] to requests for the one [`ApiUrl`], and refuses all others.
//! * [`TokenProvider`] provides the token before each attempt. [`Account`] names the account of a request,
//!   and [`AsApp`] marks a request of a GitHub App as itself.
//! * [`Retry`] retries what is safe to retry, as its [`RetryPolicy`] defines, and follows redirects on the
//!   same server.
//! * [`Pacer`] respects GitHub's rate limits, as its [`Pacing`] defines, and can be watched.
//! * [`Error`] names the failure and, by its [`Phase`], whether the request may have taken effect.
//! * [`PathTemplate`] names a request's route in traces, [`Retried`] marks an answer after an earlier
//!   attempt, and [`Idempotent`] a request that may be retried whatever its method.
//! * [`Proxies`] and [`ClientIdentity`] are parts of the [`Config`]: tunnels through CONNECT or SOCKS 5, and
//!   mutual TLS.
//!
//! This crate does not use TLS to a proxy, and reads neither the environment nor files (except for OpenSSL's
//! own look-up of its certificates). The caller reads proxies from the environment.
//!
//! # Features
//!
//! * `github-app` adds `AppTokens`, the credential of a GitHub App; it needs a C compiler.
//! * `http2` adds the switch `Config::http2`, which is off by default.
//! * `tower` adds `FromService`, which makes any tower service a [`Transport`].
//! * `vendored-tls` builds OpenSSL from source instead of using the system's.

mod credential;
mod error;
#[cfg(feature = "tower")]
mod from_service;
mod network;
mod observer;
mod pace;
mod redaction;
mod retry;
mod trace;
mod wait;

pub use credential::{Account, AsApp, Authorize, Renewed, Token, TokenKind, TokenProvider};
#[cfg(feature = "github-app")]
pub use credential::{AppTokens, GitHubApp, RsaKey, Signer};
pub use error::{Error, Phase};
#[cfg(feature = "tower")]
pub use from_service::FromService;
pub use network::api_url::ApiUrl;
pub use network::client::Client;
pub use network::client_identity::ClientIdentity;
pub use network::config::Config;
pub use network::proxy::settings::Proxies;
pub use observer::{Notice, NoticeKind, Observer};
pub use pace::rate_limit_headers::{LimitKind, RateLimit};
pub use pace::{
    InvalidPaceState, MemoryPace, PaceState, Pacer, Pacing, Profile, SharedPace, Snapshot, UnknownProfile,
    Watch,
};
pub use redaction::redact;
pub use retry::{Idempotent, Redirected, Retried, Retry, RetryPolicy};
pub use trace::{PathTemplate, request_id};
pub use wait::{Wait, WaitReason};

use bytes::Bytes;
use http::{Request, Response};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A boxed future that can move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and returns the whole answer.
///
/// Every `Fn(Request<Bytes>)` with a future of the right output implements it, so a closure is a transport.
pub trait Transport: Send + Sync {
    /// Sends the request, whose URI is absolute.
    ///
    /// # Errors
    ///
    /// An [`Error`] if there is no whole answer. An answer with any status is not an error, except that
    /// [`Retry`] refuses redirects to another server.
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>>;
}

impl<F, Fut> Transport for F
where
    F: Fn(Request<Bytes>) -> Fut + Send + Sync,
    Fut: Future<Output = Result<Response<Bytes>, Error>> + Send + 'static,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        Box::pin(self(request))
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        (**self).send(request)
    }
}

#[doc = include_str!("../README.md")]
#[cfg(doctest)]
struct ReadmeExamples;
