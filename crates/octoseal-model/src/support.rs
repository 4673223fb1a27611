//! The few operations beside the 72 that a person needs with them: looking up ids, and who the token is.

use crate::answer::RepositoryRef;
use crate::operation::{Action, Operation, Resource};
use crate::owner::Repository;
use crate::printable::printable;
use crate::request::{Request, json};
use serde::Deserialize;

/// The user whose token is used (`GET /user`).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct AuthenticatedUser {
    /// The login.
    pub login: String,
    /// The scopes of the token, from the header `x-oauth-scopes`; only classic and OAuth tokens have any.
    pub scopes: Option<String>,
}

#[derive(Deserialize)]
struct UserAnswer {
    login: String,
}

/// How much of the hourly budget is left (`GET /rate_limit`, resource `core`); asking costs nothing.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(from = "RateLimitAnswer")]
#[non_exhaustive]
pub struct HourlyLimit {
    /// Requests in an hour.
    pub limit: u64,
    /// Requests left.
    pub remaining: u64,
    /// When the budget is whole again, in seconds since 1970-01-01T00:00:00Z.
    pub reset: i64,
}

#[derive(Deserialize)]
struct RateLimitAnswer {
    resources: Resources,
}

#[derive(Deserialize)]
struct Resources {
    core: Core,
}

#[derive(Deserialize)]
struct Core {
    limit: u64,
    remaining: u64,
    reset: i64,
}

impl From<RateLimitAnswer> for HourlyLimit {
    fn from(RateLimitAnswer { resources: Resources { core } }: RateLimitAnswer) -> Self {
        let Core { limit, remaining, reset } = core;
        Self { limit, remaining, reset }
    }
}

impl Repository {
    /// Looks the repository up: its id and its name as GitHub writes it (`GET /repos/{owner}/{repo}`).
    pub fn look_up(&self) -> Request<RepositoryRef> {
        Request::new(Operation::new(Action::GetRepository, Resource::Repository(self.clone())), json)
    }
}

/// Asks whose token this is (`GET /user`); an installation token is nobody's.
pub fn authenticated_user() -> Request<AuthenticatedUser> {
    Request::new(Operation::new(Action::GetUser, Resource::Token), |request, response| {
        let UserAnswer { login } = json(request, response)?;
        let scopes = response.headers().get("x-oauth-scopes").and_then(|value| value.to_str().ok());
        Ok(AuthenticatedUser { login: printable(&login), scopes: scopes.map(printable) })
    })
}

/// Asks how much of the hourly budget is left (`GET /rate_limit`).
pub fn hourly_limit() -> Request<HourlyLimit> {
    Request::new(Operation::new(Action::GetRateLimit, Resource::Token), json)
}
