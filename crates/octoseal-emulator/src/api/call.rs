//! A request on its way through the world: its time, its meaning, and the base of its links.

use crate::api::answer::Refusal;
use crate::api::route::Route;
use crate::server::tls::Secure;
use bytes::Bytes;
use http::header::{HOST, USER_AGENT};
use http::{Method, Request, StatusCode};
use std::time::Duration;

pub(crate) struct Call<'a> {
    /// The time of the request since 1970.
    pub(crate) at: Duration,
    /// The number of requests of the token that are in flight, including this one.
    pub(crate) in_flight: u64,
    /// Whether GitHub's answer is known: to an emulated operation, or to a path that GitHub does not have.
    pub(crate) is_emulated: bool,
    /// The time of the request in seconds since 1970.
    pub(crate) now: i64,
    pub(crate) request: &'a Request<Bytes>,
    pub(crate) route: Option<Route>,
}

/// The versions of GitHub's REST API.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Version {
    November2022,
    March2026,
}

impl Call<'_> {
    /// Returns the requested version. Without the header it is the older one.
    pub(crate) fn version(&self) -> Result<Version, Refusal> {
        match self.header("x-github-api-version") {
            None | Some("2022-11-28") => Ok(Version::November2022),
            Some("2026-03-10") => Ok(Version::March2026),
            Some(unknown) => Err(Refusal::new(StatusCode::BAD_REQUEST, unknown_version(unknown))),
        }
    }

    /// Returns whether the request only reads. GitHub counts GraphQL queries as reads, too.
    pub(crate) fn is_read(&self) -> bool {
        matches!(*self.request.method(), Method::GET | Method::HEAD | Method::OPTIONS)
            || self.route == Some(Route::GraphQl)
    }

    /// "All API requests must include a valid User-Agent header" (Getting started with the REST API).
    pub(crate) fn require_user_agent(&self) -> Result<(), Refusal> {
        match self.header(USER_AGENT.as_str()) {
            Some(agent) if !agent.is_empty() => Ok(()),
            _ => Err(Refusal::new(StatusCode::FORBIDDEN, NO_USER_AGENT)),
        }
    }

    /// Returns scheme, host and prefix, as the caller sees them.
    pub(crate) fn base_url(&self) -> String {
        let uri = self.request.uri();
        let authority = uri.authority().map(http::uri::Authority::as_str);
        let host = authority.or_else(|| self.header(HOST.as_str())).unwrap_or("api.github.com");
        let prefix = if uri.path().starts_with(ENTERPRISE_PREFIX) { "/api/v3" } else { "" };
        let secure = self.request.extensions().get::<Secure>().is_some();
        let scheme = if secure { "https" } else { uri.scheme_str().unwrap_or("http") };
        format!("{scheme}://{host}{prefix}")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.request.headers().get(name)?.to_str().ok()
    }
}

impl Version {
    pub(crate) fn date(self) -> &'static str {
        match self {
            Self::November2022 => "2022-11-28",
            Self::March2026 => "2026-03-10",
        }
    }
}

fn unknown_version(given: &str) -> String {
    format!(
        "The version you specified in the \"X-GitHub-API-Version\" request header, \"{given}\", is not a supported \
         version. The following versions are currently supported: \"2022-11-28\", \"2026-03-10\"."
    )
}

/// The path prefix of GitHub Enterprise Server.
pub(crate) const ENTERPRISE_PREFIX: &str = "/api/v3/";

const NO_USER_AGENT: &str = "Request forbidden by administrative rules. Please make sure your request has a \
    User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). \
    Check https://developer.github.com for other possible causes.";
