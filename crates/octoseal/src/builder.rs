//! The settings of a client.

mod build;

use crate::github::GitHub;
use octoseal_model::ApiVersion;
#[cfg(feature = "github-app")]
use octoseal_transport::GitHubApp;
use octoseal_transport::{
    ApiUrl, Config, Observer, Pacing, RetryPolicy, SharedPace, Token, TokenProvider, Transport,
};
use std::sync::Arc;
use std::time::Duration;

/// Builds a [`GitHub`]. All settings are explicit: nothing is read from the environment.
///
/// # Examples
///
/// ```
/// # fn example() -> Result<(), octoseal::Error> {
/// let github = octoseal::GitHub::builder()
///     .token("ghp_example")
///     .api_url("https://github.example.com/api/v3")
///     .user_agent("my-service/1.0")
///     .build()?;
/// # Ok(())
/// # }
/// ```
///
/// All settings, for a service whose requests must end within a minute:
///
/// ```no_run
/// use octoseal::{ApiVersion, Config, GitHub, Pacing, Profile, Proxies, RetryPolicy};
/// use std::time::Duration;
///
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let mut config = Config::default();
/// config.connect_timeout = Duration::from_secs(5);
/// config.attempt_timeout = Duration::from_secs(10);
/// config.proxies = Proxies::default().https("http://proxy.example:3128")?;
/// config.root_certificates_pem = vec![std::fs::read("ca.pem")?]; // besides the system's
/// let mut pacing = Pacing::from(Profile::Fast);
/// pacing.in_flight = 4;
/// pacing.max_wait = Duration::from_secs(20); // how long a request may wait for its turn
/// let mut retry = RetryPolicy::default();
/// retry.total = Duration::from_secs(30);
///
/// let github = GitHub::builder()
///     .token("ghp_example")
///     .api_url("https://github.example.com/api/v3")
///     .api_version(ApiVersion::V2022_11_28)
///     .user_agent("my-service/1.0")
///     .config(config)
///     .pacing(pacing)
///     .retry(retry)
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[must_use = "a builder does nothing until it builds"]
pub struct Builder {
    credential: Option<Credential>,
    api_url: Option<Result<ApiUrl, octoseal_transport::Error>>,
    api_version: ApiVersion,
    user_agent: Option<String>,
    config: Option<Config>,
    retry: RetryPolicy,
    pacing: Pacing,
    shared_pace: Option<Arc<dyn SharedPace>>,
    observer: Option<Arc<dyn Observer>>,
    deadline: Option<Duration>,
    transport: Option<Arc<dyn Transport>>,
}

/// The credential that was set last.
enum Credential {
    Token(Result<Token, octoseal_transport::Error>),
    Provider(Arc<dyn TokenProvider>),
    #[cfg(feature = "github-app")]
    App(GitHubApp),
}

impl GitHub {
    /// Creates a builder with the default settings.
    pub fn builder() -> Builder {
        Builder::default()
    }
}

