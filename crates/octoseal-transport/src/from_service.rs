//! An adapter from tower services to transports.

use crate::error::Error;
use crate::error::boxed::BoxError;
use crate::network::api_url::origin_of;
use crate::network::response_body::{collect, settle};
use crate::{BoxFuture, Transport};
use bytes::Bytes;
use http::{Request, Response};
use hyper::body::Body;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use tower_service::Service;

/// A [`Transport`] that passes each request to a clone of a tower service.
///
/// `B` is the service's request body, which is made from [`Bytes`]. The service has its own timeouts. The
/// body of an answer is limited to 1 MiB, or [`max_body`](Self::max_body). An error of `poll_ready` means
/// that the request was not sent, an error of the call that it may have been sent.
///
/// Like [`Client`](crate::Client) it refuses cleartext to other machines.
///
/// # Examples
///
/// ```
/// use bytes::Bytes;
/// use http::Request;
/// use http_body_util::Full;
/// use hyper_util::client::legacy::{Client, connect::HttpConnector};
/// use hyper_util::rt::TokioExecutor;
/// use octoseal_transport::{FromService, Transport};
///
/// let service: Client<HttpConnector, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
/// let transport: &dyn Transport = &FromService::new(service).max_body(64 * 1024);
/// ```
pub struct FromService<S, B = Bytes> {
    service: S,
    max_body: usize,
    // The body type is created, not stored.
    body: PhantomData<fn() -> B>,
}

impl<S, B> FromService<S, B> {
    /// Adapts a service.
    pub fn new(service: S) -> Self {
        Self { service, max_body: 1024 * 1024, body: PhantomData }
    }

    /// Sets the maximum length of an answer's body in bytes.
    #[must_use]
    pub fn max_body(self, max_body: usize) -> Self {
        Self { max_body, ..self }
    }
}

impl<S, B, A> Transport for FromService<S, B>
where
    S: Service<Request<B>, Response = Response<A>> + Clone + Send + Sync,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: From<Bytes> + Send,
    A: Body + Send,
    A::Data: Send,
    A::Error: Into<BoxError>,
{
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        let mut service = self.service.clone();
        Box::pin(async move {
            let origin = origin_of(request.uri())?;
            let method = request.method().clone();
            let answer = async {
                poll_fn(|context| service.poll_ready(context)).await.map_err(Error::not_sent)?;
                let answer = service.call(request.map(B::from)).await.map_err(Error::maybe_sent)?;
                let (head, body) = answer.into_parts();
                settle(head, collect(body, self.max_body).await)
            };
            answer.await.map_err(|error| error.about(&method, Some(origin)))
        })
    }
}

impl<S: Clone, B> Clone for FromService<S, B> {
    fn clone(&self) -> Self {
        Self { service: self.service.clone(), max_body: self.max_body, body: PhantomData }
    }
}

impl<S, B> fmt::Debug for FromService<S, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromService").field("max_body", &self.max_body).finish_non_exhaustive()
    }
}
