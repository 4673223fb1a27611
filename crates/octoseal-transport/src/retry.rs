//! The layer that retries what is safe to retry, each time at the pacer's permission.

mod decision;
mod marks;
pub(crate) mod policy;
mod redirect;

pub use marks::{Idempotent, Retried};
pub use policy::RetryPolicy;
pub use redirect::Redirected;

use crate::credential::Account;
use crate::error::{Error, Kind, Limit, Phase};
use crate::network::api_url::origin_of;
use crate::network::deadline::{Deadline, from_now};
use crate::observer::{Notice, NoticeKind, Observer, SILENCE};
use crate::pace::{Pacer, Permit};
use crate::trace::PathTemplate;
use crate::{BoxFuture, Transport, trace};
use bytes::Bytes;
use decision::{Next, Progress};
use http::{Request, Response};
use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// Retries a request if that is safe and may help.
///
/// It retries these cases, as [`RetryPolicy`] allows:
///
/// | case | methods | time |
/// |---|---|---|
/// | it was not sent | all | after a delay |
/// | it may have been sent, and no whole answer came | idempotent ones (RFC 9110, section 9.2.2), such as a secret's PUT | after a delay; at once after the first broken connection |
/// | 500, 502, 503, 504, 408 | idempotent ones | after a delay, or after `Retry-After` if that is longer |
/// | 429, or a 403 that is a [rate limit](crate::RateLimit) | all: it was not performed | after GitHub's wait, else after 60 s, doubling |
/// | 301, 302, 307, 308 to the [same resource](crate::ApiUrl::relocate) under another name, three times | all, method and body unchanged | at once |
/// | 401, 403 or 404 of a GitHub App's token that was created in the last 10 s and has never worked | all | after 1, 2 and 4 s |
/// | 401 of a token that could be [renewed](crate::Renewed), once | all | at once |
///
/// Every other answer or error is returned unchanged. So is the last one when the attempts are used up or the
/// next wait would miss the deadline. A redirect to another resource is an error. An answer after a redirect
/// is marked with [`Redirected`].
///
/// # The order of the layers
///
/// `Retry`, with a [`Pacer`] in it, wraps [`Authorize`](crate::Authorize), which wraps the
/// [`Client`](crate::Client). So each attempt waits for its turn and is charged, including retries and
/// redirects. Each attempt also requests its token, which may have been renewed since the last one.
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
    pacer: Option<Pacer>,
    observer: Option<Arc<dyn Observer>>,
    /// The end of the whole run, and its length.
    ends: Option<(Instant, Duration)>,
}

impl<T: Transport> Retry<T> {
    /// Wraps a transport.
    pub fn new(inner: T, policy: RetryPolicy) -> Self {
        Self { inner, policy, pacer: None, observer: None, ends: None }
    }

    /// Lets every attempt wait for its turn with a pacer, which learns from the answers.
    #[must_use]
    pub fn paced(self, pacer: Pacer) -> Self {
        Self { pacer: Some(pacer), ..self }
    }

    /// Notifies an observer of silence, retries, waits and redirects.
    #[must_use]
    pub fn observed(self, observer: Arc<dyn Observer>) -> Self {
        Self { observer: Some(observer), ..self }
    }

    /// Ends all requests after `length` from now on. A wait that would end later fails at once.
    #[must_use]
    pub fn within(self, length: Duration) -> Self {
        Self { ends: Some((from_now(length), length)), ..self }
    }