impl Builder {
    /// Sets the token, of any kind. Without a token GitHub refuses all requests about secrets.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.credential = Some(Credential::Token(Token::new(token)));
        self
    }

    /// Sets a provider that returns a token for each attempt, instead of one token for all.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal::{GitHub, Token};
    /// use std::sync::Arc;
    ///
    /// # fn example() -> Result<(), octoseal::Error> {
    /// let newest = |_: Option<&str>| async { Ok(Some(Arc::new(Token::new("ghp_example")?))) };
    /// let github = GitHub::builder().token_provider(newest).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn token_provider(mut self, provider: impl TokenProvider + 'static) -> Self {
        self.credential = Some(Credential::Provider(Arc::new(provider)));
        self
    }

    /// Uses a GitHub App instead of a token. Each owner's requests use a token of the App's installation
    /// there, which is renewed in time.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use octoseal::{GitHub, GitHubApp, RsaKey};
    /// use std::time::SystemTime;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let key = RsaKey::from_pem(&std::fs::read("app.pem")?)?;
    /// let app = GitHubApp::new("Iv23liExample", key, SystemTime::now)?;
    /// let github = GitHub::builder().github_app(app).build()?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "github-app")]
    pub fn github_app(mut self, app: GitHubApp) -> Self {
        self.credential = Some(Credential::App(app));
        self
    }

    /// Sets the root of the API. It defaults to `https://api.github.com`. The token is sent only to its
    /// scheme, host and port.
    ///
    /// GitHub Enterprise Server has it at `https://HOST/api/v3`, GitHub Enterprise Cloud with data residency
    /// at `https://api.SUBDOMAIN.ghe.com`. Cleartext `http` is allowed for this machine only (`127.0.0.1`,
    /// `[::1]`, `localhost`).
    pub fn api_url(mut self, url: &str) -> Self {
        self.api_url = Some(url.parse());
        self
    }

    /// Sets the version of GitHub's API. It defaults to 2022-11-28.
    pub fn api_version(mut self, version: ApiVersion) -> Self {
        self.api_version = version;
        self
    }

    /// Sets the name of your program, which is sent in `User-Agent` before that of octoseal.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Sets the connections' timeouts, size limits, proxies, trusted authorities and client certificate.
    pub fn config(mut self, config: Config) -> Self {
        self.config = Some(config);
        self
    }

    /// Sets the retry policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the speed of requests, the number of concurrent requests, and the max wait for a request's turn.
    /// It defaults to the profile [`Normal`](octoseal_transport::Profile::Normal).
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal::{GitHub, Profile};
    ///
    /// let github = GitHub::builder().token("ghp_example").pacing(Profile::Slow).build()?;
    /// # Ok::<(), octoseal::Error>(())
    /// ```
    pub fn pacing(mut self, pacing: impl Into<Pacing>) -> Self {
        self.pacing = pacing.into();
        self
    }

    /// Shares rate limits with other processes: by a file, a database, or [`MemoryPace`](crate::MemoryPace).
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal::{GitHub, MemoryPace};
    /// use std::sync::Arc;
    /// use std::time::SystemTime;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), octoseal::Error> {
    /// let shared = Arc::new(MemoryPace::new(SystemTime::now()));
    /// let github = GitHub::builder().token("ghp_example").shared_pace(shared).build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn shared_pace(mut self, shared: Arc<dyn SharedPace>) -> Self {
        self.shared_pace = Some(shared);
        self
    }

    /// Sets an observer of slow requests: of an attempt without an answer for 5 s, each retry, each wait and
    /// each redirect.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal::{GitHub, Notice, NoticeKind};
    ///
    /// let say = |notice: &Notice<'_>| {
    ///     if let NoticeKind::Waits(wait) = notice.kind {
    ///         eprintln!("waiting {} s: {}", wait.length.as_secs(), wait.reason);
    ///     }
    /// };
    /// let github = GitHub::builder().token("ghp_example").observer(say).build()?;
    /// # Ok::<(), octoseal::Error>(())
    /// ```
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Ends all work of the client after `length`, counted from its creation. A wait that would end later
    /// fails at once, as a rate limit.
    pub fn deadline(mut self, length: Duration) -> Self {
        self.deadline = Some(length);
        self
    }

    /// Sets another transport for HTTP: a closure in your tests, or your own stack. The credential is added
    /// before it. A [`config`](Self::config) would not apply, so setting both is an error
    /// ([`UnusedConfig`](crate::Error::UnusedConfig)).
    ///
    /// # Examples
    ///
    /// ```
    /// use bytes::Bytes;
    /// use http::{Request, Response};
    /// use octoseal::{GitHub, SecretName, TransportError, User};
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let empty = |_: Request<Bytes>| async {
    ///     Ok(Response::new(Bytes::from_static(br#"{"total_count":0,"secrets":[]}"#)))
    /// };
    /// let github = GitHub::builder().token("ghp_example").transport(empty).build()?;
    /// assert!(github.secrets(User.store()).list().await?.is_empty());
    ///
    /// let broken = |_: Request<Bytes>| async { Err(TransportError::answer_lost("the cable is cut")) };
    /// let github = GitHub::builder().token("ghp_example").transport(broken).build()?;
    /// let error = github.secrets(User.store()).delete(&SecretName::new("A")?).await.expect_err("no answer");
    /// assert!(error.is_unknown_outcome());
    /// # Ok(())
    /// # }
    /// ```
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}
