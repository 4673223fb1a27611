//! Connections: TCP, an optional tunnel through a proxy, and TLS for https, all within one timeout.

use crate::BoxFuture;
use crate::error::boxed::BoxError;
use crate::error::proxy_fault::ProxyFault;
use crate::network::loopback::{is_this_machine, stays_here};
use crate::network::proxy::address::Proxy;
use crate::network::proxy::connect_tunnel::{self, Given};
use crate::network::proxy::proxy_error::ProxyError;
use crate::network::proxy::settings::Proxies;
use crate::network::tls::Tls;
use http::Uri;
use hyper_tls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use std::error;
use std::fmt;
use std::io;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tower_service::Service;

type Tcp = TokioIo<TcpStream>;

#[derive(Clone)]
pub(crate) struct Connector {
    tcp: HttpConnector,
    proxies: Proxies,
    tls: Tls,
    limit: Duration,
}

impl Connector {
    pub(crate) fn new(tls: Tls, proxies: Proxies, limit: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // It is split over a host's addresses, so that a dead one leaves time for the next.
        tcp.set_connect_timeout(Some(limit));
        Self { tcp, proxies, tls, limit }
    }

    /// Connects within one timeout. hyper-util's own limit covers neither name resolution nor proxies nor
    /// TLS.
    async fn connect(mut self, target: Uri) -> Result<MaybeHttpsStream<Tcp>, BoxError> {
        let started = Instant::now();
        let stream = self.tunnel(&target).await?;
        let left = self.limit.saturating_sub(started.elapsed());
        timeout(left, self.secure(stream, target)).await.map_err(|_| ConnectTimeout)?
    }

    async fn secure(self, stream: Tcp, target: Uri) -> Result<MaybeHttpsStream<Tcp>, BoxError> {
        if target.scheme_str() != Some("https") {
            return Ok(MaybeHttpsStream::Http(stream));
        }
        let tls = self.tls.connector().await?;
        HttpsConnector::from((Given::new(stream), tls.into())).call(target).await
    }

    /// Returns a connection to the target, direct or through a proxy.
    async fn tunnel(&mut self, target: &Uri) -> Result<Tcp, BoxError> {
        let limit = self.limit;
        let is_https = target.scheme_str() == Some("https");
        let proxies = self.proxies.clone();
        // Cleartext may not leave this machine, not even to a proxy.
        let proxy = proxies.choose(target).filter(|proxy| is_https || is_this_machine(proxy.host()));
        let Some(proxy) = proxy else {
            return timeout(limit, self.direct(target)).await.map_err(|_| ConnectTimeout)?;
        };
        let silent = || ProxyError::new(proxy, ProxyFault::Silent(limit), ConnectTimeout);
        timeout(limit, self.through(proxy, target)).await.map_err(|_| silent())?
    }

    async fn through(&mut self, proxy: &Proxy, target: &Uri) -> Result<Tcp, BoxError> {
        let stream = self.tcp.call(proxy.address()).await.map_err(|cause| {
            let fault =
                if is_late(&cause) { ProxyFault::Silent(self.limit) } else { ProxyFault::Unreachable };
            ProxyError::new(proxy, fault, cause)
        })?;
        stays_here(target, stream.inner().peer_addr()?.ip())?;
        connect_tunnel::open(proxy, stream, target).await
    }

    async fn direct(&mut self, target: &Uri) -> Result<Tcp, BoxError> {
        let connecting = self.tcp.call(target.clone()).await;
        let stream = connecting.map_err(|cause| match is_late(&cause) {
            // The timeout of the host's last address ends at the same moment as the overall one, and may be
            // noticed first.
            true => ConnectTimeout.into(),
            false => BoxError::from(cause),
        })?;
        stays_here(target, stream.inner().peer_addr()?.ip())?;
        Ok(stream)
    }
}

fn is_late(error: &(dyn error::Error + 'static)) -> bool {
    let io = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    io.is_some_and(|error| error.kind() == io::ErrorKind::TimedOut)
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Tcp>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        Box::pin(self.clone().connect(target))
    }
}

/// The connection was not established in time.
#[derive(Debug)]
pub(crate) struct ConnectTimeout;

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("connecting took too long")
    }
}

impl error::Error for ConnectTimeout {}
