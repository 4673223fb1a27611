//! Which token goes to which GitHub: the most particular source first, and never to a stranger.

use crate::failure::{Code, Failure};
use octoseal::AnyStore;
use std::env;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;
use tokio::time::timeout;

/// How long `gh auth token` may take.
const GH_DEADLINE: Duration = Duration::from_secs(10);

/// A token and where it was found.
pub(crate) struct FoundToken {
    pub(crate) token: String,
    pub(crate) source: &'static str,
}

/// Looks for a token for the API at `host`.
///
/// `OCTOSEAL_TOKEN` goes to whatever API was chosen. `GH_TOKEN` and `GITHUB_TOKEN` are for github.com and its data
/// residency hosts, `GH_ENTERPRISE_TOKEN` is for all others, as the GitHub CLI has it. Then the GitHub CLI is asked.
pub(crate) async fn find(host: &str) -> Option<FoundToken> {
    let names: &[&str] = if is_github(host) {
        &["OCTOSEAL_TOKEN", "GH_TOKEN", "GITHUB_TOKEN"]
    } else {
        &["OCTOSEAL_TOKEN", "GH_ENTERPRISE_TOKEN"]
    };
    let found =
        names.iter().find_map(|&name| Some((name, env::var(name).ok()?)).filter(|(_, it)| !it.is_empty()));
    match found {
        Some((source, token)) => Some(FoundToken { token, source }),
        None => ask_gh(website(host)).await.map(|token| FoundToken { token, source: "gh auth token" }),
    }
}

async fn ask_gh(host: &str) -> Option<String> {
    let mut gh = Command::new("gh");
    gh.args(["auth", "token", "--hostname", host]).stdin(Stdio::null()).kill_on_drop(true);
    let output = timeout(GH_DEADLINE, gh.output()).await.ok()?.ok()?;
    let token = String::from_utf8(output.stdout).ok()?;
    let token = token.trim_end();
    (output.status.success() && !token.is_empty()).then(|| token.to_owned())
}

/// What to do when there is no token: which scope it needs, and where to make one.
pub(crate) fn missing(host: &str, store: Option<&AnyStore>) -> Failure {
    let scope = match store {
        Some(AnyStore::User(_)) | None => "codespace:secrets",
        Some(AnyStore::Organization(_)) => "admin:org",
        Some(AnyStore::Repository(_) | AnyStore::Environment(_)) => "repo",
    };
    let variable = if is_github(host) { "GH_TOKEN" } else { "GH_ENTERPRISE_TOKEN" };
    Failure::new(
        Code::NotAllowed,
        format!(
            "there is no token for {host}: set OCTOSEAL_TOKEN or {variable}, or log in with gh; {} needs the scope \
             {scope} (create one at https://{}/settings/tokens/new?scopes={scope})",
            store.map_or("user/codespaces".to_owned(), ToString::to_string),
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
        assert_eq!(website("api.octo.ghe.com"), "octo.ghe.com");
        assert_eq!(website("api.example.com"), "api.example.com");
    }
}
