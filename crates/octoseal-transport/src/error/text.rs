//! The messages of errors.

use super::{Error, Kind, Limit, Phase};
use crate::wait::Wait;
use http::StatusCode;
use std::fmt;

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
            Kind::NoToken { why, limited: Some(wait), .. } => {
                write!(f, "{why}; it is a rate limit: try again in {} s", wait.as_secs_f64().ceil())
            }
            Kind::Refused(why) | Kind::NoToken { why, .. } => f.write_str(why),
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
                write!(f, "no whole answer from {server} within {limit:?}, including retries and waits")
            }
            Kind::Timeout(Limit::Run, limit) => {
                write!(f, "no whole answer from {server} before the deadline of {limit:?} for the whole run")
            }
            Kind::BodyTooLarge(limit) => write!(f, "the answer from {server} is longer than {limit} bytes"),
            Kind::Misdirected { status, target } => {
                match status.as_ref().map(StatusCode::as_u16) {
                    Some(status) => write!(f, "{server} answered {status} and points to {target}"),
                    None => write!(f, "{server} links to a next page at {target}"),
                }?;
                f.write_str(", which is another resource: check the API's URL")
            }
            Kind::TooManyRedirects { status, most } => write!(
                f,
                "{server} answered {} again after {most} redirects: use the repository's new name",
                status.as_u16()
            ),
            Kind::WaitTooLong { wait, max_wait, is_of_run } => {
                match wait {
                    Some(Wait { reason, length }) => {
                        let seconds = length.as_secs_f64().ceil();
                        write!(f, "{reason}: the next request to {server} may go in {seconds} s, ")?;
                    }
                    None => write!(f, "many others wait for {server}: this request would have its turn ")?,
                }
                match (is_of_run, wait) {
                    (true, _) => write!(f, "after the deadline of {max_wait:?} for the whole run"),
                    (false, Some(_)) => {
                        write!(f, "more than the longest wait of {} s", max_wait.as_secs_f64())
                    }
                    (false, None) => write!(f, "after the longest wait of {} s", max_wait.as_secs_f64()),
                }
            }
        }
    }
}
