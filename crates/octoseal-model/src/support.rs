//! The few operations beside the 72 that a person needs with them: looking up ids, and who the token is.

use crate::answer::RepositoryRef;
use crate::owner::Repository;
use crate::printable::printable;
use crate::request::{Request, json};
use http::Method;
use serde::Deserialize;

/// The user whose token is used (`GET /user`).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Account {
    /// The login.
    pub login: String,
    /// The scopes of the token, from the header `x-oauth-scopes`; only classic and OAuth tokens have any.
    pub scopes: Option<String>,
}

#[derive(Deserialize)]
struct AccountAnswer {
    login: String,
}

/// How much of the hourly budget is left (`GET /rate_limit`, resource `core`); asking costs nothing.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(from = "RateLimitAnswer")]
#[non_exhaustive]
pub struct RateLimit {
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

impl From<RateLimitAnswer> for RateLimit {
    fn from(RateLimitAnswer { resources: Resources { core } }: RateLimitAnswer) -> Self {
        let Core { limit, remaining, reset } = core;
        Self { limit, remaining, reset }
    }
}

impl Repository {
    /// Looks the repository up: its id and its name as GitHub writes it (`GET /repos/{owner}/{repo}`).
    pub fn look_up(&self) -> Request<RepositoryRef> {
        let template = "/repos/{owner}/{repo}".to_owned();
        Request::new(Method::GET, format!("/{}", self.root()), template, json).of(Some(self.owner()))
    }
}

/// Asks whose token this is (`GET /user`); an installation token is nobody's.
pub fn account() -> Request<Account> {
    Request::new(Method::GET, "/user".to_owned(), "/user".to_owned(), |request, response| {
        let AccountAnswer { login } = json(request, response)?;
        let scopes = response.headers().get("x-oauth-scopes").and_then(|value| value.to_str().ok());
        Ok(Account { login: printable(&login), scopes: scopes.map(printable) })
    })
}

/// Asks how much of the hourly budget is left (`GET /rate_limit`).
pub fn rate_limit() -> Request<RateLimit> {
    Request::new(Method::GET, "/rate_limit".to_owned(), "/rate_limit".to_owned(), json)
}
