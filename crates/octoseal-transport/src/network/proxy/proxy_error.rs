//! Connections that failed at their proxy.

use super::address::Proxy;
use crate::error::boxed::BoxError;
use crate::error::proxy_fault::ProxyFault;
use std::error;
use std::fmt;

/// A connection failed at its proxy.
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
        write!(f, "no tunnel through {}", self.proxy)
    }
}

impl error::Error for ProxyError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&*self.cause)
    }
}
