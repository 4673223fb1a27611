//! Look-ups that work with secrets and variables needs: accounts, repositories, environments, properties and
//! the caller.

mod repositories;

pub use repositories::{Account, EnvironmentRef, OrganizationRef, Property, RepositoryProperties};

use crate::operation::{Action, Operation, Resource};
use crate::printable::{self, printable};
use crate::request::{Request, json};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The user whose token is used (`GET /user`).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct AuthenticatedUser {
    /// The login.
    pub login: String,
    /// The scopes of the token, from the header `x-oauth-scopes`. Only classic and OAuth tokens have scopes.
    pub scopes: Option<String>,
}

#[derive(Deserialize)]
struct UserAnswer {
    login: String,
}

/// A GitHub App (`GET /app`).
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[non_exhaustive]
pub struct App {
    /// Its id.
    pub id: u64,
    /// Its name.
    #[serde(deserialize_with = "printable::deserialize_name")]
    pub name: String,
    /// The permissions that it requests, each with its level: `read`, `write` or `admin`.
    pub permissions: BTreeMap<String, String>,
}

/// The remaining hourly rate limit (`GET /rate_limit`, resource `core`). The request is not counted.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(from = "RateLimitAnswer")]
#[non_exhaustive]
pub struct HourlyLimit {
    /// The limit in requests an hour.
    pub limit: u64,
    /// The number of requests left.
    pub remaining: u64,
    /// The time of the next reset, in seconds since 1970-01-01T00:00:00Z.
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

/// Gets the user whose token is used (`GET /user`). An installation token belongs to no user.
pub fn authenticated_user() -> Request<AuthenticatedUser> {
    Request::new(Operation::new(Action::GetUser, Resource::Token), |request, response| {
        let UserAnswer { login } = json(request, response)?;
        let scopes = response.headers().get("x-oauth-scopes").and_then(|value| value.to_str().ok());
        Ok(AuthenticatedUser { login: printable(&login), scopes: scopes.map(printable) })
    })
}

/// Gets the remaining hourly rate limit (`GET /rate_limit`).
pub fn hourly_limit() -> Request<HourlyLimit> {
    look_up(Action::GetRateLimit, Resource::Token)
}

/// Gets the GitHub App that authenticates the request (`GET /app`).
///
/// The request needs a JSON web token that the App signs. GitHub refuses installation tokens.
pub fn app() -> Request<App> {
    look_up(Action::GetApp, Resource::App)
}

fn look_up<R: DeserializeOwned>(action: Action, resource: Resource) -> Request<R> {
    Request::new(Operation::new(action, resource), json)
}
