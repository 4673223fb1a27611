//! Requests of the App as itself, and correction of the clock by GitHub's if GitHub refuses because of it.

use super::GitHubApp;
use super::answer::Answer;
use super::failure::Failure;
use crate::credential::token::Token;
use crate::network::api_url::ApiUrl;
use crate::pace::rate_limit_headers::date;
use crate::trace::{self, PathTemplate};
use crate::{BoxFuture, Transport};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use tokio::time::Instant;

pub(super) struct Asking<T> {
    pub(super) app: GitHubApp,
    pub(super) api_url: ApiUrl,
    pub(super) user_agent: HeaderValue,
    inner: T,
    /// Seconds to add to the local clock.
    offset: AtomicI64,
    /// The last answer by which GitHub refused the App itself, for every request.
    refused: Mutex<Option<Answer>>,
}

/// A request of the App: a path, its template for traces, and an optional body.
pub(super) struct Question {
    pub(super) template: &'static str,
    pub(super) path: String,
    pub(super) body: Option<String>,
}

impl<T: Transport> Asking<T> {
    pub(super) fn new(inner: T, api_url: ApiUrl, app: GitHubApp) -> Self {
        let user_agent = HeaderValue::from_static(concat!("octoseal-transport/", env!("CARGO_PKG_VERSION")));
        Self { app, api_url, user_agent, inner, offset: AtomicI64::new(0), refused: Mutex::default() }
    }

    /// Sends the request, unless GitHub has just refused the App itself, or requires a wait.
    pub(super) async fn ask(&self, question: &Question) -> Result<Answer, Failure> {
        let earlier = self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(answer) = earlier.filter(|answer| Instant::now() < answer.again) {
            return Ok(answer);
        }
        let answer = self.ask_by_the_clock(question).await?;
        if answer.is_limit || answer.refuses_the_app() {
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer.clone());
        }
        Ok(answer)
    }

    /// Sends the request, and once more if the clock turns out to be wrong.
    async fn ask_by_the_clock(&self, question: &Question) -> Result<Answer, Failure> {
        let offset = self.offset.load(Ordering::Relaxed);
        let mut answer = self.ask_once(question, offset).await?;
        let better = match answer.date {
            Some(date) if answer.status == StatusCode::UNAUTHORIZED => date.saturating_sub(self.app.now()),
            _ => return Ok(answer),
        };
        answer.is_far = is_far(better);
        if answer.is_far || better.abs_diff(offset) <= DRIFT {
            return Ok(answer);
        }
        let answer = self.ask_once(question, better).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            self.offset.store(better, Ordering::Relaxed);
        }
        Ok(answer)
    }

    /// Creates a web token for the current time, by GitHub's clock if it is known.
    pub(super) async fn web_token(&self) -> Result<Token, Failure> {
        let offset = self.offset.load(Ordering::Relaxed);
        self.app.web_token(self.app.now().saturating_add(offset)).await
    }

    /// Learns GitHub's time from a refusal of a web token. Returns whether it differs, so that another token
    /// may work.
    pub(super) fn learn_the_time(&self, refusal: &Response<Bytes>) -> bool {
        let date = date(refusal.headers()).and_then(|seconds| i64::try_from(seconds).ok());
        let Some(better) = date.map(|date| date.saturating_sub(self.app.now())) else { return false };
        let differs = !is_far(better) && better.abs_diff(self.offset.load(Ordering::Relaxed)) > DRIFT;
        if differs {
            self.offset.store(better, Ordering::Relaxed);
        }
        differs
    }

    async fn ask_once(&self, question: &Question, offset: i64) -> Result<Answer, Failure> {
        let token = self.app.web_token(self.app.now().saturating_add(offset)).await?;
        let uri = self.api_url.resolve(&question.path).map_err(Failure::carrying)?;
        let (method, body) = match &question.body {
            Some(body) => (Method::POST, Bytes::from(body.clone())),
            None => (Method::GET, Bytes::new()),
        };
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(AUTHORIZATION, token.bearer());
        headers.insert(ACCEPT, HeaderValue::from_static("application/vnd.github+json"));
        headers.insert("x-github-api-version", HeaderValue::from_static("2022-11-28"));
        headers.insert(USER_AGENT, self.user_agent.clone());
        if question.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        request.extensions_mut().insert(PathTemplate(question.template.to_owned()));
        let sent: BoxFuture<'_, _> = self.inner.send(request.clone());
        let response = trace::attempt(sent, &request, 1).await.map_err(Failure::carrying)?;
        Ok(Answer::new(&token.redact_in(response)))
    }
}

/// Returns whether the offset is more than a wrong clock. A server must not be able to get web tokens for a
/// future time.
fn is_far(offset: i64) -> bool {
    offset.unsigned_abs() > MOST_OFFSET
}

/// In seconds. A web token tolerates more, but its renewals would then be late.
const DRIFT: u64 = 30;

/// Maximum offset in seconds that is corrected, set by this crate: a day, more than any time zone error.
const MOST_OFFSET: u64 = 86_400;
