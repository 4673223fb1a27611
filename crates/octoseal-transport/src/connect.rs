//! Makes connections: TCP for http, TCP and TLS for https.

use crate::BoxFuture;
use crate::error::BoxError;
use crate::tls::Tls;
use http::Uri;
use hyper_tls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tower_service::Service;

#[derive(Clone)]
pub(crate) struct Connector {
    tcp: HttpConnector,
    tls: Tls,
}

impl Connector {
    pub(crate) fn new(tls: Tls, connect_timeout: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Split over a host's addresses, so that a dead one leaves time for the next.
        tcp.set_connect_timeout(Some(connect_timeout));
        Self { tcp, tls }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let Self { mut tcp, tls } = self.clone();
        Box::pin(async move {
            if uri.scheme_str() == Some("https") {
                let tls = tls.connector().await?;
                HttpsConnector::from((tcp, tls.into())).call(uri).await
            } else {
                let stream = tcp.call(uri).await?;
                // A name such as localhost is only as good as whoever resolves it.
                if !stream.inner().peer_addr()?.ip().to_canonical().is_loopback() {
                    return Err("cleartext goes only to this machine, and the name leads to another".into());
                }
                Ok(MaybeHttpsStream::Http(stream))
            }
        })
    }
}