    async fn run(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, Error> {
        let mut left = self.policy.total;
        let mut progress = Progress::default();
        let mut last = None;
        loop {
            let attempt = progress.attempt();
            let permit = match self.permit(&request, attempt).await {
                Ok(permit) => permit,
                // GitHub's previous answer is more useful than an error about the next wait.
                Err(error) => return last.unwrap_or_else(|| progress.settle(Err(error))),
            };
            let started = Instant::now();
            request.extensions_mut().insert(progress.fresh_attempts());
            let result = self.attempt(&request, attempt, left).await;
            left = left.saturating_sub(started.elapsed());
            if let Some(permit) = permit {
                permit.finish(result.as_ref().ok()).await;
            }
            let next = progress.next(&self.policy, &request, &result, self.pacer.is_some());
            let wait = match next {
                Next::Follow(target) => {
                    trace::follows(request.method(), target.owner.as_deref());
                    self.tell(
                        &request,
                        attempt,
                        NoticeKind::Redirected(target.owner.as_deref().unwrap_or_default()),
                    );
                    *request.uri_mut() = target.uri;
                    // A redirect is not an answer.
                    last = None;
                    Duration::ZERO
                }
                Next::Refuse(error) => return progress.settle(Err(about(error, &request))),
                Next::Retry { wait, reason } if wait < left.min(self.run_left()) => {
                    trace::retries(reason, attempt, wait);
                    let status = result.as_ref().ok().map(Response::status);
                    self.tell(&request, attempt, NoticeKind::Retries { why: reason, status, wait });
                    last = Some(progress.settle(result));
                    wait
                }
                Next::Retry { wait, reason } => {
                    let status = result.as_ref().ok().map(Response::status);
                    self.tell(&request, attempt, NoticeKind::GivesUp { why: reason, status, wait });
                    return progress.settle(result);
                }
                Next::Finish => return progress.settle(result),
            };
            sleep(wait).await;
            left = left.saturating_sub(wait);
        }
    }

    /// Returns the rest of the whole run.
    fn run_left(&self) -> Duration {
        self.ends.map_or(Duration::MAX, |(ends, _)| ends.saturating_duration_since(Instant::now()))
    }

    fn tell(&self, request: &Request<Bytes>, attempt: u32, kind: NoticeKind<'_>) {
        if let Some(observer) = &self.observer {
            let template = request.extensions().get().map_or("", |PathTemplate(template)| template);
            observer.notice(&Notice { method: request.method(), template, attempt, kind });
        }
    }

    async fn permit(&self, request: &Request<Bytes>, attempt: u32) -> Result<Option<Permit>, Error> {
        if let Some((_, length)) = self.ends.filter(|_| self.run_left().is_zero()) {
            let late = Error::new(Kind::Timeout(Limit::Run, length), Phase::NotSent);
            return Err(about(late, request));
        }
        let Some(pacer) = &self.pacer else {
            return Ok(None);
        };
        let account = request.extensions().get::<Account>().map(|Account(login)| login.as_str());
        let tell = |wait| self.tell(request, attempt, NoticeKind::Waits(wait));
        let (max_wait, run_left) = (pacer.pacing().max_wait, self.run_left());
        let permit = pacer.acquire(account, request.method(), max_wait.min(run_left), &tell).await;
        let of_run = self.ends.filter(|_| run_left < max_wait).map(|(_, length)| length);
        let permit = permit.map_err(|error| about(error.waits_too_long_for(of_run), request))?;
        if attempt > 1 {
            pacer.count_retry();
        }
        Ok(Some(permit))
    }

    async fn attempt(
        &self,
        request: &Request<Bytes>,
        attempt: u32,
        left: Duration,
    ) -> Result<Response<Bytes>, Error> {
        let of_run = self.ends.map(|(ends, length)| Deadline::of_run(ends, length));
        let deadline = Deadline::of_operation(self.policy.total, left).or_nearer(of_run.as_ref());
        let mut bounded = request.clone();
        bounded.extensions_mut().insert(deadline);
        let sent = trace::attempt(self.inner.send(bounded), request, attempt);
        let sent = self.with_silence_notice(sent, request, attempt);
        // A transport that does not know the deadline cannot report how far it got.
        deadline.bound(sent, || Phase::MaybeSent).await.map_err(|error| about(error, request))
    }

    /// Notifies the observer of an attempt that has had no answer for some time.
    async fn with_silence_notice<A>(
        &self,
        sent: impl Future<Output = A>,
        request: &Request<Bytes>,
        attempt: u32,
    ) -> A {
        if self.observer.is_none() {
            return sent.await;
        }
        let mut sent = pin!(sent);
        if let Ok(answer) = timeout(SILENCE, &mut sent).await {
            return answer;
        }
        self.tell(request, attempt, NoticeKind::Silent(SILENCE));
        sent.await
    }
}

impl<T: Transport> Transport for Retry<T> {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, Error>> {
        Box::pin(self.run(request))
    }
}

impl<T> fmt::Debug for Retry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { inner: _, policy, pacer, observer: _, ends: _ } = self;
        f.debug_struct("Retry").field("policy", policy).field("pacer", pacer).finish_non_exhaustive()
    }
}

fn about(error: Error, request: &Request<Bytes>) -> Error {
    error.about(request.method(), origin_of(request.uri()).ok())
}
