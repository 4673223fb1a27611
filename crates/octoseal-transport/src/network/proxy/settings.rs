//! The selection of a proxy for each request.

use crate::error::Error;
use crate::network::proxy::address::Proxy;
use crate::network::proxy::no_proxy::NoProxy;
use http::Uri;
use std::fmt;

/// The proxies of a [`Client`](crate::Client). There are no proxies by default.
///
/// An address is `http://HOST:PORT` (a tunnel by `CONNECT`), `socks5://HOST:PORT` (names are resolved here)
/// or `socks5h://HOST:PORT` (the proxy resolves names), as in curl. The default scheme is `http`, the default
/// port 80 or 1080. `USER:PASSWORD@` may precede the host, percent-encoded. It is never printed. TLS to the
/// proxy itself and SOCKS 4 are refused.
///
/// All requests use a tunnel: the proxy of an https request sees the host, and never the request. Cleartext
/// requests always go to this machine. They use only the proxy of [`http`](Self::http), and only if that is
/// on this machine too. Otherwise they are sent directly. Such a proxy can read them.
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
    /// Sets the proxy for https requests, as in `HTTPS_PROXY`.
    ///
    /// # Errors
    ///
    /// An [`Error`] that names the fault in the address, and repeats nothing of it.
    pub fn https(self, address: &str) -> Result<Self, Error> {
        Ok(Self { https: Some(address.parse()?), ..self })
    }

    /// Sets the proxy for cleartext requests, as in `HTTP_PROXY`.
    ///
    /// # Errors
    ///
    /// The same as for [`https`](Self::https).
    pub fn http(self, address: &str) -> Result<Self, Error> {
        Ok(Self { http: Some(address.parse()?), ..self })
    }

    /// Sets the proxy for https requests if [`https`](Self::https) sets none, as in `ALL_PROXY`.
    ///
    /// # Errors
    ///
    /// The same as for [`https`](Self::https).
    pub fn all(self, address: &str) -> Result<Self, Error> {
        Ok(Self { all: Some(address.parse()?), ..self })
    }

    /// Sets the hosts that are reached directly, as in `NO_PROXY`.
    ///
    /// Entries are separated by commas or spaces. `example.com` and `.example.com` mean the host and all
    /// names below it, `10.0.0.0/8` and `::1` mean addresses in the URL (names are not resolved for this),
    /// and `*` means everything. An entry with a port means that port only: `localhost:8443`, `[::1]:8443`.
    /// Other entries have no effect.
    #[must_use]
    pub fn no_proxy(self, list: &str) -> Self {
        Self { no_proxy: NoProxy::new(list), ..self }
    }

    /// Returns the proxy for an absolute address.
    pub(crate) fn choose(&self, target: &Uri) -> Option<&Proxy> {
        let https = || self.https.as_ref().or(self.all.as_ref());
        let proxy = if target.scheme_str() == Some("https") { https() } else { self.http.as_ref() }?;
        (!self.no_proxy.contains(target, port_of(target))).then_some(proxy)
    }
}

/// Returns the port of an absolute address: its own, or the scheme's default.
pub(crate) fn port_of(target: &Uri) -> u16 {
    let default = if target.scheme_str() == Some("https") { 443 } else { 80 };
    target.port_u16().unwrap_or(default)
}

/// Prints schemes, hosts and ports, without user info.
impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxies")
            .field("https", &self.https)
            .field("http", &self.http)
            .field("all", &self.all)
            .finish_non_exhaustive()
    }
}
