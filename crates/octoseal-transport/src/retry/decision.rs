//! What to do after an attempt: finish, repeat, or follow a redirect.

use crate::credential::Renewed;
use crate::credential::fresh::{Fresh, FreshAttempts};
use crate::credential::redirect::{Redirect, Target};
use crate::error::{Error, Kind, Phase};
use crate::pace::rate_limit_headers::{RateLimit, retry_after};
use crate::retry::policy::{RetryPolicy, default_limit_wait};
use crate::retry::redirect::Redirected;
use crate::retry::repeated::{Repeated, is_idempotent};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use std::time::Duration;

/// The next step of a request.
pub(crate) enum Next {
    Finish,
    /// The answer is a redirect that is not followed.
    Refuse(Error),
    Follow(Target),
    Repeat {
        wait: Duration,
        reason: &'static str,
    },
}

/// How far a request has come, over all its attempts.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    faults: u32,
    limits: u32,
    hops: u32,
    renewed: bool,
    fresh: FreshAttempts,
    perhaps_done: bool,
    /// Who owns the things of the request after a redirect.
    landed: Option<String>,
}

impl Progress {
    /// The number of the attempt that is made now, from 1.
    pub(crate) fn attempt(&self) -> u32 {
        1 + self.faults + self.limits + self.hops + self.fresh.0 + u32::from(self.renewed)
    }

    pub(crate) fn fresh_attempts(&self) -> FreshAttempts {
        self.fresh
    }

    /// Decides what comes next; `is_paced` says that a pacer waits out limits.
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
        // A server that closes a connection it has kept closes others, too; a new one is likely to work at once.
        let at_once = self.faults == 0 && error.is_broken_connection();
        let wait = if at_once { Duration::ZERO } else { policy.delay(self.faults + 1) };
        let next = self.after_fault(policy, wait, reason);
        self.perhaps_done |= matches!(next, Next::Repeat { .. }) && error.phase() != Phase::NotSent;
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
            return Next::Repeat { wait, reason: "a new token is not known everywhere yet" };
        }
        if response.extensions().get::<Renewed>().is_some() && !self.renewed {
            self.renewed = true;
            return Next::Repeat { wait: Duration::ZERO, reason: "token renewed" };
        }
        if !TRANSIENT.contains(&status) || !is_idempotent(request) {
            return Next::Finish;
        }
        let wait = policy.delay(self.faults + 1).max(retry_after(response.headers()).unwrap_or_default());
        let next = self.after_fault(policy, wait, "server error");
        self.perhaps_done |= matches!(next, Next::Repeat { .. }) && status.is_server_error();
        next
    }

    fn after_fault(&mut self, policy: &RetryPolicy, wait: Duration, reason: &'static str) -> Next {
        if self.faults + 1 >= policy.attempts {
            return Next::Finish;
        }
        self.faults += 1;
        Next::Repeat { wait, reason }
    }

    /// A limit is no fault of the request: it has a count of its own.
    fn after_limit(&mut self, policy: &RetryPolicy, limit: RateLimit, is_paced: bool) -> Next {
        if self.limits >= policy.limits {
            return Next::Finish;
        }
        let unpaced = || limit.wait.unwrap_or_else(|| default_limit_wait(self.limits));
        let wait = if is_paced { Duration::ZERO } else { unpaced() };
        self.limits += 1;
        Next::Repeat { wait, reason: "rate limit" }
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

    /// Tells the whole truth about the last result: what earlier attempts may have done counts too.
    pub(crate) fn settle(&self, result: Result<Response<Bytes>, Error>) -> Result<Response<Bytes>, Error> {
        match result {
            Ok(mut response) => {
                if self.perhaps_done {
                    response.extensions_mut().insert(Repeated);
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

/// What a server or a proxy before it says when it may do better soon.
const TRANSIENT: [StatusCode; 5] = [
    StatusCode::REQUEST_TIMEOUT,
    StatusCode::INTERNAL_SERVER_ERROR,
    StatusCode::BAD_GATEWAY,
    StatusCode::SERVICE_UNAVAILABLE,
    StatusCode::GATEWAY_TIMEOUT,
];

/// A renamed repository takes one.
const MOST_HOPS: u32 = 3;
