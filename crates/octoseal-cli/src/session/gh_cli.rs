//! The GitHub CLI as a source of tokens.

use super::address::Site;
use crate::environment::{CODESPACES, GH_TOKEN, GITHUB_TOKEN};
use octoseal::SecretValue;
use std::net::IpAddr;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncReadExt as _;
use tokio::process::Command;
use tokio::time::timeout;

/// The maximum time of `gh auth token`.
const DEADLINE: Duration = Duration::from_secs(10);
/// Maximum number of bytes, more than any token has.
const MAX_OUTPUT: usize = 64 * 1024;

/// Asks the GitHub CLI for its token for a site.
pub(super) async fn token(site: &Site) -> Option<String> {
    if !may_know(site.website()) {
        return None;
    }
    let mut gh = Command::new("gh");
    gh.args(["auth", "token", "--hostname", site.website()]).stdin(Stdio::null()).kill_on_drop(true);
    gh.stdout(Stdio::piped()).stderr(Stdio::null());
    if !site.is_github() {
        // In a codespace the GitHub CLI returns github.com's token for any host.
        for name in [GH_TOKEN, GITHUB_TOKEN, CODESPACES, "CODESPACE_NAME"] {
            gh.env_remove(name);
        }
    }
    let output = timeout(DEADLINE, output(gh)).await.ok()??;
    let token = std::str::from_utf8(output.expose()).ok()?.trim();
    (!token.is_empty()).then(|| token.to_owned())
}

/// Returns the output of a program, if it succeeds and is not longer than a token could be.
async fn output(mut program: Command) -> Option<SecretValue> {
    let mut child = program.spawn().ok()?;
    let mut output = Vec::with_capacity(MAX_OUTPUT + 1);
    let read = child.stdout.take()?.take(MAX_OUTPUT as u64 + 1).read_to_end(&mut output).await;
    let output = SecretValue::from(output);
    read.ok().filter(|length| *length <= MAX_OUTPUT)?;
    child.wait().await.ok().filter(std::process::ExitStatus::success).map(|_| output)
}

/// Returns whether the GitHub CLI may know the host. It treats any `*.github.com` as github.com, and does not
/// know this machine.
fn may_know(host: &str) -> bool {
    let host = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    };
    let is_strange = host.ends_with(".github.com") || host.ends_with(".localhost") || host == "localhost";
    let is_address = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    !(is_strange || is_address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[tokio::test]
    async fn the_output_of_a_program_is_bounded() {
        for (script, length) in [
            ("printf gho_token", Some(9)),
            ("head -c 65536 /dev/zero", Some(MAX_OUTPUT)),
            ("head -c 65537 /dev/zero", None),
            ("exec yes", None),
            ("printf gho_token; exit 1", None),
        ] {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]).stdout(Stdio::piped()).kill_on_drop(true);
            let output = timeout(DEADLINE, output(shell)).await.expect("it does not wait for the rest");
            assert_eq!(output.map(|output| output.expose().len()), length, "{script}");
        }
    }

    #[test]
    fn the_github_cli_is_asked_for_hosts_it_can_know() {
        for (host, asked) in [
            ("github.com", true),
            ("octo.ghe.com", true),
            ("github.example.com", true),
            ("github.example.com:8443", true),
            ("x.github.com", false),
            ("github.localhost", false),
            ("127.0.0.1:1", false),
            ("[::1]", false),
            ("[::1]:80", false),
        ] {
            assert_eq!(may_know(host), asked, "{host}");
        }
    }
}
