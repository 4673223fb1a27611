//! Tunnels through a proxy: CONNECT by hyper, SOCKS 5 by hyper-util, over an existing connection.

use crate::error::boxed::BoxError;
use crate::error::proxy_fault::ProxyFault;
use crate::network::loopback::stays_here;
use crate::network::proxy::address::{Protocol, Proxy};
use crate::network::proxy::proxy_error::ProxyError;
use crate::network::proxy::settings::port_of;
use bytes::Bytes;
use http::header::{HOST, PROXY_AUTHORIZATION};
use http::{HeaderValue, Request, StatusCode, Uri};
use http_body_util::Empty;
use hyper::client::conn::http1;
use hyper_util::client::legacy::connect::proxy::SocksV5;
use hyper_util::rt::TokioIo;
use std::future::{Future, Ready, poll_fn, ready};
use std::io;
use std::pin::pin;
use std::task::{Context, Poll};
use tokio::net::{TcpStream, lookup_host};
use tower_service::Service;

type Tcp = TokioIo<TcpStream>;

/// Maximum length in bytes of the head of a proxy's answer.
const LONGEST_HEAD: usize = 16 * 1024;

/// Asks the proxy at the other end of `stream` for a tunnel to the target.
pub(crate) async fn open(proxy: &Proxy, stream: Tcp, target: &Uri) -> Result<Tcp, BoxError> {
    let way = match proxy.protocol {
        Protocol::Http => connect(proxy, stream, target).await,
        Protocol::Socks5 => {
            let host = target.host().unwrap_or_default().trim_matches(['[', ']']);
            // An error here is local, not the proxy's.
            let address = lookup_host((host, port_of(target))).await?.next();
            let address = address.ok_or_else(|| io::Error::other("the name has no address"))?;
            stays_here(target, address.ip())?;
            socks5(proxy, stream, &address.to_string()).await
        }
        Protocol::Socks5h => socks5(proxy, stream, &authority_of(target)).await,
    };
    way.map_err(|(fault, cause)| ProxyError::new(proxy, fault, cause).into())
}

type Fault = (ProxyFault, BoxError);

async fn connect(proxy: &Proxy, stream: Tcp, target: &Uri) -> Result<Tcp, Fault> {
    let authority = authority_of(target);
    let mut request = Request::connect(&authority).body(Empty::<Bytes>::new()).map_err(no_proxy)?;
    request.headers_mut().insert(HOST, HeaderValue::try_from(authority).map_err(no_proxy)?);
    if let Some(credentials) = &proxy.credentials {
        request.headers_mut().insert(PROXY_AUTHORIZATION, credentials.basic());
    }
    let builder = http1::Builder::new().max_buf_size(LONGEST_HEAD).handshake(stream);
    let (mut sender, mut connection) = builder.await.map_err(no_proxy)?;
    let mut answer = pin!(sender.send_request(request));
    let answer = poll_fn(|context| {
        // Failures of the connection appear in the answer.
        let _driven = connection.poll_without_shutdown(context);
        answer.as_mut().poll(context)
    });
    let status = answer.await.map_err(no_proxy)?.status();
    let parts = connection.into_parts();
    match status {
        // In TLS and HTTP the client speaks first, so a proxy that sends data first is not a proxy.
        _ if status.is_success() && !parts.read_buf.is_empty() => {
            Err(no_proxy("it sent more than an answer"))
        }
        _ if status.is_success() => Ok(parts.io),
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => Err((ProxyFault::Credentials, status_text(status))),
        _ => Err((ProxyFault::Refused(Some(status)), status_text(status))),
    }
}

fn status_text(status: StatusCode) -> BoxError {
    format!("the answer to CONNECT was {}", status.as_u16()).into()
}

async fn socks5(proxy: &Proxy, stream: Tcp, authority: &str) -> Result<Tcp, Fault> {
    let target: Uri = authority.parse().map_err(no_proxy)?;
    let mut socks = SocksV5::new(proxy.address(), Given::new(stream));
    if let Some(credentials) = &proxy.credentials {
        socks = socks.with_auth(credentials.user.clone(), credentials.password.to_string());
    }
    socks.call(target).await.map_err(|error| {
        // The kinds of this error are private, so its text distinguishes them.
        let text = error.to_string();
        let is = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let fault = if is(&["credentials", "authentication"]) {
            ProxyFault::Credentials
        } else if is(&["parsing", "io error"]) {
            ProxyFault::NoProxy
        } else {
            ProxyFault::Refused(None)
        };
        (fault, text.into())
    })
}

fn no_proxy(cause: impl Into<BoxError>) -> Fault {
    (ProxyFault::NoProxy, cause.into())
}

/// Returns host and port. Both protocols require the port, even the scheme's default.
fn authority_of(target: &Uri) -> String {
    format!("{}:{}", target.host().unwrap_or_default(), port_of(target))
}

/// An existing connection, as a connector.
pub(crate) struct Given<T>(Option<T>);

impl<T> Given<T> {
    pub(crate) fn new(connection: T) -> Self {
        Self(Some(connection))
    }
}

impl<T> Service<Uri> for Given<T> {
    type Response = T;
    type Error = io::Error;
    type Future = Ready<io::Result<T>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        ready(self.0.take().ok_or_else(|| io::Error::other("the connection was already taken")))
    }
}
