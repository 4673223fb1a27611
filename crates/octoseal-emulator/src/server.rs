//! Sockets and HTTP/1.1 around the desk.

use crate::answer::json;
use crate::desk::{Desk, Hangup};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::json;
use std::error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time;

/// Accepts connections until it is aborted, which aborts them, too.
pub(crate) async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    let mut connections = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                connections.spawn(serve(stream, Arc::clone(&desk)));
            }
            Err(_) => time::sleep(PAUSE_AFTER_ERROR).await, // no more file descriptors, for example
        }
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, desk: Arc<Desk>) {
    // Without it, the kernel may hold an answer back; it has no other effect.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| exchange(request, &desk));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    if let Err(error) = (&mut connection).await {
        if hangup(&error) == Some(Hangup::Reset) {
            // A socket that is dropped with no time to linger sends RST instead of FIN.
            let _ = connection.into_parts().io.into_inner().set_zero_linger();
        }
    }
}

async fn exchange(request: Request<Incoming>, desk: &Desk) -> Result<Response<Full<Bytes>>, Hangup> {
    let (parts, body) = request.into_parts();
    if body.size_hint().lower() > MAX_BODY_BYTES as u64 {
        return Ok(too_large());
    }
    let body = match Limited::new(body, MAX_BODY_BYTES).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Ok(too_large()),
        Err(_) => return Err(Hangup::Close),
    };
    let request = Request::from_parts(parts, body);
    let ticket = desk.admit(&request);
    if !ticket.delay.is_zero() {
        time::sleep(ticket.delay).await;
    }
    Ok(desk.answer(ticket, &request)?.map(Full::new))
}

fn too_large() -> Response<Full<Bytes>> {
    let body = json!({ "message": "Payload Too Large", "status": "413" });
    json(StatusCode::PAYLOAD_TOO_LARGE, &body).map(Full::new)
}

fn hangup(error: &hyper::Error) -> Option<Hangup> {
    error::Error::source(error)?.downcast_ref().copied()
}

impl fmt::Display for Hangup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the script hangs up")
    }
}

impl error::Error for Hangup {}

/// Sixteen times the largest secret's `encrypted_value`.
const MAX_BODY_BYTES: usize = 1024 * 1024;
const PAUSE_AFTER_ERROR: Duration = Duration::from_millis(10);
