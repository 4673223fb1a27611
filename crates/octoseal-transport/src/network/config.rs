//! The limits of the client, its proxies, whom it trusts besides the system's authorities, and who it is itself.

use crate::network::client_identity::ClientIdentity;
use crate::network::proxy::settings::Proxies;
use std::fmt;
use std::time::Duration;

/// The limits and the ways of a [`Client`](crate::Client).
///
/// # Examples
///
/// ```
/// use octoseal_transport::{Client, Config};
/// use std::time::Duration;
///
/// let mut config = Config::default();
/// config.attempt_timeout = Duration::from_secs(60);
/// let client = Client::new(config)?;
/// # Ok::<(), octoseal_transport::Error>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Config {
    /// The deadline for a connection: name resolution, TCP, the proxy and TLS together.
    pub connect_timeout: Duration,
    /// The deadline for one attempt: from the request to the last byte of its answer.
    pub attempt_timeout: Duration,
    /// How long an idle connection is kept, at most a day; shorter than servers and their proxies keep theirs.
    pub idle_timeout: Duration,
    /// How many idle connections are kept for each host.
    pub max_idle_per_host: usize,
    /// The longest body of an answer in bytes.
    pub max_body: usize,
    /// Bundles of root certificates in PEM form, trusted besides the system's.
    pub root_certificates_pem: Vec<Vec<u8>>,
    /// The certificate and key shown to servers that ask for one.
    pub client_identity: Option<ClientIdentity>,
    /// The proxies; none are taken from the environment.
    pub proxies: Proxies,
    /// Whether HTTP/2 is offered to https servers (by ALPN, RFC 7301); those that do not take it get HTTP/1.1.
    ///
    /// One connection then carries all requests to a host, so that its loss loses all of them.
    #[cfg(feature = "http2")]
    pub http2: bool,
}

impl Default for Config {
    /// 10 s to connect, 30 s for an attempt, 20 s idle, 8 idle connections, 1 MiB; no proxies, no certificates of its
    /// own, no HTTP/2.
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(20),
            max_idle_per_host: 8,
            max_body: 1024 * 1024,
            root_certificates_pem: Vec::new(),
            client_identity: None,
            proxies: Proxies::default(),
            #[cfg(feature = "http2")]
            http2: false,
        }
    }
}

/// Does not print the bundles: a private key could stand in one by mistake.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("connect_timeout", &self.connect_timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("max_idle_per_host", &self.max_idle_per_host)
            .field("max_body", &self.max_body)
            .field("proxies", &self.proxies)
            .finish_non_exhaustive()
    }
}
