//! The client that goes over the network: hyper's connection pool, with a deadline and a phase for every failure.

use crate::api_url::origin_of;
use crate::config::Config;
use crate::connect::Connector;
use crate::deadline::Deadline;
use crate::error::{Error, Kind, Limit, Phase};
use crate::failure::{failure, phase};
use crate::tls::Tls;
use crate::{BoxFuture, Transport};
use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::capture_connection;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::fmt;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// Sends requests over the network, each once, by HTTP/1.1 over kept connections.
///
/// Clones share their connections. Requests without `User-Agent` get one, since GitHub
/// [refuses](https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#user-agent) those.
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
    pool: legacy::Client<Deadline<Connector>, Full<Bytes>>,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    max_body: usize,
}

impl Client {
    /// Makes a client that has no connection yet.
    ///
    /// # Errors
    ///
    /// An [`Error`] if a bundle of root certificates cannot be read.
    pub fn new(config: Config) -> Result<Self, Error> {
        let connector = Connector::new(Tls::new(&config.root_certificates_pem)?, config.connect_timeout);
        let pool = legacy::Client::builder(TokioExecutor::new())
            // Without a timer the pool would sweep by the wall clock, or not at all.
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(config.idle_timeout)
            .pool_max_idle_per_host(config.max_idle_per_host)
            .build(Deadline::new(connector, config.connect_timeout));
        Ok(Self {
            pool,
            connect_timeout: config.connect_timeout,
            attempt_timeout: config.attempt_timeout,
            max_body: config.max_body,
        })
    }

    async fn exchange(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        // Cleartext to another machine ends here even if nothing in front of the client has looked.
        let origin = origin_of(request.uri())?;
        let method = request.method().clone();
        request.headers_mut().entry(USER_AGENT).or_insert(OUR_USER_AGENT);
        let started = Instant::now();
        let answer = async {
            let head = self.head(request.map(Full::new)).await?;
            self.body(head, self.attempt_timeout.saturating_sub(started.elapsed())).await
        };
        answer.await.map_err(|error| error.about(&method, Some(origin)))
    }

    async fn head(&self, mut request: Request<Full<Bytes>>) -> Result<Response<Incoming>, Error> {
        let connection = capture_connection(&mut request);
        match timeout(self.attempt_timeout, self.pool.request(request)).await {
            Ok(Ok(head)) => Ok(head),
            Ok(Err(cause)) => Err(failure(cause, &connection, self.connect_timeout)),
            Err(_) => Err(self.too_late(phase(&connection))),
        }
    }

    async fn body(&self, head: Response<Incoming>, left: Duration) -> Result<Response<Bytes>, Error> {
        let (head, body) = head.into_parts();
        let error = match timeout(left, Limited::new(body, self.max_body).collect()).await {
            Ok(Ok(body)) => return Ok(Response::from_parts(head, body.to_bytes())),
            Ok(Err(cause)) if cause.is::<LengthLimitError>() => {
                Error::new(Kind::BodyTooLarge(self.max_body), Phase::AnswerLost)
            }
            Ok(Err(cause)) => Error::answer_lost(cause),
            Err(_) => self.too_late(Phase::AnswerLost),
        };
        match head.status {
            // The write is done: its body could add nothing.
            StatusCode::CREATED | StatusCode::NO_CONTENT => Ok(Response::from_parts(head, Bytes::new())),
            _ => Err(error),
        }
    }

    fn too_late(&self, phase: Phase) -> Error {
        Error::new(Kind::Timeout(Limit::Attempt, self.attempt_timeout), phase)
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
