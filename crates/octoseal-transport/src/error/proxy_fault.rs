//! What can go wrong between us and a proxy.

use http::StatusCode;
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
