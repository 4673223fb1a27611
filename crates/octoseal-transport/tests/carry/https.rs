//! An https server with tokio-rustls in the test's own runtime, and an authority that signs its certificates.

#[path = "../../../octoseal-emulator/src/server/tls/x509.rs"]
mod x509;

use hyper::service::service_fn;
use hyper::{Request, Response, body::Incoming, server::conn};
use hyper_util::rt::TokioIo;
use octoseal_transport::{Client, ClientIdentity, Config};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

pub(crate) struct Authority(x509::Authority);

impl Authority {
    pub(crate) fn new() -> Self {
        Self(x509::Authority::new("octoseal's own authority", ANY_TIME).unwrap())
    }

    /// Returns a configuration that trusts this authority.
    pub(crate) fn config(&self) -> Config {
        let mut config = Config::default();
        config.root_certificates_pem = vec![x509::pem("CERTIFICATE", &self.0.certificate).into_bytes()];
        config
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(self.config()).unwrap()
    }

    /// Creates a client certificate and its key.
    pub(crate) fn identity(&self) -> (ClientIdentity, String) {
        let issued = self.0.issue(&["client.example"], ANY_TIME).unwrap();
        let (certificate, key) =
            (x509::pem("CERTIFICATE", &issued.certificate), x509::pem("PRIVATE KEY", &issued.key));
        (ClientIdentity::from_pem(certificate.as_bytes(), key.as_bytes()).unwrap(), key)
    }

    /// Returns the settings of a server with a certificate for this host.
    pub(crate) fn server(&self, host: &str) -> ServerConfig {
        self.server_of(host, ANY_TIME)
    }

    /// Returns the same with a certificate for these years.
    pub(crate) fn server_of(&self, host: &str, years: (u16, u16)) -> ServerConfig {
        let (certificate, key) = self.issue(host, years);
        let builder = ServerConfig::builder().with_no_client_auth();
        builder.with_single_cert(vec![certificate], key).unwrap()
    }

    /// Returns the settings of a server that also requires a client certificate of this authority.
    pub(crate) fn demanding_server(&self, host: &str) -> ServerConfig {
        let (certificate, key) = self.issue(host, ANY_TIME);
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(self.0.certificate.clone())).unwrap();
        let verifier = WebPkiClientVerifier::builder(Arc::new(roots)).build().unwrap();
        let builder = ServerConfig::builder().with_client_cert_verifier(verifier);
        builder.with_single_cert(vec![certificate], key).unwrap()
    }

    fn issue(&self, host: &str, years: (u16, u16)) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let issued = self.0.issue(&[host], years).unwrap();
        (issued.certificate.into(), PrivateKeyDer::Pkcs8(issued.key.into()))
    }
}

const ANY_TIME: (u16, u16) = (1975, 4096);

/// A server that answers every request with 204 and its version of HTTP in a header.
pub(crate) struct Https {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

/// One connection whose handshake succeeded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Seen {
    /// The protocol agreed on by ALPN.
    pub(crate) protocol: Option<String>,
    pub(crate) has_client_certificate: bool,
}

impl Https {
    pub(crate) async fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://{}/user", listener.local_addr().unwrap());
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let writer = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // The kernel does not know paused time, so it must not delay bytes.
                stream.set_nodelay(true).unwrap();
                let (acceptor, seen) = (acceptor.clone(), Arc::clone(&writer));
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    let (_, session) = stream.get_ref();
                    let protocol = session.alpn_protocol().map(|it| String::from_utf8(it.to_vec()).unwrap());
                    let is_h2 = protocol.as_deref() == Some("h2");
                    let has_client_certificate = session.peer_certificates().is_some();
                    seen.lock().unwrap().push(Seen { protocol, has_client_certificate });
                    speak(TokioIo::new(stream), is_h2).await;
                });
            }
        });
        Self { url, seen }
    }

    pub(crate) fn connections(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn speak<S>(stream: S, is_h2: bool)
where
    S: hyper::rt::Read + hyper::rt::Write + Send + Unpin + 'static,
{
    let service = service_fn(|request: Request<Incoming>| async move {
        let version = format!("{:?}", request.version());
        let response = Response::builder().status(204).header("x-version", version);
        Ok::<_, Infallible>(response.body(String::new()).unwrap())
    });
    // Errors of a client that disconnects do not matter here.
    if is_h2 {
        #[cfg(feature = "http2")]
        conn::http2::Builder::new(hyper_util::rt::TokioExecutor::new())
            .serve_connection(stream, service)
            .await
            .ok();
    } else {
        conn::http1::Builder::new().serve_connection(stream, service).await.ok();
    }
}
