//! What GitHub says when it refuses: its words, without ours in them.

use crate::printable::printable;
use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;
use std::fmt;

/// The headers of a refusal that tell why, and none that could hold a secret.
const TELLING: [&str; 9] = [
    "retry-after",
    "x-accepted-github-permissions",
    "x-accepted-oauth-scopes",
    "x-github-request-id",
    "x-github-sso",
    "x-oauth-scopes",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
];

/// Shorter texts of ours are left in messages; at this length a text may be a sealed value or an id.
const HIDDEN_FROM: usize = 16;

/// So many of the fields that GitHub finds wrong are kept.
const MAX_ERRORS: usize = 16;

/// A refusal by GitHub: an answer with a status of 400 or more.
///
/// GitHub's message can repeat what was sent, so every text of the request's body that has 16 characters or more is
/// replaced in it, and so is every character that could steer a terminal.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    status: StatusCode,
    message: String,
    documentation_url: Option<String>,
    errors: Vec<FieldProblem>,
    headers: Vec<(&'static str, String)>,
    is_from_github: bool,
}

/// One field that GitHub finds wrong (`errors` of a "Validation Failed").
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct FieldProblem {
    /// The field.
    pub field: String,
    /// GitHub's code for what is wrong, such as `missing_field`.
    pub code: String,
    /// What is wrong in words; often empty.
    pub message: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    message: Option<String>,
    documentation_url: Option<String>,
    errors: serde_json::Value,
}

impl Problem {
    pub(crate) fn read(response: &Response<Bytes>, sent: &[&str]) -> Self {
        let answer: Answer = serde_json::from_slice(response.body()).unwrap_or_default();
        let clean = |text: &str| clean(text, sent);
        let errors = answer.errors.as_array().map(Vec::as_slice).unwrap_or_default();
        Self {
            is_from_github: answer.message.is_some(),
            status: response.status(),
            message: answer.message.as_deref().map(clean).unwrap_or_default(),
            documentation_url: answer.documentation_url.as_deref().map(clean),
            errors: errors.iter().take(MAX_ERRORS).map(|error| FieldProblem::read(error, clean)).collect(),
            headers: telling_headers(response, clean),
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// GitHub's message, made safe to print; empty if the answer was not GitHub's JSON.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Whether the answer has GitHub's form, a JSON object with a message. Proxies and login pages answer otherwise.
    pub fn is_from_github(&self) -> bool {
        self.is_from_github
    }

    /// The page that GitHub points to.
    pub fn documentation_url(&self) -> Option<&str> {
        self.documentation_url.as_deref()
    }

    /// The fields that GitHub finds wrong; most refusals of secrets name none.
    pub fn errors(&self) -> &[FieldProblem] {
        &self.errors
    }

    /// One of the headers that tell why: `retry-after`, `x-accepted-github-permissions`, `x-accepted-oauth-scopes`,
    /// `x-github-request-id`, `x-github-sso`, `x-oauth-scopes` and `x-ratelimit-…`; `None` for any other.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// Whether there is no such thing, or the token may not see it (404).
    pub fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    /// Whether GitHub found what was sent invalid (422, "Validation failed, or the endpoint has been spammed").
    pub fn is_validation_failed(&self) -> bool {
        self.status == StatusCode::UNPROCESSABLE_ENTITY
    }
}

impl FieldProblem {
    fn read(error: &serde_json::Value, clean: impl Fn(&str) -> String) -> Self {
        if let Some(message) = error.as_str() {
            return Self { message: clean(message), ..Self::default() };
        }
        let text = |name: &str| error[name].as_str().map(&clean).unwrap_or_default();
        Self { field: text("field"), code: text("code"), message: text("message") }
    }
}

fn telling_headers(
    response: &Response<Bytes>,
    clean: impl Fn(&str) -> String,
) -> Vec<(&'static str, String)> {
    let value = |name: &'static str| Some((name, clean(response.headers().get(name)?.to_str().ok()?)));
    TELLING.into_iter().filter_map(value).collect()
}

/// `text` without the texts that were sent, without control characters, and not too long.
fn clean(text: &str, sent: &[&str]) -> String {
    let mut text = text.to_owned();
    for ours in sent.iter().filter(|ours| ours.len() >= HIDDEN_FROM) {
        text = text.replace(ours, "(what was sent)");
    }
    printable(&text)
}

/// Writes "404 Not Found", with GitHub's own words if there are others.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_from_github {
            return write!(f, "the answer is {}, without the JSON that GitHub sends", self.status);
        }
        write!(f, "GitHub answered {}", self.status)?;
        let known = self.status.canonical_reason().unwrap_or_default();
        if !self.message.is_empty() && !self.message.eq_ignore_ascii_case(known) {
            write!(f, ": {}", self.message)?;
        }
        let telling = self.errors.iter().filter(|error| **error != FieldProblem::default());
        telling.into_iter().try_for_each(|error| write!(f, "; {error}"))
    }
}

impl fmt::Display for FieldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [&self.field, &self.code, &self.message];
        let said: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        f.write_str(&said.join(" "))
    }
}
