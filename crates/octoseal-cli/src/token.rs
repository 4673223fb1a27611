//! Which token goes to which GitHub: the most particular source first, and never to a stranger.

use crate::app::{self, FoundApp};
use crate::failure::{Code, Failure};
use octoseal::SecretValue;
use octoseal::{AnyStore, User};
use std::env::{self, VarError};
use std::net::IpAddr;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// How long `gh auth token` may take.
const GH_DEADLINE: Duration = Duration::from_secs(10);

/// A credential and where it was found.
pub(crate) struct Found {
    pub(crate) credential: Credential,
    pub(crate) source: &'static str,
}

pub(crate) enum Credential {
    Token(String),
    App(FoundApp),
}

/// Looks for a token for the API at `host`, or a GitHub App that can get one.
///
/// `OCTOSEAL_TOKEN` and the App of `OCTOSEAL_APP_ID` go to whatever API was chosen. `GH_TOKEN` and `GITHUB_TOKEN` are for github.com and its data
/// residency hosts, `GH_ENTERPRISE_TOKEN` is for all others, as the GitHub CLI has it. Then the GitHub CLI is asked.
///
/// # Errors
///
/// A variable that is not text: to pass it over could send another token than was meant.
pub(crate) async fn find(host: &str) -> Result<Option<Found>, Failure> {
    let found = |token, source| Some(Found { credential: Credential::Token(token), source });
    if let Some(token) = variable("OCTOSEAL_TOKEN")? {
        return Ok(found(token, "OCTOSEAL_TOKEN"));
    }
    if let Some(app) = app::find()? {
        return Ok(Some(Found { credential: Credential::App(app), source: "OCTOSEAL_APP_ID" }));
    }
    let names: &[&str] =
        if is_github(host) { &["GH_TOKEN", "GITHUB_TOKEN"] } else { &["GH_ENTERPRISE_TOKEN"] };
    for &source in names {
        if let Some(token) = variable(source)? {
            return Ok(found(token, source));
        }
    }
    if !gh_may_know(host) {
        return Ok(None);
    }
    Ok(ask_gh(host).await.and_then(|token| found(token, "gh auth token")))
}

/// An environment variable; an empty one is none.
pub(crate) fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(text) => Ok(Some(text).filter(|text| !text.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::usage(format!("the variable {name} is not UTF-8"))),
    }
}

/// The GitHub CLI takes any `*.github.com` for github.com, and knows nothing of this machine.
fn gh_may_know(host: &str) -> bool {
    let is_strange = host.ends_with(".github.com") || host.ends_with(".localhost") || host == "localhost";
    let is_address = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    host == "api.github.com" || !(is_strange || is_address)
}

async fn ask_gh(host: &str) -> Option<String> {
    let mut gh = Command::new("gh");
    gh.args(["auth", "token", "--hostname", website(host)]).stdin(Stdio::null()).kill_on_drop(true);
    if !is_github(host) {
        // In a codespace the GitHub CLI gives github.com's token for any host.
        for name in ["GH_TOKEN", "GITHUB_TOKEN", "CODESPACES", "CODESPACE_NAME"] {
            gh.env_remove(name);
        }
    }
    let output = timeout(GH_DEADLINE, gh.output()).await.ok()?.ok()?;
    let token = SecretValue::from(output.stdout); // wiped, whatever becomes of it
    let token = std::str::from_utf8(token.expose()).ok()?.trim_end();
    (output.status.success() && !token.is_empty()).then(|| token.to_owned())
}

/// What to do when there is no token: which scope it needs, and where to make one.
pub(crate) fn missing(host: &str, store: Option<&AnyStore>) -> Failure {
    let user = AnyStore::from(User.store());
    let store = store.unwrap_or(&user);
    let scope = store.scope();
    let variable = if is_github(host) { "GH_TOKEN" } else { "GH_ENTERPRISE_TOKEN" };
    Failure::new(
        Code::NotAllowed,
        format!(
            "there is no token for {host}: set OCTOSEAL_TOKEN or {variable}, or log in with gh; {store} needs the scope \
             {scope} (create one at https://{}/settings/tokens/new?scopes={scope})",
            website(host),
        ),
    )
}

fn is_github(host: &str) -> bool {
    host == "api.github.com" || host.ends_with(".ghe.com")
}

/// The host that people see: `github.com` for `api.github.com`, `x.ghe.com` for `api.x.ghe.com`.
fn website(host: &str) -> &str {
    if is_github(host) { host.strip_prefix("api.").unwrap_or(host) } else { host }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_github_and_its_residency_hosts_are_github() {
        for (host, ours) in [
            ("api.github.com", true),
            ("api.octo.ghe.com", true),
            ("ghe.com", false),
            ("evilghe.com", false),
            ("api.github.com.evil.com", false),
            ("github.example.com", false),
            ("127.0.0.1", false),
        ] {
            assert_eq!(is_github(host), ours, "{host}");
        }
        for (host, asked) in [
            ("api.github.com", true),
            ("api.octo.ghe.com", true),
            ("github.example.com", true),
            ("x.github.com", false),
            ("github.localhost", false),
            ("127.0.0.1", false),
            ("[::1]", false),
        ] {
            assert_eq!(gh_may_know(host), asked, "{host}");
        }
        assert_eq!(website("api.octo.ghe.com"), "octo.ghe.com");
        assert_eq!(website("api.example.com"), "api.example.com");
    }
}
