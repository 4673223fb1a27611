//! What can go wrong on the way, and whether the request can have taken effect.

use crate::proxy_fault::ProxyFault;
use crate::tls_fault::TlsFault;
use http::{Method, StatusCode};
use std::error;
use std::fmt;
use std::time::Duration;

pub(crate) type BoxError = Box<dyn error::Error + Send + Sync>;

/// How far a failed request got.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Phase {
    /// It has not taken effect: it was not sent, or the server only pointed elsewhere.
    NotSent,
    /// It was perhaps sent, and no answer came: it may have taken effect.
    MaybeSent,
    /// The answer's head came, but not its whole body.
    AnswerLost,
}

/// Why there is no answer.
///
/// The text names the server and what to do next where there is something; the cause is in
/// [`source`](error::Error::source). Neither holds a header, a body or a token.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    phase: Phase,
    reads_only: bool,
    origin: Option<String>,
    source: Option<BoxError>,
}

#[derive(Debug)]
pub(crate) enum Kind {
    /// We did not want to send it; the text says why.
    Refused(String),
    Connect,
    /// The proxy, without user info, and what is the matter with it.
    Proxy(String, ProxyFault),
    Handshake(TlsFault),
    Exchange,
    Timeout(Limit, Duration),
    BodyTooLarge(usize),
    Redirect {
        status: StatusCode,
        target: String,
    },
}

/// The deadline that was missed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    Connect,
    Attempt,
    Total,
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

    pub(crate) fn new(kind: Kind, phase: Phase) -> Self {
        Self { kind, phase, reads_only: false, origin: None, source: None }
    }

    pub(crate) fn refused(why: impl Into<String>) -> Self {
        Self::new(Kind::Refused(why.into()), Phase::NotSent)
    }

    pub(crate) fn at(self, origin: &str) -> Self {
        Self { origin: Some(origin.to_owned()), ..self }
    }

    pub(crate) fn caused_by(self, source: impl Into<BoxError>) -> Self {
        Self { source: Some(source.into()), ..self }
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

    /// Whether the server answered with a redirect, which is not followed.
    pub fn is_redirect(&self) -> bool {
        matches!(self.kind, Kind::Redirect { .. })
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
            Kind::Refused(_) | Kind::BodyTooLarge(_) | Kind::Redirect { .. } => true,
            Kind::Proxy(_, fault) => fault.is_final(),
            Kind::Handshake(fault) => *fault != TlsFault::Other,
            Kind::Connect | Kind::Exchange | Kind::Timeout(..) => false,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe(f, self.origin.as_deref().unwrap_or("the server"))?;
        if self.is_unknown_outcome() {
            f.write_str("; whether the request took effect is unknown")?;
        }
        Ok(())
    }
}

impl Error {
    fn describe(&self, f: &mut fmt::Formatter<'_>, server: &str) -> fmt::Result {
        match &self.kind {
            Kind::Refused(why) => f.write_str(why),
            Kind::Connect => write!(f, "no connection to {server}: check the address and the network"),
            Kind::Proxy(proxy, fault) => fault.describe(f, proxy, server),
            Kind::Handshake(fault) => fault.describe(f, server),
            Kind::Exchange => match self.phase {
                Phase::NotSent => write!(f, "the request was not sent to {server}"),
                Phase::MaybeSent => write!(f, "no answer from {server}"),
                Phase::AnswerLost => write!(f, "the answer from {server} broke off"),
            },
            Kind::Timeout(Limit::Connect, limit) => write!(f, "no connection to {server} within {limit:?}"),
            Kind::Timeout(Limit::Attempt, limit) => {
                write!(f, "no whole answer from {server} within {limit:?}")
            }
            Kind::Timeout(Limit::Total, limit) => {
                write!(f, "no whole answer from {server} within {limit:?}, repeats and waits included")
            }
            Kind::BodyTooLarge(limit) => write!(f, "the answer from {server} is longer than {limit} bytes"),
            Kind::Redirect { status, target } => write!(
                f,
                "{server} answered {} and points to {target}: redirects are not followed yet, use the repository's \
                 new name",
                status.as_u16()
            ),
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}
