//! Refusals by GitHub: its message, with the texts of the request redacted.

use crate::printable::printable;
use bytes::Bytes;
use http::{Response, StatusCode};
use serde::Deserialize;
use std::fmt;

/// The headers of a refusal that explain it. Other headers could hold a secret.
const EXPLAINING_HEADERS: [&str; 9] = [
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

/// The length from which texts of the request are redacted in messages. A text of this length may be a sealed
/// value or an id.
const MIN_REDACTED: usize = 16;

/// Maximum number of field errors kept.
const MAX_ERRORS: usize = 16;

/// A refusal by GitHub: an answer with a status of 400 or more.
///
/// GitHub's message can repeat the request. Every text of the request's body that has 16 characters or more
/// is redacted in it, and every character that could steer a terminal is replaced.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    status: StatusCode,
    message: String,
    documentation_url: Option<String>,
    errors: Vec<FieldProblem>,
    headers: Vec<(&'static str, String)>,
    is_from_github: bool,
}

/// A field that GitHub finds invalid (`errors` of a "Validation Failed").
#[derive(Clone, Debug, Default, Eq, PartialEq)]
#[non_exhaustive]
pub struct FieldProblem {
    /// The field.
    pub field: String,
    /// GitHub's code for the fault, such as `missing_field`.
    pub code: String,
    /// The fault in words. Often empty.
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
            headers: explaining_headers(response, clean),
        }
    }

    /// Returns the status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns GitHub's message, made safe to print. It is empty if the answer was not GitHub's JSON.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns whether the answer has GitHub's form, a JSON object with a message. Proxies and login pages
    /// answer otherwise.
    pub fn is_from_github(&self) -> bool {
        self.is_from_github
    }

    /// Returns the documentation page that GitHub names.
    pub fn documentation_url(&self) -> Option<&str> {
        self.documentation_url.as_deref()
    }

    /// Returns the fields that GitHub finds invalid. Most refusals of secrets name no field.
    pub fn errors(&self) -> &[FieldProblem] {
        &self.errors
    }

    /// Returns one of the headers that explain the refusal: `retry-after`, `x-accepted-github-permissions`,
    /// `x-accepted-oauth-scopes`, `x-github-request-id`, `x-github-sso`, `x-oauth-scopes` and
    /// `x-ratelimit-…`. Any other name gives `None`.
    pub fn header(&self, name: &str) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value)
    }

    /// Returns whether the resource does not exist, or the token may not see it (404).
    pub fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
    }

    /// Returns whether GitHub found the request invalid (422, "Validation failed, or the endpoint has been
    /// spammed").
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

fn explaining_headers(
    response: &Response<Bytes>,
    clean: impl Fn(&str) -> String,
) -> Vec<(&'static str, String)> {
    let value = |name: &'static str| Some((name, clean(response.headers().get(name)?.to_str().ok()?)));
    EXPLAINING_HEADERS.into_iter().filter_map(value).collect()
}

/// Redacts the texts of the request, replaces control characters, and limits the length.
fn clean(text: &str, sent: &[&str]) -> String {
    let mut text = text.to_owned();
    for ours in sent.iter().filter(|ours| ours.len() >= MIN_REDACTED) {
        text = text.replace(ours, "(redacted)");
    }
    printable(&text)
}

/// Writes the status, such as "404 Not Found", and GitHub's message if it adds anything.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_from_github {
            return write!(f, "the answer is {}, without GitHub's JSON", self.status);
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
