//! Rate limits in GitHub's answers: the hourly window, and refusals by a limit.

use bytes::Bytes;
use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, Response, StatusCode};
use std::time::{Duration, SystemTime};

/// A refusal by a rate limit. The request was not performed.
///
/// From GitHub's
/// [rate limits for the REST API](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
///
/// # Examples
///
/// ```
/// use bytes::Bytes;
/// use http::Response;
/// use octoseal_transport::{LimitKind, RateLimit};
///
/// let refusal = Response::builder().status(403).header("retry-after", "60").body(Bytes::new())?;
/// let limit = RateLimit::of(&refusal).expect("a limit");
/// assert_eq!((limit.kind, limit.wait.map(|wait| wait.as_secs())), (LimitKind::Secondary, Some(60)));
///
/// let forbidden = Response::builder().status(403).body(Bytes::from_static(b"Resource not accessible"))?;
/// assert_eq!(RateLimit::of(&forbidden), None);
/// # Ok::<(), http::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The limit.
    pub kind: LimitKind,
    /// The wait that GitHub requests, measured by its own clock. `None` if it is missing or invalid.
    pub wait: Option<Duration>,
}

/// The limits that GitHub distinguishes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum LimitKind {
    /// The requests of the hour are used up.
    Primary,
    /// Too many points in a minute, too many concurrent requests, or a limit that GitHub does not disclose.
    Secondary,
    /// Too many writes: GitHub calls it content creation, with 80 a minute and 500 an hour.
    Content,
}

impl RateLimit {
    /// Returns the limit that an answer reports: 429, or 403 for a reason other than permissions. `None` for
    /// all other answers.
    pub fn of(response: &Response<Bytes>) -> Option<Self> {
        if !matches!(response.status(), StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS) {
            return None;
        }
        let headers = response.headers();
        let says = |words: &str| contains(response.body(), words);
        let spent = number(headers, &REMAINING) == Some(0);
        let secondary = SECONDARY.iter().any(|words| says(words));
        let content = CONTENT.iter().any(|words| says(words));
        // The last request of an hour can also lack permission, so `remaining: 0` is not sufficient.
        let is_limit =
            headers.contains_key(RETRY_AFTER) || secondary || content || (spent && says("rate limit"));
        if response.status() == StatusCode::FORBIDDEN && !is_limit {
            return None;
        }
        let kind = match () {
            () if content => LimitKind::Content,
            () if spent && !secondary => LimitKind::Primary,
            () => LimitKind::Secondary,
        };
        let reset =
            || Window::of(headers).map(|window| window.resets_in).filter(|_| kind == LimitKind::Primary);
        Some(Self { kind, wait: retry_after(headers).or_else(reset) })
    }
}

/// The hourly window that counts an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Window {
    pub(crate) limit: u64,
    pub(crate) resets_in: Duration,
}

impl Window {
    /// Returns the window. `None` if a header is missing, for a resource other than `core`, or if the window
    /// is over.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let (reset, _) = Self::count(headers)?;
        let resets_in =
            reset.checked_sub(date(headers)?).filter(|seconds| (1..=LONGEST_WAIT).contains(seconds))?;
        Some(Self { limit: number(headers, &LIMIT)?, resets_in: Duration::from_secs(resets_in) })
    }

    /// Returns the window's reset in seconds since 1970, which identifies it, and its remaining requests.
    pub(crate) fn count(headers: &HeaderMap) -> Option<(u64, u64)> {
        if text(headers, &RESOURCE).is_some_and(|resource| resource != "core") {
            return None;
        }
        Some((number(headers, &RESET)?, number(headers, &REMAINING)?))
    }
}

/// Reads seconds or a date (RFC 9110, section 10.2.3). The date is compared with the answer's own.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = text(headers, &RETRY_AFTER)?;
    let seconds = match text.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => seconds_of(text)?.checked_sub(date(headers)?)?,
    };
    (seconds > 0).then(|| Duration::from_secs(seconds.min(LONGEST_WAIT)))
}

/// Returns the time of an answer in seconds since 1970 (RFC 9110, section 6.6.1).
pub(crate) fn date(headers: &HeaderMap) -> Option<u64> {
    seconds_of(text(headers, &DATE)?)
}

fn seconds_of(date: &str) -> Option<u64> {
    let time = httpdate::parse_http_date(date).ok()?;
    Some(time.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs())
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    text(headers, name)?.parse().ok()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// Searches the body as text: it is small, and its format does not matter.
fn contains(body: &[u8], words: &str) -> bool {
    body.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words.as_bytes()))
}

/// GitHub's words for secondary limits, in messages and in documentation URLs, current and former.
const SECONDARY: [&str; 5] = [
    "secondary rate limit",
    "secondary-rate-limits",
    "abuse detection",
    "abuse-rate-limits",
    "too many requests",
];

/// GitHub's words for too many writes.
const CONTENT: [&str; 2] = ["content creation", "submitted too quickly"];

/// Maximum wait of one answer, in seconds, set by this crate: a day.
const LONGEST_WAIT: u64 = 86_400;

static LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
static REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
static RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");
static RESOURCE: HeaderName = HeaderName::from_static("x-ratelimit-resource");

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_date_is_read_and_anything_else_is_none() {
        let date = |text: &'static str| date(&HeaderMap::from_iter([(DATE, HeaderValue::from_static(text))]));
        assert_eq!(date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        for text in ["", "now", "784111777", "Sun, 06 Nov 1994"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
