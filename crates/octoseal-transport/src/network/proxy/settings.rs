//! Which requests go through which proxy.

use crate::error::Error;
use crate::network::proxy::address::Proxy;
use crate::network::proxy::no_proxy::NoProxy;
use http::Uri;
use std::fmt;

/// The proxies of a [`Client`](crate::Client): none, unless they are given.
///
/// An address is `http://HOST:PORT` (the proxy is asked by `CONNECT`), `socks5://HOST:PORT` (names are looked up here)
/// or `socks5h://HOST:PORT` (the proxy looks them up), as curl has it; without a scheme it is `http`, without a port 80
/// or 1080. `USER:PASSWORD@` may stand before the host, percent-encoded; it is never printed. TLS to the proxy itself
/// and SOCKS 4 are refused.
///
/// Everything goes through a proxy as a tunnel: the proxy of an https request sees the host, and never the request.
/// Requests in cleartext, which are always meant for this machine, go only through the proxy that [`http`](Self::http)
/// names, and only if that is on this machine too; directly otherwise. What such a proxy does with them is its own.
///
/// # Examples
///
/// ```
/// use octoseal_transport::{Config, Proxies};
///
/// let mut config = Config::default();
/// config.proxies = Proxies::default()
///     .https("http://octo:s3cr%40t@proxy.example:3128")?
///     .no_proxy("ghe.internal, 10.0.0.0/8, localhost:8443");
/// assert!(!format!("{config:?}").contains("s3cr"));
/// assert!(Proxies::default().all("https://proxy.example").is_err());
/// # Ok::<(), octoseal_transport::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Proxies {
    https: Option<Proxy>,
    http: Option<Proxy>,
    all: Option<Proxy>,
    no_proxy: NoProxy,
}

impl Proxies {
    /// The proxy for https requests: what `HTTPS_PROXY` says.
    ///
    /// # Errors
    ///
    /// An [`Error`] that says what is wrong with the address, and repeats nothing of it.
    pub fn https(self, address: &str) -> Result<Self, Error> {
        Ok(Self { https: Some(address.parse()?), ..self })
    }

    /// The proxy for requests in cleartext: what `HTTP_PROXY` says.
    ///
    /// # Errors
    ///
    /// As [`https`](Self::https).
    pub fn http(self, address: &str) -> Result<Self, Error> {
        Ok(Self { http: Some(address.parse()?), ..self })
    }

    /// The proxy for https requests if [`https`](Self::https) names none: what `ALL_PROXY` says.
    ///
    /// # Errors
    ///
    /// As [`https`](Self::https).
    pub fn all(self, address: &str) -> Result<Self, Error> {
        Ok(Self { all: Some(address.parse()?), ..self })
    }

    /// The hosts that are reached directly: what `NO_PROXY` says.
    ///
    /// Entries are separated by commas or spaces. `example.com` and `.example.com` mean the host and all below it,
    /// `10.0.0.0/8` and `::1` addresses that stand in the URL (no name is looked up for this), `*` everything. An entry
    /// may end in a port, and then means that port alone: `localhost:8443`, `[::1]:8443`. What is none of these means
    /// nothing.
    #[must_use]
    pub fn no_proxy(self, list: &str) -> Self {
        Self { no_proxy: NoProxy::new(list), ..self }
    }

    /// The proxy for an absolute address.
    pub(crate) fn choose(&self, target: &Uri) -> Option<&Proxy> {
        let https = || self.https.as_ref().or(self.all.as_ref());
        let proxy = if target.scheme_str() == Some("https") { https() } else { self.http.as_ref() }?;
        (!self.no_proxy.contains(target, port_of(target))).then_some(proxy)
    }
}

/// The port of an absolute address: its own, or its scheme's.
pub(crate) fn port_of(target: &Uri) -> u16 {
    let default = if target.scheme_str() == Some("https") { 443 } else { 80 };
    target.port_u16().unwrap_or(default)
}

/// Prints schemes, hosts and ports, and no user info.
impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxies")
            .field("https", &self.https)
            .field("http", &self.http)
            .field("all", &self.all)
            .finish_non_exhaustive()
    }
}
