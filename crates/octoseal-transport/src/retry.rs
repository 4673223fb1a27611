//! The layer that sends again what is safe to send again.

use crate::api_url::origin_of;
use crate::error::{Error, Kind, Limit, Phase};
use crate::trace;
use crate::{BoxFuture, Transport};
use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use std::fmt;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// How often, how fast and how long [`Retry`] tries.
///
/// # Examples
///
/// ```
/// let policy = octoseal_transport::RetryPolicy { attempts: 5, ..Default::default() };
/// assert_eq!(policy.total.as_secs(), 120);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    /// How many times a request is sent at most, the first time included; 0 counts as 1.
    pub attempts: u32,
    /// The wait before the first repeat; it doubles with every repeat.
    pub first_delay: Duration,
    /// The longest wait before a repeat.
    pub max_delay: Duration,
    /// The deadline of the whole operation, attempts and waits together.
    pub total: Duration,
}

impl Default for RetryPolicy {
    /// Three attempts, waits of 200 ms doubling up to 5 s, 120 s in all.
    fn default() -> Self {
        Self {
            attempts: 3,
            first_delay: Duration::from_millis(200),
            max_delay: Duration::from_secs(5),
            total: Duration::from_secs(120),
        }
    }
}

/// Sends a request again if that is safe and may help.
///
/// What was not sent is sent again whatever its method. After a lost answer, or an answer 500, 502, 503 or 504, only
/// idempotent methods are repeated (RFC 9110, section 9.2.2): a secret's PUT is one of them. When the attempts are used
/// up, or the next wait would miss the deadline, the last answer or error is returned.
///
/// # Examples
///
/// ```
/// # use bytes::Bytes;
/// # use http::{Request, Response};
/// # use octoseal_transport::{Error, Retry, RetryPolicy, Transport};
/// # use std::sync::atomic::{AtomicU32, Ordering};
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), Error> {
/// let calls = AtomicU32::new(0);
/// let flaky = |_: Request<Bytes>| {
///     let call = calls.fetch_add(1, Ordering::Relaxed);
///     async move { if call < 2 { Err(Error::not_sent("refused")) } else { Ok(Response::new(Bytes::new())) } }
/// };
/// let response = Retry::new(flaky, RetryPolicy::default()).send(Request::new(Bytes::new())).await?;
/// assert_eq!(response.status(), 200);
/// # Ok(())
/// # }
/// ```
pub struct Retry<T> {
    inner: T,
    policy: RetryPolicy,
}

/// Marks an answer, in its extensions, before which an earlier attempt may have taken effect.
///
/// The answer 404 to a DELETE can then mean that the first attempt deleted it.
#[derive(Clone, Copy, Debug)]
pub struct Repeated;

impl<T: Transport> Retry<T> {
    /// Puts the layer around a transport.
    pub fn new(inner: T, policy: RetryPolicy) -> Self {
        Self { inner, policy }
    }

    async fn run(&self, request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let started = Instant::now();
        let mut delay = self.policy.first_delay.min(self.policy.max_delay);
        let mut perhaps_done = false;
        let mut attempt = 1;
        loop {
            let left = self.policy.total.saturating_sub(started.elapsed());
            let result = self.attempt(&request, attempt, left).await;
            let left = self.policy.total.saturating_sub(started.elapsed());
            let reason = match reason_to_repeat(request.method(), &result) {
                Some(reason) if attempt < self.policy.attempts && delay < left => reason,
                _ => return settle(result, perhaps_done),
            };
            trace::repeats(reason, attempt, delay);
            perhaps_done |= result.map_or_else(|error| error.phase() != Phase::NotSent, |_| true);
            sleep(delay).await;
            delay = delay.saturating_mul(2).min(self.policy.max_delay);
            attempt += 1;
        }
    }

    async fn attempt(
        &self,
        request: &Request<Bytes>,
        attempt: u32,
        left: Duration,
    ) -> Result<Response<Bytes>, Error> {
        let sent = trace::attempt(self.inner.send(request.clone()), request, attempt);
        let result = timeout(left, sent).await.unwrap_or_else(|_| {
            Err(Error::new(Kind::Timeout(Limit::Total, self.policy.total), Phase::MaybeSent))
        });
        result.map_err(|error| error.about(request.method(), origin_of(request.uri()).ok()))
    }
}

impl<T: Transport> Transport for Retry<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        Box::pin(self.run(request))
    }
}

impl<T> fmt::Debug for Retry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { inner: _, policy } = self;
        f.debug_struct("Retry").field("policy", policy).finish_non_exhaustive()
    }
}

fn reason_to_repeat(method: &Method, result: &Result<Response<Bytes>, Error>) -> Option<&'static str> {
    match result {
        Err(error) if error.is_final() => None,
        Err(error) if error.phase() == Phase::NotSent => Some("not sent"),
        Err(_) if method.is_idempotent() => Some("no whole answer"),
        Ok(response) if method.is_idempotent() && SERVER_ERRORS.contains(&response.status()) => {
            Some("server error")
        }
        _ => None,
    }
}

/// Tells the whole truth about the last result: what earlier attempts may have done counts too.
fn settle(result: Result<Response<Bytes>, Error>, perhaps_done: bool) -> Result<Response<Bytes>, Error> {
    if !perhaps_done {
        return result;
    }
    match result {
        Ok(mut response) => {
            response.extensions_mut().insert(Repeated);
            Ok(response)
        }
        Err(error) => Err(error.after_a_perhaps_sent_attempt()),
    }
}

/// What a server or a proxy before it says when it may do better soon.
const SERVER_ERRORS: [StatusCode; 4] = [
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];
