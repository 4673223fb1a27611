//! The TLS settings: the system's authorities and those of the configuration, and TLS 1.2 or newer.

use crate::error::Error;
use crate::error::boxed::BoxError;
use crate::network::config::Config;
use native_tls::{Certificate, Identity, Protocol, TlsConnector};
use std::error;
use std::fmt;
use std::sync::{Arc, OnceLock};
use tokio::runtime::Handle;
use tokio::task::{JoinHandle, spawn_blocking};

/// Builds its connector once, at the first https request.
///
/// OpenSSL parses all the system's certificates, which takes tens of milliseconds. That is too long for an
/// async thread, and useless for clients of a local server.
#[derive(Clone)]
pub(crate) struct Tls(Arc<Inner>);

struct Inner {
    settings: Settings,
    connector: OnceLock<Result<TlsConnector, BadSettings>>,
    #[cfg(test)]
    built: std::sync::atomic::AtomicUsize,
}

struct Settings {
    roots: Vec<Certificate>,
    identity: Option<Identity>,
    #[cfg(feature = "http2")]
    http2: bool,
}

impl Tls {
    pub(crate) fn new(config: &Config) -> Result<Self, Error> {
        let settings = Settings {
            roots: roots(&config.root_certificates_pem)?,
            identity: config.client_identity.as_ref().map(|identity| identity.0.clone()),
            #[cfg(feature = "http2")]
            http2: config.http2,
        };
        Ok(Self(Arc::new(Inner {
            settings,
            connector: OnceLock::new(),
            #[cfg(test)]
            built: Default::default(),
        })))
    }

    #[cfg(test)]
    pub(crate) fn times_built(&self) -> usize {
        self.0.built.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Starts to build the connector, if there is a runtime with blocking threads.
    pub(crate) fn warm_up(&self) {
        if Handle::try_current().is_ok() {
            drop(self.building());
        }
    }

    /// Returns the one connector. The first caller builds it, on another thread. Dropping this future does
    /// not stop that.
    pub(crate) async fn connector(&self) -> Result<TlsConnector, BoxError> {
        if self.0.connector.get().is_none() {
            self.building().await?;
        }
        match self.0.connector.get() {
            Some(Ok(connector)) => Ok(connector.clone()),
            Some(Err(error)) => Err(error.clone().into()),
            None => Err("the TLS settings were not built".into()),
        }
    }

    fn building(&self) -> JoinHandle<()> {
        let inner = Arc::clone(&self.0);
        spawn_blocking(move || {
            inner.connector.get_or_init(|| inner.build());
        })
    }
}

impl Inner {
    fn build(&self) -> Result<TlsConnector, BadSettings> {
        #[cfg(test)]
        self.built.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        self.settings.build().map_err(|cause| BadSettings(Arc::new(cause)))
    }
}

impl Settings {
    fn build(&self) -> native_tls::Result<TlsConnector> {
        let mut builder = TlsConnector::builder();
        builder.min_protocol_version(Some(Protocol::Tlsv12));
        for root in &self.roots {
            builder.add_root_certificate(root.clone());
        }
        if let Some(identity) = &self.identity {
            builder.identity(identity.clone());
        }
        #[cfg(feature = "http2")]
        if self.http2 {
            builder.request_alpns(&["h2", "http/1.1"]);
        }
        builder.build()
    }
}

fn roots(bundles: &[Vec<u8>]) -> Result<Vec<Certificate>, Error> {
    let mut roots = Vec::new();
    for bundle in bundles {
        let certificates = Certificate::stack_from_pem(bundle)
            .map_err(|cause| Error::refused(NO_CERTIFICATE).caused_by(cause))?;
        if certificates.is_empty() {
            return Err(Error::refused(NO_CERTIFICATE));
        }
        roots.extend(certificates);
    }
    Ok(roots)
}

const NO_CERTIFICATE: &str = "the root certificates contain no certificate in PEM form";

/// The TLS library refused the settings.
#[derive(Clone, Debug)]
pub(crate) struct BadSettings(Arc<native_tls::Error>);

impl fmt::Display for BadSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the TLS settings cannot be used: check whether the client's key belongs to its certificate",
        )
    }
}

impl error::Error for BadSettings {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        Some(&*self.0)
    }
}
