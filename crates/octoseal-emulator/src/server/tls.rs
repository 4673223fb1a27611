//! Connections: a plain socket, or TLS with a certificate of the emulator's own authority.

#[cfg(feature = "tls")]
mod authority;
#[cfg(feature = "tls")]
mod x509;

use std::io;
use std::net::IpAddr;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;

/// A mark of requests over TLS, so that links in their answers use HTTPS.
#[derive(Clone, Copy)]
pub(crate) struct Secure;

/// A connection for HTTP.
pub(crate) trait Socket: AsyncRead + AsyncWrite + Send + Unpin {
    fn tcp(&self) -> &TcpStream;
}

/// The TLS settings of the server, if it uses TLS.
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
    /// Creates an authority, and a certificate for this address and the names of this machine.
    pub(crate) fn generate(address: IpAddr) -> io::Result<Self> {
        let (identity, ca_pem) = authority::generate(address)?;
        let acceptor = native_tls::TlsAcceptor::new(identity).map_err(io::Error::other)?;
        Ok(Self { acceptor: Some(acceptor.into()), ca_pem: Some(ca_pem) })
    }

    /// Performs the TLS handshake. Without TLS it returns the socket.
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
