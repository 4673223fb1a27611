//! Addresses of GitHub's website, as people copy them from a browser.

use super::error::SelectError;

/// Reads an address of the website at `host`; `None` if the text is no address.
///
/// Pages of settings name their store: `…/settings/secrets/dependabot`, `…/organizations/acme/settings/secrets/actions`.
pub(super) fn read(text: &str, host: &str) -> Result<Option<String>, SelectError> {
    let Some((_, rest)) = text.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))
    else {
        return Ok(None);
    };
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let (found, path) = path.split_once('/').unwrap_or((path, ""));
    if !found.eq_ignore_ascii_case(host) {
        return Err(SelectError::OtherHost { expected: host.to_owned() });
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    Ok(Some(match parts[..] {
        ["organizations", org, "settings", "secrets", family, ..] => format!("orgs/{org}/{family}"),
        ["organizations" | "orgs", ..] => return Err(SelectError::NotAStore { suggestion: None }),
        ["settings", "codespaces", ..] => "user/codespaces".to_owned(),
        [owner, repo, "settings", "secrets", family, ..] => format!("{owner}/{repo}/{family}"),
        [owner, repo, ..] => format!("{owner}/{}/actions", repo.strip_suffix(".git").unwrap_or(repo)),
        _ => return Err(SelectError::NotAStore { suggestion: None }),
    }))
}
