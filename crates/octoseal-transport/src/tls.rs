//! The TLS settings: the system's authorities and those of the configuration, TLS 1.2 at least.

use crate::error::{BoxError, Error};
use native_tls::{Certificate, Protocol, TlsConnector};
use std::sync::Arc;
use tokio::sync::OnceCell;
use tokio::task::spawn_blocking;

/// Builds its connector when the first https request needs it, once.
///
/// Building takes OpenSSL tens of milliseconds, since it parses all the system's certificates: too long for an async
/// thread, and wasted on clients that speak only to a local server.
#[derive(Clone)]
pub(crate) struct Tls(Arc<Inner>);

struct Inner {
    roots: Vec<Certificate>,
    connector: OnceCell<TlsConnector>,
}

impl Tls {
    pub(crate) fn new(bundles: &[Vec<u8>]) -> Result<Self, Error> {
        let mut roots = Vec::new();
        for bundle in bundles {
            let certificates = Certificate::stack_from_pem(bundle)
                .map_err(|cause| Error::refused(NO_CERTIFICATE).caused_by(cause))?;
            if certificates.is_empty() {
                return Err(Error::refused(NO_CERTIFICATE));
            }
            roots.extend(certificates);
        }
        Ok(Self(Arc::new(Inner { roots, connector: OnceCell::new() })))
    }

    pub(crate) async fn connector(&self) -> Result<TlsConnector, BoxError> {
        let build_apart = || async {
            let roots = self.0.roots.clone();
            Ok::<_, BoxError>(spawn_blocking(move || build(roots)).await??)
        };
        self.0.connector.get_or_try_init(build_apart).await.cloned()
    }
}

fn build(roots: Vec<Certificate>) -> native_tls::Result<TlsConnector> {
    let mut builder = TlsConnector::builder();
    builder.min_protocol_version(Some(Protocol::Tlsv12));
    for root in roots {
        builder.add_root_certificate(root);
    }
    builder.build()
}

const NO_CERTIFICATE: &str = "a bundle of root certificates holds none in PEM form";
