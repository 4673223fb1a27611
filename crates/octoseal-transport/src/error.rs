//! Errors of transports, and whether the request may have taken effect.

pub(crate) mod boxed;
mod phase;
pub(crate) mod proxy_fault;
mod text;
pub(crate) mod tls_fault;

pub use phase::Phase;

use crate::wait::Wait;
use boxed::BoxError;
use http::{Method, StatusCode};
use proxy_fault::ProxyFault;
use std::error;
use std::sync::Arc;
use std::time::Duration;
use tls_fault::TlsFault;

/// The reason why there is no answer.
///
/// The text names the server and a remedy, if there is one. The cause is in [`source`](error::Error::source).
/// Neither holds a header, a body or a token.
#[derive(Clone, Debug)]
pub struct Error {
    kind: Kind,
    phase: Phase,
    reads_only: bool,
    origin: Option<String>,
    source: Option<Arc<dyn error::Error + Send + Sync>>,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// The request was refused before sending. The text has the reason.
    Refused(String),
    /// There is no credential for the request.
    NoToken {
        why: String,
        /// The wait, if the reason is a rate limit.
        limited: Option<Duration>,
        /// Whether GitHub refuses the App itself.
        of_app: bool,
    },
    Connect,
    /// The proxy, without user info, and the fault.
    Proxy(String, ProxyFault),
    Handshake(TlsFault),
    Exchange,
    Timeout(Limit, Duration),
    BodyTooLarge(usize),
    /// A link, or a redirect with its status, has a target other than the requested resource.
    Misdirected {
        status: Option<StatusCode>,
        target: String,
    },
    TooManyRedirects {
        status: StatusCode,
        most: u32,
    },
    /// The wait of the request for its turn is too long.
    WaitTooLong {
        wait: Option<Wait>,
        max_wait: Duration,
        /// Whether the deadline of the whole run comes too soon. `max_wait` is then the whole length of the run.
        is_of_run: bool,
    },
}

/// The deadline that was missed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    Connect,
    Attempt,
    Total,
    /// The whole run of the client.
    Run,
}

impl Error {
    /// Creates an error of a custom transport: the request has certainly not taken effect.
    ///
    /// # Examples
    ///
    /// ```
    /// use octoseal_transport::{Error, Phase};
    ///
    /// let error = Error::not_sent("no route");
    /// assert_eq!(error.phase(), Phase::NotSent);
    /// assert!(!error.is_unknown_outcome());
    /// ```
    pub fn not_sent(source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self::new(Kind::Exchange, Phase::NotSent).caused_by(source)
    }

    /// Creates an error of a custom transport: the request may have been sent, and no answer came.
    pub fn maybe_sent(source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self::new(Kind::Exchange, Phase::MaybeSent).caused_by(source)
    }

    /// Creates an error of a custom transport: the answer began, and broke off.
    pub fn answer_lost(source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self::new(Kind::Exchange, Phase::AnswerLost).caused_by(source)
    }

    /// Creates an error of a [`TokenProvider`](crate::TokenProvider): there is no token for the request, and
    /// a retry is useless. The text has the reason, and must hold no token.
    pub fn no_token(why: impl Into<String>) -> Self {
        Self::new(Kind::NoToken { why: why.into(), limited: None, of_app: false }, Phase::NotSent)
    }

