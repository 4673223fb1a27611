//! A server that sends its script byte for byte, in the test's own runtime, so that paused time applies to
//! it.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::yield_now;
use tokio::time::{Duration, sleep};

pub(crate) const CREATED: &str = "HTTP/1.1 201 Created\r\ncontent-length: 2\r\n\r\n{}";
pub(crate) const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\nx-github-request-id: C0FE:1234\r\n\r\n";
pub(crate) const UNAVAILABLE: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 4\r\n\r\nbusy";

/// The server's action for the next connection (the first five) or the next request (the others).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    ResetBeforeRequest,
    HangBeforeRequest,
    /// Sends data first, and reads nothing.
    Greet(&'static str),
    ResetInsideRequest,
    /// Answers before it has read everything, and closes.
    AnswerEarly(&'static str),
    ResetAfterRequest,
    CloseAfterRequest,
    HangAfterRequest,
    Answer(&'static str),
    AnswerThenClose(&'static str),
    /// Closes after this number of scheduler turns.
    AnswerThenCloseLater(&'static str, usize),
    AnswerThenHang(&'static str),
    AnswerThenReset(&'static str),
    /// Sends a byte every 100 ms.
    AnswerSlowly(&'static str),
    /// Sends bytes that may not be text.
    Bytes(&'static [u8]),
}

pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Plays the script once. Further connections and requests are closed.
    pub(crate) async fn start(script: impl IntoIterator<Item = Step>) -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await.unwrap();
        let url = format!("http://{}/user", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(script.into_iter().collect()));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&seen)));
            }
        });
        Self { url, requests }
    }

    /// Lists the requests that arrived completely, as text.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<VecDeque<Step>>>, seen: Arc<Mutex<Vec<String>>>) {
    let next = || script.lock().unwrap().pop_front();
    let mut step = next();
    if !listens(&mut stream, step).await {
        return;
    }
    while let Some(request) = read_request(&mut stream).await {
        seen.lock().unwrap().push(request);
        if !answer(&mut stream, step).await {
            return;
        }
        step = next();
    }
    // An idle connection was closed. Its step is for the next one.
    if let Some(step) = step {
        script.lock().unwrap().push_front(step);
    }
}

/// Performs the step before a complete request has come, and returns whether a request may come.
async fn listens(stream: &mut TcpStream, step: Option<Step>) -> bool {
    match step {
        Some(Step::ResetBeforeRequest) => stream.set_zero_linger().unwrap(),
        Some(Step::HangBeforeRequest) => hang().await,
        Some(Step::Greet(greeting)) => {
            say(stream, greeting.as_bytes()).await;
            hang().await;
        }
        Some(Step::ResetInsideRequest) => {
            stream.read_exact(&mut [0; 16]).await.unwrap();
            stream.set_zero_linger().unwrap();
        }
        Some(Step::AnswerEarly(answer)) => {
            stream.read_exact(&mut [0; 16]).await.unwrap();
            say(stream, answer.as_bytes()).await;
        }
        _ => return true,
    }
    false
}

/// Answers a request, and returns whether another may come on this connection.
async fn answer(stream: &mut TcpStream, step: Option<Step>) -> bool {
    match step {
        Some(Step::Answer(answer)) => return say(stream, answer.as_bytes()).await,
        Some(Step::AnswerThenClose(answer)) => _ = say(stream, answer.as_bytes()).await,
        Some(Step::Bytes(answer)) => _ = say(stream, answer).await,
        Some(Step::AnswerThenCloseLater(answer, turns)) => {
            say(stream, answer.as_bytes()).await;
            for _ in 0..turns {
                yield_now().await;
            }
        }
        Some(Step::AnswerThenHang(answer)) => {
            say(stream, answer.as_bytes()).await;
            hang().await;
        }
        Some(Step::AnswerThenReset(answer)) => {
            say(stream, answer.as_bytes()).await;
            // Gives the client time to read the answer first.
            sleep(Duration::from_millis(10)).await;
            stream.set_zero_linger().unwrap();
        }
        Some(Step::AnswerSlowly(answer)) => {
            for byte in answer.bytes() {
                if !say(stream, &[byte]).await {
                    return false;
                }
                sleep(Duration::from_millis(100)).await;
            }
        }
        Some(Step::ResetAfterRequest) => stream.set_zero_linger().unwrap(),
        Some(Step::HangAfterRequest) => hang().await,
        _ => {}
    }
    false
}

/// Sends bytes, and returns whether the client is still connected.
async fn say(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    stream.write_all(bytes).await.is_ok()
}

async fn hang() {
    std::future::pending::<()>().await;
}

/// Reads the head and, by its `content-length`, the body.
async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            return Some(text.into_owned());
        }
    }
}
