//! Whom the client trusts: the authorities it was given, for the host it asked for.

use crate::request;
use http::Method;
use native_tls::{Identity, TlsAcceptor};
use octoseal_transport::{Client, Config, Phase, Transport};
use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, KeyPair};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

const CONNECTIONS: usize = 2;

struct Authority {
    certificate: Certificate,
    key: KeyPair,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([]).unwrap();
        params.distinguished_name.push(DnType::CommonName, "octoseal's own authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self { certificate: params.self_signed(&key).unwrap(), key }
    }

    fn client(&self) -> Client {
        let mut config = Config::default();
        config.root_certificates_pem = vec![self.certificate.pem().into_bytes()];
        Client::new(config).unwrap()
    }

    /// Serves a few connections, with a certificate for this host, on a thread of its own; gives the server's URL.
    fn serve(&self, host: &str) -> String {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new([host.to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &self.certificate, &self.key).unwrap();
        let identity =
            Identity::from_pkcs8(certificate.pem().as_bytes(), key.serialize_pem().as_bytes()).unwrap();
        let acceptor = TlsAcceptor::new(identity).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("https://{}/user", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming().take(CONNECTIONS) {
                let Ok(mut stream) = acceptor.accept(stream.unwrap()) else {
                    continue;
                };
                let _request = stream.read(&mut [0; 4096]).unwrap();
                stream.write_all(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").unwrap();
            }
        });
        url
    }
}

#[tokio::test]
async fn a_server_of_a_trusted_authority_is_trusted() {
    let authority = Authority::new();
    let url = authority.serve("127.0.0.1");
    let client = authority.client();
    for _ in 0..CONNECTIONS {
        assert_eq!(client.send(request(Method::PUT, &url)).await.unwrap().status(), 204);
    }
}

#[tokio::test]
async fn a_server_of_another_authority_is_not_trusted() {
    let url = Authority::new().serve("127.0.0.1");
    for client in [Authority::new().client(), crate::client()] {
        let error = client.send(request(Method::PUT, &url)).await.unwrap_err();
        assert_eq!(error.phase(), Phase::NotSent);
        assert!(error.is_connect() && !error.is_timeout());
        assert!(error.to_string().contains("add that authority to the root certificates"), "{error}");
    }
}

#[tokio::test]
async fn a_certificate_for_another_host_is_not_trusted() {
    let authority = Authority::new();
    for host in ["127.0.0.2", "github.example"] {
        let url = authority.serve(host);
        let error = authority.client().send(request(Method::PUT, &url)).await.unwrap_err();
        assert!(error.is_connect(), "{error}");
        assert_eq!(error.phase(), Phase::NotSent);
    }
}

#[tokio::test]
async fn a_server_without_tls_gets_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/user", listener.local_addr().unwrap());
    let server = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n").unwrap();
    });
    let error = crate::client().send(request(Method::PUT, &url)).await.unwrap_err();
    assert!(error.is_connect(), "{error}");
    server.join().unwrap();
}
