//! The network client: hyper's connection pool, with a deadline and a phase for every failure.

use crate::error::{Error, Phase};
use crate::network::api_url::{check, origin_of};
use crate::network::config::Config;
use crate::network::connector::Connector;
use crate::network::deadline::Deadline;
use crate::network::failure::failure;
use crate::network::response_body::{collect, settle};
use crate::network::tls::Tls;
use crate::network::was_it_sent::Watched;
use crate::{BoxFuture, Transport};
use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderValue, Request, Response};
use hyper::body::{Body, Incoming};
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::fmt;
use std::time::Duration;

/// Sends requests over the network, each once, over kept connections. It uses HTTP/1.1, unless the
/// configuration offers HTTP/2.
///
/// Clones share their connections. A request without `User-Agent` gets one, since GitHub
/// [refuses](https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#user-agent)
/// it otherwise.
///
/// # Examples
///
/// ```no_run
/// # use bytes::Bytes;
/// # use octoseal_transport::{ApiUrl, Client, Config, Error, Transport};
/// # async fn example() -> Result<(), Error> {
/// let client = Client::new(Config::default())?;
/// let mut request = http::Request::new(Bytes::new());
/// *request.uri_mut() = ApiUrl::github().resolve("/zen")?;
/// let response = client.send(request).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pool: legacy::Client<Connector, Watched>,
    tls: Tls,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    max_body: usize,
}

impl Client {
    /// Creates a client without connections.
    ///
    /// # Errors
    ///
    /// An [`Error`] if a bundle of root certificates cannot be read.
    pub fn new(config: Config) -> Result<Self, Error> {
        let tls = Tls::new(&config)?;
        let connector = Connector::new(tls.clone(), config.proxies, config.connect_timeout);
        let mut builder = legacy::Client::builder(TokioExecutor::new());
        #[cfg(feature = "http2")]
        builder
            .timer(TokioTimer::new())
            // A cancelled request can leave a dead connection in the pool, and only pings detect it.
            .http2_keep_alive_interval(PING_INTERVAL)
            .http2_keep_alive_timeout(PING_TIMEOUT);
        let pool = builder
            .http1_max_headers(MAX_HEADERS)
            .http1_max_buf_size(LONGEST_HEAD)
            // Without a timer the pool would sweep by the wall clock, or not at all.
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(config.idle_timeout.min(LONGEST_IDLE))
            .pool_max_idle_per_host(config.max_idle_per_host)
            .build(connector);
        Ok(Self {
            pool,
            tls,
            connect_timeout: config.connect_timeout,
            attempt_timeout: config.attempt_timeout,
            max_body: config.max_body,
        })
    }

    /// Starts to read the system's certificates now, instead of at the first https request.
    ///
    /// This takes tens of milliseconds on a blocking thread of tokio, in parallel to other work before that
    /// request. It is never done twice. Clients of a local server do not need it, and outside of a runtime it
    /// does nothing. The first request reports a failure.
    pub fn warm_up(&self) {
        self.tls.warm_up();
    }

    async fn exchange(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        // This refuses cleartext to another machine, even if no outer layer checks it.
        check(request.uri())?;
        let uri = request.uri().clone();
        let method = request.method().clone();
        request.headers_mut().entry(USER_AGENT).or_insert(OUR_USER_AGENT);
        let deadline = Deadline::of_attempt(self.attempt_timeout).or_nearer(request.extensions().get());
        let answer = async {
            let head = self.head(request, deadline).await?;
            self.body(head, deadline).await
        };
        answer.await.map_err(|error| error.about(&method, origin_of(&uri).ok()))
    }

    async fn head(&self, request: Request<Bytes>, deadline: Deadline) -> Result<Response<Incoming>, Error> {
        let (head, body) = request.into_parts();
        let (body, watch) = Watched::new(body);
        let request = Request::from_parts(head, body);
        let head = async {
            let head = self.pool.request(request).await;
            head.map_err(|cause| failure(cause, self.connect_timeout))
        };
        deadline.bound(head, || if watch.give_up() { Phase::NotSent } else { Phase::MaybeSent }).await
    }

    async fn body(&self, head: Response<Incoming>, deadline: Deadline) -> Result<Response<Bytes>, Error> {
        let (head, body) = head.into_parts();
        // The answer to a successful write has no body, so there is nothing to wait for.
        if body.is_end_stream() {
            return Ok(Response::from_parts(head, Bytes::new()));
        }
        settle(head, deadline.bound(collect(body, self.max_body), || Phase::AnswerLost).await)
    }
}

impl Transport for Client {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        Box::pin(self.exchange(request))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

const OUR_USER_AGENT: HeaderValue = HeaderValue::from_static(concat!("octoseal/", env!("CARGO_PKG_VERSION")));

/// Maximum number of headers in an answer over HTTP/1.1. GitHub sends about 30.
const MAX_HEADERS: usize = 128;

/// Maximum length in bytes of an HTTP/1.1 answer's head. A longer one is an error.
const LONGEST_HEAD: usize = 64 * 1024;

/// The pool adds this to the current time, and an overflow would end its task.
const LONGEST_IDLE: Duration = Duration::from_secs(86_400);

/// The time without data after which an HTTP/2 connection in use is pinged.
#[cfg(feature = "http2")]
const PING_INTERVAL: Duration = Duration::from_secs(20);

/// The timeout of the answer to a ping.
#[cfg(feature = "http2")]
const PING_TIMEOUT: Duration = Duration::from_secs(10);

#[cfg(test)]
mod tests {
    use super::*;

    fn client() -> Client {
        Client::new(Config::default()).expect("the defaults are sound")
    }

    /// Sends one request to a port that is not listening.
    async fn send(client: &Client, scheme: &str) -> Error {
        // The port is bound but not listening, so it stays reserved and refuses connections.
        let unused = tokio::net::TcpSocket::new_v4().expect("there is a port");
        unused.bind(([127, 0, 0, 1], 0).into()).expect("there is a port");
        let address = unused.local_addr().expect("it is bound");
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = format!("{scheme}://{address}/").parse().expect("it is an address");
        client.send(request).await.expect_err("the port is not listening")
    }
    #[tokio::test(start_paused = true)]
    async fn cleartext_never_builds_the_tls_connector_and_https_does() {
        let client = client();
        assert!(send(&client, "http").await.is_connect());
        assert_eq!(client.tls.times_built(), 0);
        assert!(send(&client, "https").await.is_connect());
        // Without a connection there is nothing to secure.
        assert_eq!(client.tls.times_built(), 0);
        client.tls.connector().await.expect("the defaults are sound");
        assert_eq!(client.tls.times_built(), 1);
    }

    #[tokio::test]
    async fn clones_share_the_tls_connector_and_warming_up_builds_it_once() {
        let client = client();
        let clone = client.clone();
        client.warm_up();
        clone.warm_up();
        for client in [&client, &clone] {
            client.tls.connector().await.expect("the defaults are sound");
        }
        assert!(send(&clone, "https").await.is_connect());
        assert_eq!((client.tls.times_built(), clone.tls.times_built()), (1, 1));
    }

    #[test]
    fn warming_up_outside_of_a_runtime_does_nothing() {
        let client = client();
        client.warm_up();
        assert_eq!(client.tls.times_built(), 0);
    }
}
