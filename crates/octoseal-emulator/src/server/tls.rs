//! What a connection is made of: a socket alone, or TLS on it with a certificate of an authority of our own.

#[cfg(feature = "tls")]
mod authority;
#[cfg(feature = "tls")]
mod x509;

use std::io;
use std::net::IpAddr;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

/// Marks a request that came over TLS, so that links in its answer lead there, too.
#[derive(Clone, Copy)]
pub(crate) struct Secure;

/// Something to speak HTTP on.
pub(crate) trait Socket: AsyncRead + AsyncWrite + Send + Unpin {
    fn tcp(&self) -> &TcpStream;
}

/// Whether connections are secured, and how.
#[derive(Clone, Default)]
pub(crate) struct Security {
    #[cfg(feature = "tls")]
    acceptor: Option<tokio_native_tls::TlsAcceptor>,
    pub(crate) ca_pem: Option<String>,
}

impl Socket for TcpStream {
    fn tcp(&self) -> &TcpStream {
        self
    }
}

impl Security {
    pub(crate) fn is_on(&self) -> bool {
        self.ca_pem.is_some()
    }

    pub(crate) fn scheme(&self) -> &'static str {
        if self.is_on() { "https" } else { "http" }
    }
}

#[cfg(feature = "tls")]
impl Security {
    /// A new authority and a certificate of it for this address and for the names of this machine.
    pub(crate) fn generate(address: IpAddr) -> io::Result<Self> {
        let (identity, ca_pem) = authority::generate(address)?;
        let acceptor = native_tls::TlsAcceptor::new(identity).map_err(io::Error::other)?;
        Ok(Self { acceptor: Some(acceptor.into()), ca_pem: Some(ca_pem) })
    }

    /// Shakes hands, or does nothing without TLS.
    pub(crate) async fn secure(&self, stream: TcpStream) -> io::Result<Box<dyn Socket>> {
        Ok(match &self.acceptor {
            Some(acceptor) => Box::new(acceptor.accept(stream).await.map_err(io::Error::other)?),
            None => Box::new(stream),
        })
    }
}

#[cfg(feature = "tls")]
impl Socket for tokio_native_tls::TlsStream<TcpStream> {
    fn tcp(&self) -> &TcpStream {
        self.get_ref().get_ref().get_ref()
    }
}

#[cfg(not(feature = "tls"))]
impl Security {
    pub(crate) fn generate(_address: IpAddr) -> io::Result<Self> {
        Err(io::Error::from(io::ErrorKind::Unsupported))
    }

    pub(crate) async fn secure(&self, stream: TcpStream) -> io::Result<Box<dyn Socket>> {
        Ok(Box::new(stream))
    }
}
