//! GitHub Apps: who one is, and how it comes to tokens (feature `github-app`).

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

/// A GitHub App: what it is called, who signs for it, and what its tokens are to be good for.
///
/// [`AppTokens`] makes a [`TokenProvider`](crate::TokenProvider) of it. The App must be
/// [installed](https://docs.github.com/en/apps/using-github-apps/installing-your-own-github-app) wherever it is to work;
/// the installation is found by the owner whose things a request touches ([`Account`](crate::Account)).
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
    /// Takes the App's client id (or its number), what signs with its private key, and what tells the time: the library
    /// reads no clock of its own, so `SystemTime::now` is usual. If it is wrong by more than 30 seconds, and by
    /// a day at most, the time of GitHub's answers is used instead.
    ///
    /// # Errors
    ///
    /// An [`Error`] if the id is empty, longer than 80 bytes (a limit of ours), or not of visible ASCII.
    pub fn new(
        id: impl Into<String>,
        signer: impl Signer + 'static,
        clock: impl Fn() -> SystemTime + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let issuer = id.into();
        if !(1..=MAX_ID).contains(&issuer.len()) || !issuer.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::refused(
                "the App's id cannot be one: take the client id or the App ID from the App's settings",
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

    /// Uses this installation for every request, whoever's things it touches, instead of looking for one.
    #[must_use]
    pub fn installation(self, id: u64) -> Self {
        Self { installation: Some(id), ..self }
    }

    /// Asks for this permission, such as `secrets` at the level `write`, and from the first one on for no others; they
    /// must be among those that the installation has.
    #[must_use]
    pub fn permission(mut self, permission: &str, level: &str) -> Self {
        self.permissions.insert(permission.to_owned(), level.into());
        self
    }

    /// Asks for this repository, named without its owner, and from the first one on for no others.
    #[must_use]
    pub fn repository(mut self, name: &str) -> Self {
        self.repositories.push(name.to_owned());
        self
    }

    /// What the body of a token request says, so that the token is good for no more than is needed.
    fn wishes(&self) -> String {
        let mut wishes = Map::new();
        if !self.permissions.is_empty() {
            wishes.insert("permissions".to_owned(), json!(self.permissions));
        }
        if !self.repositories.is_empty() {
            wishes.insert("repositories".to_owned(), json!(self.repositories));
        }
        Value::Object(wishes).to_string()
    }
}

/// Bytes; GitHub's have about 20. With as many quotes, which JSON escapes, and a signature of 4,096 bits, the web token is
/// still no longer than a [`Token`](crate::Token) may be.
const MAX_ID: usize = 80;

/// Shows neither the signer nor anything that it may hold.
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
