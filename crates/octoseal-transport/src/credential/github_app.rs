//! GitHub Apps: identity and tokens (feature `github-app`).

mod answer;
mod api_call;
mod failure;
mod jwt;
mod pem;
mod provider;
mod signer;
mod token_request;
mod token_slot;

pub use provider::AppTokens;
pub use signer::{RsaKey, Signer};

use crate::error::Error;
use serde_json::{Map, Value, json};
use std::fmt;
use std::time::SystemTime;

/// A GitHub App: its id, its signer, and the permissions of its tokens.
///
/// [`AppTokens`] makes a [`TokenProvider`](crate::TokenProvider) of it. The App must be
/// [installed](https://docs.github.com/en/apps/using-github-apps/installing-your-own-github-app) at every
/// account that it works on. The installation is found by the owner of a request's resource
/// ([`Account`](crate::Account)).
///
/// # Examples
///
/// ```no_run
/// use octoseal_transport::{ApiUrl, AppTokens, Authorize, Client, Config, GitHubApp, Retry, RetryPolicy, RsaKey};
/// use std::sync::Arc;
/// use std::time::SystemTime;
///
/// # fn example(pem: &[u8]) -> Result<(), octoseal_transport::Error> {
/// let app = GitHubApp::new("Iv23liExample", RsaKey::from_pem(pem)?, SystemTime::now)?;
/// let (client, api_url) = (Arc::new(Client::new(Config::default())?), ApiUrl::github());
/// let tokens = AppTokens::new(Arc::clone(&client), api_url.clone(), app);
/// let transport = Retry::new(Authorize::new(client, api_url, tokens), RetryPolicy::default());
/// # Ok(())
/// # }
/// ```
pub struct GitHubApp {
    issuer: String,
    signer: Box<dyn Signer>,
    clock: Box<dyn Fn() -> SystemTime + Send + Sync>,
    installation: Option<u64>,
    permissions: Map<String, Value>,
    repositories: Vec<String>,
}

impl GitHubApp {
    /// Creates an App from its client id (or its number), its signer, and a clock, which is usually
    /// `SystemTime::now`: the library reads no clock itself. If the clock is wrong by more than 30 seconds
    /// and at most a day, the time of GitHub's answers is used instead.
    ///
    /// # Errors
    ///
    /// An [`Error`] if the id is empty, longer than 80 bytes (a limit of this crate), or not visible ASCII.
    pub fn new(
        id: impl Into<String>,
        signer: impl Signer + 'static,
        clock: impl Fn() -> SystemTime + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let issuer = id.into();
        if !(1..=MAX_ID).contains(&issuer.len()) || !issuer.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::refused(
                "the App's id is not valid: use the client id or the App ID from the App's settings",
            ));
        }
        Ok(Self {
            issuer,
            signer: Box::new(signer),
            clock: Box::new(clock),
            installation: None,
            permissions: Map::new(),
            repositories: Vec::new(),
        })
    }

    /// Uses this installation for every request of every account, instead of finding one.
    #[must_use]
    pub fn installation(self, id: u64) -> Self {
        Self { installation: Some(id), ..self }
    }

    /// Requests this permission, such as `secrets` at the level `write`. After the first call, tokens have no
    /// other permissions. The installation must have them.
    #[must_use]
    pub fn permission(mut self, permission: &str, level: &str) -> Self {
        self.permissions.insert(permission.to_owned(), level.into());
        self
    }

    /// Requests this repository, named without its owner. After the first call, tokens have no other
    /// repositories.
    #[must_use]
    pub fn repository(mut self, name: &str) -> Self {
        self.repositories.push(name.to_owned());
        self
    }

    /// Returns the body of a token request, which limits the token to the necessary permissions.
    fn token_request_body(&self) -> String {
        let mut body = Map::new();
        if !self.permissions.is_empty() {
            body.insert("permissions".to_owned(), json!(self.permissions));
        }
        if !self.repositories.is_empty() {
            body.insert("repositories".to_owned(), json!(self.repositories));
        }
        Value::Object(body).to_string()
    }
}

/// The maximum in bytes. GitHub's ids have about 20. With only quotes, which JSON escapes, and a signature of
/// 4,096 bits, the web token still fits into a [`Token`](crate::Token).
const MAX_ID: usize = 80;

/// Shows neither the signer nor its data.
impl fmt::Debug for GitHubApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { issuer, signer: _, clock: _, installation, permissions, repositories } = self;
        f.debug_struct("GitHubApp")
            .field("issuer", issuer)
            .field("installation", installation)
            .field("permissions", permissions)
            .field("repositories", repositories)
            .finish_non_exhaustive()
    }
}
