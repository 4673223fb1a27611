//! The decision after an attempt: finish, retry, or follow a redirect.

use crate::credential::Renewed;
use crate::credential::fresh::{Fresh, FreshAttempts};
use crate::credential::redirect::{Redirect, Target};
use crate::error::{Error, Kind, Phase};
use crate::pace::rate_limit_headers::{RateLimit, retry_after};
use crate::retry::marks::{Retried, is_idempotent};
use crate::retry::policy::{RetryPolicy, default_limit_wait};
use crate::retry::redirect::Redirected;
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use std::time::Duration;

/// The next step of a request.
pub(crate) enum Next {
    Finish,
    /// The answer is a redirect that is not followed.
    Refuse(Error),
    Follow(Target),
    Retry {
        wait: Duration,
        reason: &'static str,
    },
}

/// The progress of a request, over all its attempts.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    faults: u32,
    limits: u32,
    hops: u32,
    renewed: bool,
    fresh: FreshAttempts,
    perhaps_done: bool,
    /// The owner of the request's resource after a redirect.
    landed: Option<String>,
}

impl Progress {
    /// Returns the number of the current attempt, from 1.
    pub(crate) fn attempt(&self) -> u32 {
        1 + self.faults + self.limits + self.hops + self.fresh.0 + u32::from(self.renewed)
    }

    pub(crate) fn fresh_attempts(&self) -> FreshAttempts {
        self.fresh
    }

    /// Decides the next step. `is_paced` means that a pacer waits for the end of limits.
    pub(crate) fn next(
        &mut self,
        policy: &RetryPolicy,
        request: &Request<Bytes>,
        result: &Result<Response<Bytes>, Error>,
        is_paced: bool,
    ) -> Next {
        match result {
            Err(error) => self.after_error(policy, request, error),
            Ok(response) => match (RateLimit::of(response), response.extensions().get()) {
                (Some(limit), _) => self.after_limit(policy, limit, is_paced),
                (None, Some(Redirect(Err(error)))) => Next::Refuse(error.clone()),
                (None, Some(Redirect(Ok(target)))) => self.after_redirect(target, response.status()),
                (None, None) => self.after_answer(policy, request, response),
            },
        }
    }

    fn after_error(&mut self, policy: &RetryPolicy, request: &Request<Bytes>, error: &Error) -> Next {
        let (reason, may) = match error.phase() {
            Phase::NotSent => ("not sent", true),
            Phase::MaybeSent | Phase::AnswerLost => ("no whole answer", is_idempotent(request)),
        };
        if error.is_final() || !may {
            return Next::Finish;
        }
        // A server that closes one kept connection closes others, too. A new one probably works at once.
        let at_once = self.faults == 0 && error.is_broken_connection();
        let wait = if at_once { Duration::ZERO } else { policy.delay(self.faults + 1) };
        let next = self.after_fault(policy, wait, reason);
        self.perhaps_done |= matches!(next, Next::Retry { .. }) && error.phase() != Phase::NotSent;
        next
    }

    fn after_answer(
        &mut self,
        policy: &RetryPolicy,
        request: &Request<Bytes>,
        response: &Response<Bytes>,
    ) -> Next {
        let status = response.status();
        if response.extensions().get::<Fresh>().is_some() {
            let wait = self.fresh.wait();
            self.fresh.0 += 1;
            return Next::Retry { wait, reason: "a new token is not known everywhere yet" };
        }
        if response.extensions().get::<Renewed>().is_some() && !self.renewed {
            self.renewed = true;
            return Next::Retry { wait: Duration::ZERO, reason: "token renewed" };
        }
        if !TRANSIENT.contains(&status) || !is_idempotent(request) {
            return Next::Finish;
        }
        let wait = policy.delay(self.faults + 1).max(retry_after(response.headers()).unwrap_or_default());
        let next = self.after_fault(policy, wait, "server error");
        self.perhaps_done |= matches!(next, Next::Retry { .. }) && status.is_server_error();
        next
    }

    fn after_fault(&mut self, policy: &RetryPolicy, wait: Duration, reason: &'static str) -> Next {
        if self.faults + 1 >= policy.attempts {
            return Next::Finish;
        }
        self.faults += 1;
        Next::Retry { wait, reason }
    }

    /// A limit is no fault of the request, so it has its own count.
    fn after_limit(&mut self, policy: &RetryPolicy, limit: RateLimit, is_paced: bool) -> Next {
        if self.limits >= policy.limits {
            return Next::Finish;
        }
        let unpaced = || limit.wait.unwrap_or_else(|| default_limit_wait(self.limits));
        let wait = if is_paced { Duration::ZERO } else { unpaced() };
        self.limits += 1;
        Next::Retry { wait, reason: "rate limit" }
    }

    fn after_redirect(&mut self, target: &Target, status: StatusCode) -> Next {
        if self.hops >= MOST_HOPS {
            return Next::Refuse(Error::new(
                Kind::TooManyRedirects { status, most: MOST_HOPS },
                Phase::NotSent,
            ));
        }
        self.hops += 1;
        self.landed.clone_from(&target.owner);
        Next::Follow(target.clone())
    }

    /// Completes the last result with the effects of earlier attempts.
    pub(crate) fn settle(&self, result: Result<Response<Bytes>, Error>) -> Result<Response<Bytes>, Error> {
        match result {
            Ok(mut response) => {
                if self.perhaps_done {
                    response.extensions_mut().insert(Retried);
                }
                if let Some(owner) = &self.landed {
                    response.extensions_mut().insert(Redirected(owner.clone()));
                }
                Ok(response)
            }
            Err(error) if self.perhaps_done => Err(error.after_a_perhaps_sent_attempt()),
            Err(error) => Err(error),
        }
    }
}

/// The statuses of a server or a proxy before it that may soon improve.
const TRANSIENT: [StatusCode; 5] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// A renamed repository takes one.
const MOST_HOPS: u32 = 3;
