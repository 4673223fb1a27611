//! What can go wrong between us and a proxy.

use crate::error::BoxError;
use crate::proxy::Proxy;
use http::StatusCode;
use std::error;
use std::fmt;
use std::time::Duration;

#[derive(Clone, Copy, Debug)]
pub(crate) enum ProxyFault {
    Unreachable,
    /// It took our connection and did not answer in time, or did not even take it.
    Silent(Duration),
    Credentials,
    /// It does not open the way; an HTTP proxy gave this status.
    Refused(Option<StatusCode>),
    /// What it answered, if it did, is no answer of a proxy.
    NoProxy,
}

impl ProxyFault {
    /// Whether the proxy would say the same again.
    pub(crate) fn is_final(self) -> bool {
        match self {
            Self::Credentials => true,
            Self::Refused(status) => status.is_some_and(|status| status.is_client_error()),
            Self::Unreachable | Self::Silent(_) | Self::NoProxy => false,
        }
    }

    /// Says for people what happened on the way to the server, and what to do.
    pub(crate) fn describe(self, f: &mut fmt::Formatter<'_>, proxy: &str, server: &str) -> fmt::Result {
        match self {
            Self::Unreachable => {
                write!(f, "no connection to the proxy {proxy}: check its address and the network")
            }
            Self::Silent(limit) => write!(
                f,
                "no connection to {server} within {limit:?}, since the proxy {proxy} does not answer: check its \
                 address, and whether it runs"
            ),
            Self::Credentials => {
                write!(f, "the proxy {proxy} does not let us in: check its user name and password")
            }
            Self::Refused(Some(status)) => write!(
                f,
                "the proxy {proxy} refuses to connect to {server} (status {}): ask who runs it, or go around it by \
                 NO_PROXY",
                status.as_u16()
            ),
            Self::Refused(None) => write!(
                f,
                "the proxy {proxy} does not connect to {server}: ask who runs it, or go around it by NO_PROXY"
            ),
            Self::NoProxy => {
                write!(f, "the proxy {proxy} does not answer as one: check its scheme, address and port")
            }
        }
    }
}

/// A connection ended at its proxy.
#[derive(Debug)]
pub(crate) struct ProxyError {
    /// Scheme, host and port.
    pub(crate) proxy: String,
    pub(crate) fault: ProxyFault,
    cause: BoxError,
}

impl ProxyError {
    pub(crate) fn new(proxy: &Proxy, fault: ProxyFault, cause: impl Into<BoxError>) -> Self {
        Self { proxy: proxy.to_string(), fault, cause: cause.into() }
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no way through {}", self.proxy)
    }
}

impl error::Error for ProxyError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&*self.cause)
    }
}
