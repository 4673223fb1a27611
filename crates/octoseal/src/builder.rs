//! Settles everything a client needs to be told, once.

use crate::error::Error;
use crate::github::GitHub;
use octoseal_model::ApiVersion;
use octoseal_transport::{ApiUrl, Authorize, Client, Config, Retry, RetryPolicy, Token, Transport};
use std::sync::Arc;

/// Makes a [`GitHub`]: nothing is read from the environment, everything is told here.
///
/// # Examples
///
/// ```
/// # fn example() -> Result<(), octoseal::Error> {
/// let github = octoseal::GitHub::builder()
///     .token("ghp_…")
///     .api_url("https://github.example.com/api/v3")
///     .user_agent("my-service/1.0")
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use = "a builder does nothing until it builds"]
pub struct Builder {
    token: Option<Result<Token, octoseal_transport::Error>>,
    api_url: Option<Result<ApiUrl, octoseal_transport::Error>>,
    api_version: ApiVersion,
    user_agent: Option<String>,
    config: Config,
    retry: RetryPolicy,
    transport: Option<Arc<dyn Transport>>,
}

impl Builder {
    /// The token, of any kind; without one GitHub refuses everything that has to do with secrets.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Token::new(token));
        self
    }

    /// The root of the API; `https://api.github.com` unless told. The token is sent to its scheme, host and port only.
    ///
    /// GitHub Enterprise Server has it at `https://HOST/api/v3`, GitHub Enterprise Cloud with data residency at
    /// `https://api.SUBDOMAIN.ghe.com`. Cleartext `http` is taken for this machine only (`127.0.0.1`, `[::1]`,
    /// `localhost`).
    pub fn api_url(mut self, url: &str) -> Self {
        self.api_url = Some(url.parse());
        self
    }

    /// The version of GitHub's API; 2022-11-28 unless told.
    pub fn api_version(mut self, version: ApiVersion) -> Self {
        self.api_version = version;
        self
    }

    /// The name of your program, sent before ours in `User-Agent`.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Deadlines, sizes and root certificates of the connections.
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// How often and how long a request is tried.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Another way to carry HTTP: a closure in your tests, or a stack of your own. The credential is added before it,
    /// and [`config`](Self::config) does not apply.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Makes the client. No connection is opened yet.
    ///
    /// # Errors
    ///
    /// [`Error::Transport`] if the token or the URL cannot be one, or a root certificate cannot be read.
    pub fn build(self) -> Result<GitHub, Error> {
        let setting =
            |cause| Error::Transport { operation: "the client's settings".to_owned(), source: cause };
        let api = self.api_url.unwrap_or_else(|| Ok(ApiUrl::github())).map_err(setting)?;
        let token = self.token.transpose().map_err(setting)?;
        let kind = token.as_ref().map(Token::kind);
        let carrier: Arc<dyn Transport> = match self.transport {
            Some(transport) => transport,
            None => Arc::new(Client::new(self.config).map_err(setting)?),
        };
        let transport = Retry::new(Authorize::new(carrier, api.clone(), token), self.retry);
        let ours = concat!("octoseal/", env!("CARGO_PKG_VERSION"));
        let user_agent = self.user_agent.map_or(ours.to_owned(), |name| format!("{name} {ours}"));
        GitHub::new(api, self.api_version, &user_agent, kind, Box::new(transport))
    }
}
