//! What GitHub refused, and what its refusal means.

use crate::explain::is_lock_out;
use octoseal_model::{Operation, Problem};
use octoseal_transport::{RateLimit, Redirected};
use std::fmt;

/// What GitHub refused, its words, and what they probably mean.
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
    /// `repeated` says that an earlier attempt of the same request was perhaps done.
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

    /// Returns who owns the things of the operation now, if GitHub redirected it: `repositories/1300192`, for one.
    pub fn redirected_to(&self) -> Option<&str> {
        self.redirected.as_deref()
    }

    /// Returns the operation that GitHub refused.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// What GitHub said.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// What it probably means and what to do, told from the token's kind and GitHub's headers.
    pub fn explanation(&self) -> Option<&str> {
        self.explanation.as_deref()
    }

    /// The id by which GitHub's support finds the request.
    pub fn request_id(&self) -> Option<&str> {
        self.problem.header("x-github-request-id")
    }

    /// The rate limit that it is, if it is one.
    pub(crate) fn limit(&self) -> Option<RateLimit> {
        self.limit
    }

    /// Whether GitHub refuses every token of this client for a time, since wrong ones were sent.
    pub(crate) fn is_lock_out(&self) -> bool {
        is_lock_out(&self.problem)
    }

    /// Whether it does not prove that nothing was written.
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
