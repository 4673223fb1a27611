//! hyper's failures: their kind, and whether the request may have been sent.

use crate::error::tls_fault::TlsFault;
use crate::error::{Error, Kind, Limit, Phase};
use crate::network::connector::ConnectTimeout;
use crate::network::proxy::proxy_error::ProxyError;
use crate::network::tls::BadSettings;
use hyper_util::client::legacy;
use std::error;
use std::iter::successors;
use std::time::Duration;

/// Returns the reason why no head of an answer came.
pub(crate) fn failure(cause: legacy::Error, connect_timeout: Duration) -> Error {
    if cause.is_connect() {
        no_connection(cause, connect_timeout)
    } else if find::<hyper::Error>(&cause).is_some_and(hyper::Error::is_canceled) {
        // hyper reports this exactly when it returns the request without having written a byte of it.
        Error::not_sent(cause)
    } else if is_certificate_refused(&cause) {
        // In TLS 1.3 the server checks the client's certificate after the client's handshake is complete (RFC
        // 8446, section 4.4.2.4).
        Error::new(Kind::Handshake(TlsFault::ClientCertificate), Phase::NotSent).caused_by(cause)
    } else {
        // A request that never got a connection was not sent.
        let phase = if cause.connect_info().is_some() { Phase::MaybeSent } else { Phase::NotSent };
        Error::new(Kind::Exchange, phase).caused_by(cause)
    }
}

fn no_connection(cause: legacy::Error, connect_timeout: Duration) -> Error {
    // A proxy's error has a timeout as its cause if the proxy was late.
    let kind = if let Some(error) = find::<ProxyError>(&cause) {
        Kind::Proxy(error.proxy.clone(), error.fault)
    } else if find::<ConnectTimeout>(&cause).is_some() {
        return Error::new(Kind::Timeout(Limit::Connect, connect_timeout), Phase::NotSent);
    } else if let Some(error) = find::<BadSettings>(&cause) {
        Kind::Refused(error.to_string())
    } else if let Some(error) = find::<native_tls::Error>(&cause) {
        Kind::Handshake(TlsFault::read(&error.to_string()))
    } else {
        Kind::Connect
    };
    Error::new(kind, Phase::NotSent).caused_by(cause)
}

fn is_certificate_refused(cause: &legacy::Error) -> bool {
    let is_refusal =
        |cause: &dyn error::Error| TlsFault::read(&cause.to_string()) == TlsFault::ClientCertificate;
    successors(error::Error::source(cause), |cause| cause.source()).any(is_refusal)
}

fn find<E: error::Error + 'static>(error: &legacy::Error) -> Option<&E> {
    successors(error::Error::source(error), |cause| cause.source()).find_map(|cause| cause.downcast_ref())
}
