//! Failures between the client and a proxy.

use http::StatusCode;
use std::fmt;
use std::time::Duration;

#[derive(Clone, Copy, Debug)]
pub(crate) enum ProxyFault {
    Unreachable,
    /// It accepted the connection but did not answer in time, or did not accept it.
    Silent(Duration),
    Credentials,
    /// It refused the tunnel. An HTTP proxy sent this status.
    Refused(Option<StatusCode>),
    /// The answer is not that of a proxy.
    NoProxy,
}

impl ProxyFault {
    /// Returns whether the proxy would answer the same again.
    pub(crate) fn is_final(self) -> bool {
        match self {
            Self::Credentials => true,
            Self::Refused(status) => status.is_some_and(|status| status.is_client_error()),
            Self::Unreachable | Self::Silent(_) | Self::NoProxy => false,
        }
    }

    /// Describes the failure and a remedy.
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
                write!(f, "the proxy {proxy} requires authentication: check its user name and password")
            }
            Self::Refused(Some(status)) => write!(
                f,
                "the proxy {proxy} refuses to connect to {server} (status {}): ask its operator, or exclude the host \
                 with NO_PROXY",
                status.as_u16()
            ),
            Self::Refused(None) => write!(
                f,
                "the proxy {proxy} does not connect to {server}: ask its operator, or exclude the host with NO_PROXY"
            ),
            Self::NoProxy => {
                write!(
                    f,
                    "the proxy {proxy} does not answer like a proxy: check its scheme, address and port"
                )
            }
        }
    }
}
