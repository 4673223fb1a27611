//! Addresses of GitHub's website, as copied from a browser, and of git.

use super::error::SelectError;

/// Reads an address of the website at `host`, or one of git. `None` if the text is no address.
///
/// Settings pages name their store: `…/settings/secrets/dependabot`,
/// `…/organizations/acme/settings/variables/actions`. The page of a repository means its Actions, and so do its files, issues
/// and pull requests. Other pages are refused: the page of an environment does not say its name, and a value for the
/// environment must not go into the repository.
pub(super) fn read(text: &str, host: &str) -> Result<Option<String>, SelectError> {
    // An owner has no dot, so a host before a slash is an address without its scheme.
    let without_scheme = || text.split_once('/').filter(|(place, _)| place.eq_ignore_ascii_case(host));
    let Some((found, path)) = split(text).or_else(without_scheme) else { return Ok(None) };
    // Over SSH through a proxy, GitHub is at this name and another port.
    let is_ssh = found.strip_prefix("ssh.").is_some_and(|found| found.eq_ignore_ascii_case(host));
    if !found.eq_ignore_ascii_case(host) && !is_ssh {
        return Err(SelectError::OtherHost { expected: host.to_owned() });
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    Ok(Some(match parts[..] {
        ["organizations", org, "settings", "secrets" | "variables", family, ..] => {
            format!("orgs/{org}/{family}")
        }
        ["settings", "codespaces", ..] => "user/codespaces".to_owned(),
        [first, ..] if PAGES_OF_GITHUB.contains(&first) => {
            return Err(SelectError::NotAStore { suggestion: None });
        }
        [owner, repo, "settings", "secrets" | "variables", family, ..] => format!("{owner}/{repo}/{family}"),
        [owner, repo] => format!("{owner}/{}/actions", repo.strip_suffix(".git").unwrap_or(repo)),
        [owner, repo, page, ..] if PAGES_OF_A_REPOSITORY.contains(&page) => format!("{owner}/{repo}/actions"),
        [owner, repo, "settings" | "deployments" | "environments", ..] => {
            let suggestion = Some(format!("{owner}/{repo}/environments/NAME"));
            return Err(SelectError::NotAStore { suggestion });
        }
        _ => return Err(SelectError::NotAStore { suggestion: None }),
    }))
}

/// The first parts of paths that are no owners.
const PAGES_OF_GITHUB: [&str; 14] = [
    "apps",
    "collections",
    "enterprises",
    "explore",
    "features",
    "login",
    "marketplace",
    "notifications",
    "organizations",
    "orgs",
    "search",
    "settings",
    "sponsors",
    "topics",
];

/// Pages that are about a repository, and about no store in particular.
const PAGES_OF_A_REPOSITORY: [&str; 10] =
    ["actions", "blob", "branches", "commit", "commits", "issues", "pull", "pulls", "releases", "tree"];

/// Splits an address into its host and its path: `https://HOST/PATH`, `ssh://git@HOST:PORT/PATH`, `git@HOST:PATH`.
fn split(text: &str) -> Option<(&str, &str)> {
    if let Some((scheme, rest)) = text.split_once("://") {
        let path = rest.split(['?', '#']).next().unwrap_or_default();
        let (place, path) = path.split_once('/').unwrap_or((path, ""));
        return match &*scheme.to_ascii_lowercase() {
            "http" | "https" => Some((place, path)),
            "ssh" | "git" | "git+ssh" => {
                let host = place.rsplit_once('@').map_or(place, |(_, host)| host);
                Some((host.split(':').next().unwrap_or(host), path))
            }
            _ => None,
        };
    }
    let (place, path) = text.split_once(':')?;
    let (_, host) = place.split_once('@').filter(|_| !place.contains('/'))?;
    Some((host, path))
}
