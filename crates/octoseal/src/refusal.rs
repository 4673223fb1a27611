//! Refusals by GitHub, with explanations.

use crate::explain::is_lock_out;
use octoseal_model::{Operation, Problem};
use octoseal_transport::{RateLimit, Redirected};
use std::fmt;

/// A refusal by GitHub: the operation, GitHub's answer, and the probable meaning.
#[derive(Clone, Debug)]
pub struct Refusal {
    operation: Operation,
    problem: Problem,
    limit: Option<RateLimit>,
    explanation: Option<String>,
    perhaps_done: bool,
    redirected: Option<String>,
}

impl Refusal {
    /// Creates a refusal. `repeated` means that an earlier attempt of the same request may have been done.
    pub(crate) fn new(
        operation: Operation,
        problem: Problem,
        limit: Option<RateLimit>,
        explanation: Option<String>,
        repeated: bool,
    ) -> Self {
        let perhaps_done = !operation.is_read() && (repeated || problem.status().is_server_error());
        Self { operation, problem, limit, explanation, perhaps_done, redirected: None }
    }

    pub(crate) fn redirected(mut self, redirected: Option<&Redirected>) -> Self {
        self.redirected = redirected.map(|Redirected(owner)| owner.clone());
        self
    }

    /// Returns the current owner of the operation's resource if GitHub redirected it, such as
    /// `repositories/1300192`.
    pub fn redirected_to(&self) -> Option<&str> {
        self.redirected.as_deref()
    }

    /// Returns the operation that GitHub refused.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// Returns GitHub's answer.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Returns the probable meaning and a remedy, derived from the token's kind and GitHub's headers.
    pub fn explanation(&self) -> Option<&str> {
        self.explanation.as_deref()
    }

    /// Returns the id by which GitHub's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.problem.header("x-github-request-id")
    }

    /// Returns the rate limit, if the refusal is one.
    pub(crate) fn limit(&self) -> Option<RateLimit> {
        self.limit
    }

    /// Returns whether GitHub refuses every token of this client for a time, because invalid ones were sent.
    pub(crate) fn is_lock_out(&self) -> bool {
        is_lock_out(&self.problem)
    }

    /// Returns whether something may have been written all the same.
    pub(crate) fn is_perhaps_done(&self) -> bool {
        self.perhaps_done
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.problem)?;
        self.redirected.iter().try_for_each(|owner| write!(f, "; GitHub redirected it to {owner}"))?;
        self.explanation.iter().try_for_each(|explanation| write!(f, "; {explanation}"))?;
        if self.perhaps_done { f.write_str("; the write was perhaps done") } else { Ok(()) }
    }
}