    pub(crate) fn new(kind: Kind, phase: Phase) -> Self {
        Self { kind, phase, reads_only: false, origin: None, source: None }
    }

    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::new(Kind::Refused(why.into()), Phase::NotSent)
    }

    /// Creates the error of a link to another resource, or, with a [status](Self::with_status), of such a
    /// redirect.
    pub(crate) fn misdirected(target: impl Into<String>) -> Self {
        Self::new(Kind::Misdirected { status: None, target: target.into() }, Phase::NotSent)
    }

    /// Sets the status of a redirect to another resource.
    pub(crate) fn with_status(mut self, redirect: StatusCode) -> Self {
        if let Kind::Misdirected { status, .. } = &mut self.kind {
            *status = Some(redirect);
        }
        self
    }

    pub(crate) fn at(self, origin: &str) -> Self {
        Self { origin: Some(origin.to_owned()), ..self }
    }

    pub(crate) fn caused_by(self, source: impl Into<BoxError>) -> Self {
        Self { source: Some(Arc::from(source.into())), ..self }
    }

    /// Adds the sender's data of the request. An origin that is already named stays.
    pub(crate) fn about(self, method: &Method, origin: Option<String>) -> Self {
        Self { reads_only: method.is_safe(), origin: self.origin.or(origin), ..self }
    }

    /// Marks that an earlier attempt may have taken effect, so that the phase of this one is not sufficient.
    pub(crate) fn after_a_perhaps_sent_attempt(self) -> Self {
        let phase = match self.phase {
            Phase::NotSent => Phase::MaybeSent,
            phase => phase,
        };
        Self { phase, ..self }
    }

    /// Sets the length of the run whose deadline comes before the turn of the request.
    pub(crate) fn waits_too_long_for(mut self, run: Option<Duration>) -> Self {
        if let (Kind::WaitTooLong { max_wait, is_of_run, .. }, Some(length)) = (&mut self.kind, run) {
            (*max_wait, *is_of_run) = (length, true);
        }
        self
    }

    /// Returns how far the request got, over all its attempts.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Returns whether a timeout expired: for connecting, for one attempt, or for the whole operation.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, Kind::Timeout(..) | Kind::Proxy(_, ProxyFault::Silent(_)))
    }

    /// Returns whether there was no connection: name resolution, TCP, a proxy or TLS failed or took too long.
    pub fn is_connect(&self) -> bool {
        matches!(
            self.kind,
            Kind::Connect | Kind::Proxy(..) | Kind::Handshake(_) | Kind::Timeout(Limit::Connect, _)
        )
    }

    /// Returns whether the target of a redirect or of a next page's link is another resource, or there were
    /// too many redirects. It is not followed.
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind, Kind::Misdirected { .. } | Kind::TooManyRedirects { .. })
    }

    /// Returns whether a GitHub App got no token for the request.
    pub fn is_no_token(&self) -> bool {
        matches!(self.kind, Kind::NoToken { .. })
    }

    /// Returns whether GitHub refuses the GitHub App itself, so that no account gets a token: it does not
    /// know the App (401), or has locked it out after invalid tokens (403).
    pub fn is_app_refused(&self) -> bool {
        matches!(self.kind, Kind::NoToken { of_app: true, .. })
    }

    /// Returns whether a [`Pacer`](crate::Pacer) had no turn within the max wait because GitHub's limit is
    /// used up, or a GitHub App got no token because of a rate limit.
    pub fn is_rate_limited(&self) -> bool {
        matches!(self.kind, Kind::WaitTooLong { .. } | Kind::NoToken { limited: Some(_), .. })
    }

    /// Returns the time after which to try again, if it is known.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.kind {
            Kind::WaitTooLong { wait, .. } => wait.map(|wait| wait.length),
            Kind::NoToken { limited, .. } => limited,
            _ => None,
        }
    }

    /// Returns whether the answer's body was longer than [`Config::max_body`](crate::Config::max_body).
    pub fn is_body_too_large(&self) -> bool {
        matches!(self.kind, Kind::BodyTooLarge(_))
    }

    /// Returns whether the outcome of a write is unknown.
    ///
    /// A request whose method is not known here, because it was sent without a [`Retry`](crate::Retry) or
    /// [`Client`](crate::Client), counts as a write.
    pub fn is_unknown_outcome(&self) -> bool {
        self.phase != Phase::NotSent && !self.reads_only
    }

    /// Returns whether the same request would only fail in the same way.
    pub(crate) fn is_final(&self) -> bool {
        match &self.kind {
            Kind::Refused(_) | Kind::NoToken { .. } | Kind::BodyTooLarge(_) => true,
            Kind::Misdirected { .. } | Kind::TooManyRedirects { .. } | Kind::WaitTooLong { .. } => true,
            Kind::Proxy(_, fault) => fault.is_final(),
            Kind::Handshake(fault) => *fault != TlsFault::Other,
            Kind::Connect | Kind::Exchange | Kind::Timeout(..) => false,
        }
    }

    /// Returns whether an existing connection broke.
    pub(crate) fn is_broken_connection(&self) -> bool {
        matches!(self.kind, Kind::Exchange)
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
