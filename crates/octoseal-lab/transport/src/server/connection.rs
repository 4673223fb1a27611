//! One kept connection: it reads a whole request, answers with one write, and repeats.

use octoseal_lab_transport::put::{PATH, TOKEN, body};
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

/// The requests since the last report.
#[derive(Default)]
pub(crate) struct Tally {
    connections: AtomicU64,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Tally {
    pub(crate) fn connection(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    fn request(&self, bytes: usize) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Returns connections, requests and bytes, and resets the counters.
    pub(crate) fn take(&self) -> String {
        let take = |number: &AtomicU64| number.swap(0, Ordering::Relaxed);
        format!("{} {} {}", take(&self.connections), take(&self.requests), take(&self.bytes))
    }
}

/// Answers until the client closes the connection.
///
/// # Errors
///
/// If another request than that of this bench arrives, or the connection breaks.
pub(crate) async fn answer(mut stream: TcpStream, wait: Duration, tally: &Tally) -> io::Result<()> {
    let expected = Expected::new();
    let mut buffer = Vec::with_capacity(LONGEST);
    loop {
        if let Some(length) = expected.length(&buffer)? {
            tally.request(length);
            buffer.drain(..length);
            if !wait.is_zero() {
                sleep(wait).await;
            }
            stream.write_all(ANSWER.as_bytes()).await?;
        } else if stream.read_buf(&mut buffer).await? == 0 {
            return Ok(());
        }
    }
}

struct Expected {
    line: String,
    credential: String,
    body: Vec<u8>,
}

impl Expected {
    fn new() -> Self {
        let line = format!("PUT {PATH} HTTP/1.1\r\n");
        Self { line, credential: format!("uthorization: Bearer {TOKEN}\r\n"), body: body().to_vec() }
    }

    /// Returns the length of the first request, if it is complete.
    fn length(&self, buffer: &[u8]) -> io::Result<Option<usize>> {
        let Some(end) = position(buffer, b"\r\n\r\n") else {
            return if buffer.len() < LONGEST {
                Ok(None)
            } else {
                Err(io::Error::other("a head without an end"))
            };
        };
        let (head, rest) = buffer.split_at(end + 4);
        if !head.starts_with(self.line.as_bytes()) || position(head, self.credential.as_bytes()).is_none() {
            return Err(io::Error::other("another request than that of this bench"));
        }
        if rest.len() < self.body.len() {
            return Ok(None);
        }
        if !rest.starts_with(&self.body) {
            return Err(io::Error::other("another body than that of this bench"));
        }
        Ok(Some(head.len() + self.body.len()))
    }
}

fn position(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// The longest request. All are shorter than 1 KiB.
const LONGEST: usize = 8 * 1024;

/// GitHub's answer to an update, with its headers. Its rate limit window is long enough for the whole bench.
const ANSWER: &str = concat!(
    "HTTP/1.1 204 No Content\r\n",
    "date: Mon, 23 Nov 2026 07:00:00 GMT\r\n",
    "x-oauth-scopes: repo, workflow\r\n",
    "x-accepted-oauth-scopes: \r\n",
    "x-github-media-type: github.v3; format=json\r\n",
    "x-github-api-version-selected: 2022-11-28\r\n",
    "x-ratelimit-limit: 500000000\r\n",
    "x-ratelimit-remaining: 499999999\r\n",
    "x-ratelimit-reset: 1795420800\r\n",
    "x-ratelimit-used: 1\r\n",
    "x-ratelimit-resource: core\r\n",
    "access-control-expose-headers: ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, ",
    "X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, ",
    "X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, ",
    "Deprecation, Sunset\r\n",
    "access-control-allow-origin: *\r\n",
    "strict-transport-security: max-age=31536000; includeSubdomains; preload\r\n",
    "x-frame-options: deny\r\n",
    "x-content-type-options: nosniff\r\n",
    "x-xss-protection: 0\r\n",
    "referrer-policy: origin-when-cross-origin, strict-origin-when-cross-origin\r\n",
    "content-security-policy: default-src 'none'\r\n",
    "vary: Accept-Encoding, Accept, X-Requested-With\r\n",
    "x-github-request-id: B0DE:1A2B3:4C5D6E7:8F90A1B:6926F2D0\r\n",
    "server: github.com\r\n",
    "\r\n",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_request_of_this_bench_is_answered() {
        let expected = Expected::new();
        let head = format!("PUT {PATH} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {TOKEN}\r\n\r\n");
        let whole = [head.as_bytes(), &body()].concat();
        assert_eq!(expected.length(&whole).unwrap(), Some(whole.len()));
        assert_eq!(expected.length(&whole[..whole.len() - 1]).unwrap(), None);
        assert_eq!(expected.length(&whole[..9]).unwrap(), None);
        let other = whole.replace_first(b"PUT", b"GET");
        assert!(expected.length(&other).is_err());
        let other = whole.replace_first(b"key_id", b"key-id");
        assert!(expected.length(&other).is_err());
        assert!(expected.length(&[b'a'; LONGEST]).is_err());
    }

    trait Replace {
        fn replace_first(&self, from: &[u8], to: &[u8]) -> Vec<u8>;
    }

    impl Replace for Vec<u8> {
        fn replace_first(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
            let at = position(self, from).unwrap();
            [&self[..at], to, &self[at + from.len()..]].concat()
        }
    }
}
