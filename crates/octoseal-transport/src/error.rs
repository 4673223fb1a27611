//! What can go wrong on the way, and whether the request can have taken effect.

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

/// Why there is no answer.
///
/// The text names the server and what to do next where there is something; the cause is in
/// [`source`](error::Error::source). Neither holds a header, a body or a token.
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
    /// We did not want to send it; the text says why.
    Refused(String),
    /// There is no credential for it.
    NoToken {
        why: String,
        /// How long to wait, if a rate limit is why.
        limited: Option<Duration>,
        /// GitHub refuses the App itself.
        of_app: bool,
    },
    Connect,
    /// The proxy, without user info, and what is the matter with it.
    Proxy(String, ProxyFault),
    Handshake(TlsFault),
    Exchange,
    Timeout(Limit, Duration),
    BodyTooLarge(usize),
    /// A link, or a redirect with its status, leads to something else than what was asked for.
    Misdirected {
        status: Option<StatusCode>,
        target: String,
    },
    TooManyRedirects {
        status: StatusCode,
        most: u32,
    },
    /// Its turn does not come soon enough.
    WaitTooLong {
        wait: Option<Wait>,
        max_wait: Duration,
    },
}

/// The deadline that was missed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    Connect,
    Attempt,
    Total,
    /// All that the client does.
    Run,
}

impl Error {
    /// An error of another transport: the request has certainly not taken effect.
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

    /// An error of another transport: the request was perhaps sent, and no answer came.
    pub fn maybe_sent(source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self::new(Kind::Exchange, Phase::MaybeSent).caused_by(source)
    }

    /// An error of another transport: the answer began, and broke off.
    pub fn answer_lost(source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        Self::new(Kind::Exchange, Phase::AnswerLost).caused_by(source)
    }

    /// An error of a [`TokenProvider`](crate::TokenProvider): there is no token for the request, and asking again does
    /// not help. The text says why, and holds no token.
    pub fn no_token(why: impl Into<String>) -> Self {
        Self::new(Kind::NoToken { why: why.into(), limited: None, of_app: false }, Phase::NotSent)
    }

    pub(crate) fn new(kind: Kind, phase: Phase) -> Self {
        Self { kind, phase, reads_only: false, origin: None, source: None }
    }

    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::new(Kind::Refused(why.into()), Phase::NotSent)
    }

    /// A link leads elsewhere; with a [status](Self::with_status), a redirect does.
    pub(crate) fn misdirected(target: impl Into<String>) -> Self {
        Self::new(Kind::Misdirected { status: None, target: target.into() }, Phase::NotSent)
    }

    /// Says which status a redirect had that leads elsewhere.
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

    /// Adds what the sender knows of the request; an origin that is named already stays.
    pub(crate) fn about(self, method: &Method, origin: Option<String>) -> Self {
        Self { reads_only: method.is_safe(), origin: self.origin.or(origin), ..self }
    }

    /// An earlier attempt may have taken effect, so this one's phase is not the whole truth.
    pub(crate) fn after_a_perhaps_sent_attempt(self) -> Self {
        let phase = match self.phase {
            Phase::NotSent => Phase::MaybeSent,
            phase => phase,
        };
        Self { phase, ..self }
    }

    /// How far the request got, over all its attempts.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Whether a deadline was missed: for connecting, for one attempt, or for the whole operation.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, Kind::Timeout(..) | Kind::Proxy(_, ProxyFault::Silent(_)))
    }

    /// Whether there was no connection: name resolution, TCP, a proxy or TLS failed or took too long.
    pub fn is_connect(&self) -> bool {
        matches!(
            self.kind,
            Kind::Connect | Kind::Proxy(..) | Kind::Handshake(_) | Kind::Timeout(Limit::Connect, _)
        )
    }

    /// Whether the server's answer leads elsewhere: a redirect or the link to a next page is not about what was asked for,
    /// or there is one redirect too many. It is not followed.
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind, Kind::Misdirected { .. } | Kind::TooManyRedirects { .. })
    }

    /// Whether GitHub gave a GitHub App no token for the request.
    pub fn is_no_token(&self) -> bool {
        matches!(self.kind, Kind::NoToken { .. })
    }

    /// Whether GitHub refuses the GitHub App itself, so that no account gets a token: it does not know the App (401), or has
    /// locked it out after wrong tokens (403).
    pub fn is_app_refused(&self) -> bool {
        matches!(self.kind, Kind::NoToken { of_app: true, .. })
    }

    /// Whether a [`Pacer`](crate::Pacer) had no turn within its longest wait, since GitHub's budget is used up, or a rate
    /// limit is why GitHub gave a GitHub App no token.
    pub fn is_rate_limited(&self) -> bool {
        matches!(self.kind, Kind::WaitTooLong { .. } | Kind::NoToken { limited: Some(_), .. })
    }

    /// After how long it is worth to try again, if that is known.
    pub fn retry_after(&self) -> Option<Duration> {
        match self.kind {
            Kind::WaitTooLong { wait, .. } => wait.map(|wait| wait.length),
            Kind::NoToken { limited, .. } => limited,
            _ => None,
        }
    }

    /// Whether the answer's body was longer than [`Config::max_body`](crate::Config::max_body).
    pub fn is_body_too_large(&self) -> bool {
        matches!(self.kind, Kind::BodyTooLarge(_))
    }

    /// Whether a write may or may not have taken effect.
    ///
    /// A request whose method is not known here, because no [`Retry`](crate::Retry) or [`Client`](crate::Client)
    /// carried it, counts as a write.
    pub fn is_unknown_outcome(&self) -> bool {
        self.phase != Phase::NotSent && !self.reads_only
    }

    /// Whether sending the same again would only fail the same way.
    pub(crate) fn is_final(&self) -> bool {
        match &self.kind {
            Kind::Refused(_) | Kind::NoToken { .. } | Kind::BodyTooLarge(_) => true,
            Kind::Misdirected { .. } | Kind::TooManyRedirects { .. } | Kind::WaitTooLong { .. } => true,
            Kind::Proxy(_, fault) => fault.is_final(),
            Kind::Handshake(fault) => *fault != TlsFault::Other,
            Kind::Connect | Kind::Exchange | Kind::Timeout(..) => false,
        }
    }

    /// Whether a connection that stood broke, rather than that there was none or that it was too slow.
    pub(crate) fn is_broken_connection(&self) -> bool {
        matches!(self.kind, Kind::Exchange)
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
