//! The client's limits, proxies, trusted authorities and client certificate.

use crate::network::client_identity::ClientIdentity;
use crate::network::proxy::settings::Proxies;
use std::fmt;
use std::time::Duration;

/// The limits and network settings of a [`Client`](crate::Client).
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
    /// The timeout of a connection: name resolution, TCP, the proxy and TLS together.
    pub connect_timeout: Duration,
    /// The timeout of one attempt: from the request to the last byte of its answer.
    pub attempt_timeout: Duration,
    /// The time that an idle connection is kept, at most a day. It should be shorter than servers and proxies
    /// keep theirs.
    pub idle_timeout: Duration,
    /// The number of idle connections that are kept for each host.
    pub max_idle_per_host: usize,
    /// The maximum length of an answer's body in bytes.
    pub max_body: usize,
    /// Bundles of root certificates in PEM form, trusted in addition to the system's.
    pub root_certificates_pem: Vec<Vec<u8>>,
    /// The certificate and key for servers that require one.
    pub client_identity: Option<ClientIdentity>,
    /// The proxies. The environment is not read.
    pub proxies: Proxies,
    /// Whether HTTP/2 is offered to https servers (by ALPN, RFC 7301). Servers without it get HTTP/1.1.
    ///
    /// With HTTP/2 one connection carries all requests to a host, so its loss loses all of them.
    #[cfg(feature = "http2")]
    pub http2: bool,
}

impl Default for Config {
    /// 10 s to connect, 30 s for an attempt, 20 s idle, 8 idle connections, 1 MiB. No proxies, no
    /// certificates, no HTTP/2.
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

/// Omits the bundles: they could contain a private key by mistake.
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
