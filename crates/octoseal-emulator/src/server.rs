//! The HTTP/1.1 server around the desk.

pub(crate) mod callbacks;
pub(crate) mod control;
pub(crate) mod cut_body;
pub(crate) mod desk;
pub(crate) mod hangup;
pub(crate) mod host_header;
pub(crate) mod in_flight;
pub(crate) mod seats;
pub(crate) mod timeouts;
pub(crate) mod tls;

use crate::api::answer::json;
use crate::api::documentation_url;
use crate::server::cut_body::Cut;
use crate::server::desk::Desk;
use crate::server::hangup::Hangup;
use crate::server::host_header::means_this_machine;
use crate::server::seats::{Seat, Seats};
use crate::server::timeouts::RealTime;
use crate::server::tls::{Secure, Security, Socket};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::json;
use std::error;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time;

/// The limits of the server.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Maximum number of connections. A further one replaces the connection that is idle for the longest
    /// time.
    connections: usize,
    /// The time for the next request on a connection with its headers, and then for its body.
    timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 256, timeout: Duration::from_secs(30) }
    }
}

/// Accepts connections until the task is aborted, which aborts the connections, too.
pub(crate) async fn accept(listener: TcpListener, desk: Arc<Desk>, limits: Limits, security: Security) {
    let (mut connections, seats) = (JoinSet::new(), Seats::default());
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                while connections.len() >= limits.connections {
                    seats.free_one();
                    tokio::select! {
                        _ = connections.join_next() => {}
                        () = seats.idle() => {}
                    }
                }
                let (desk, security, seat) = (Arc::clone(&desk), security.clone(), seats.take());
                connections.spawn(async move {
                    tokio::select! {
                        biased;
                        () = serve(stream, &desk, limits.timeout, &security, &seat) => {}
                        () = seat.leave() => {}
                    }
                });
            }
            Err(_) => time::sleep(PAUSE_AFTER_ERROR).await, // no more file descriptors, for example
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, desk: &Desk, timeout: Duration, security: &Security, seat: &Seat) {
    // Without this, the kernel may delay an answer. It has no other effect.
    let _ = stream.set_nodelay(true);
    let Some(stream) = secured(stream, timeout, security).await else {
        return;
    };
    let service = service_fn(|mut request: Request<Incoming>| {
        if security.is_on() {
            request.extensions_mut().insert(Secure);
        }
        async move {
            let _busy = seat.busy();
            exchange(request, desk, timeout).await
        }
    });
    let mut builder = http1::Builder::new();
    builder.timer(RealTime).header_read_timeout(timeout);
    let mut connection = builder.serve_connection(TokioIo::new(stream), service);
    if let Err(error) = (&mut connection).await {
        if hangup(&error) == Some(Hangup::Reset) {
            // With a linger time of zero, dropping the socket sends RST instead of FIN.
            let _ = connection.into_parts().io.into_inner().tcp().set_zero_linger();
        }
    }
}

/// Returns the connection, if the client finished the TLS handshake in time.
async fn secured(stream: TcpStream, timeout: Duration, security: &Security) -> Option<Box<dyn Socket>> {
    let deadline = Instant::now() + timeout;
    tokio::select! {
        biased;
        socket = security.secure(stream) => socket.ok(),
        () = timeouts::until(deadline) => None,
    }
}

async fn exchange(
    request: Request<Incoming>,
    desk: &Desk,
    timeout: Duration,
) -> Result<Response<Cut>, Hangup> {
    if !means_this_machine(&request) {
        return Ok(refusal(StatusCode::MISDIRECTED_REQUEST, MISDIRECTED));
    }
    let (parts, body) = request.into_parts();
    let body = match receive(body, timeout).await? {
        Ok(body) => body,
        Err(refusal) => return Ok(refusal),
    };
    let request = Request::from_parts(parts, body);
    if let Some(answer) = desk.control_answer(&request) {
        return Ok(Cut::of(answer));
    }
    let ticket = desk.admit(&request);
    if !ticket.delay.is_zero() {
        time::sleep(ticket.delay).await;
    }
    desk.answer(ticket, &request).map(Cut::of)
}

/// Receives the whole body, or returns the refusal of a body that is too long or too slow.
async fn receive(body: Incoming, timeout: Duration) -> Result<Result<Bytes, Response<Cut>>, Hangup> {
    let too_large = || refusal(StatusCode::PAYLOAD_TOO_LARGE, "Payload Too Large");
    if body.size_hint().lower() > MAX_BODY_BYTES as u64 {
        return Ok(Err(too_large()));
    }
    let deadline = Instant::now() + timeout;
    tokio::select! {
        biased;
        body = Limited::new(body, MAX_BODY_BYTES).collect() => match body {
            Ok(body) => Ok(Ok(body.to_bytes())),
            Err(error) if error.is::<LengthLimitError>() => Ok(Err(too_large())),
            Err(_) => Err(Hangup::Close),
        },
        () = timeouts::until(deadline) => Ok(Err(refusal(StatusCode::REQUEST_TIMEOUT, "Request Timeout"))),
    }
}

fn refusal(status: StatusCode, message: &str) -> Response<Cut> {
    let documentation_url = documentation_url::ROOT;
    let body =
        json!({ "message": message, "documentation_url": documentation_url, "status": status.as_str() });
    Cut::of(json(status, &body))
}

fn hangup(error: &hyper::Error) -> Option<Hangup> {
    error::Error::source(error)?.downcast_ref().copied()
}

impl fmt::Display for Hangup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the script closes the connection")
    }
}

impl error::Error for Hangup {}

/// Sixteen times the `encrypted_value` of the largest secret.
const MAX_BODY_BYTES: usize = 1024 * 1024;
const PAUSE_AFTER_ERROR: Duration = Duration::from_millis(10);

const MISDIRECTED: &str = "Misdirected Request: the emulator answers only requests to a loopback address, \
    localhost or *.localhost. Use the URL that it was started with, and send the same Host.";

#[cfg(test)]
mod tests;
