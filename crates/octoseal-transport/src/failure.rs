//! Reads hyper's failures: what kind they are, and whether the request can have left.

use crate::deadline::ConnectTimeout;
use crate::error::{Error, Kind, Limit, Phase};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::CaptureConnection;
use std::error;
use std::io;
use std::iter::successors;
use std::time::Duration;

/// Says why no head of an answer came.
pub(crate) fn failure(
    cause: legacy::Error,
    connection: &CaptureConnection,
    connect_timeout: Duration,
) -> Error {
    if cause.is_connect() {
        no_connection(cause, connect_timeout)
    } else if find::<hyper::Error>(&cause).is_some_and(hyper::Error::is_canceled) {
        // hyper says so exactly when it hands the request back without having written a byte of it.
        Error::not_sent(cause)
    } else {
        Error::new(Kind::Exchange, phase(connection)).caused_by(cause)
    }
}

/// How far a request without an answer got: if it was never given a connection, it was not sent.
pub(crate) fn phase(connection: &CaptureConnection) -> Phase {
    if connection.connection_metadata().is_some() { Phase::MaybeSent } else { Phase::NotSent }
}

fn no_connection(cause: legacy::Error, connect_timeout: Duration) -> Error {
    // The deadline of the host's last address ends at the same moment as ours, and may be noticed first.
    let last_address_late =
        find::<io::Error>(&cause).is_some_and(|error| error.kind() == io::ErrorKind::TimedOut);
    if last_address_late || find::<ConnectTimeout>(&cause).is_some() {
        return Error::new(Kind::Timeout(Limit::Connect, connect_timeout), Phase::NotSent);
    }
    let kind = match find::<native_tls::Error>(&cause) {
        Some(_) => Kind::Handshake,
        None => Kind::Connect,
    };
    Error::new(kind, Phase::NotSent).caused_by(cause)
}

fn find<E: error::Error + 'static>(error: &legacy::Error) -> Option<&E> {
    successors(error::Error::source(error), |cause| cause.source()).find_map(|cause| cause.downcast_ref())
}
