//! `.`: the repository of this checkout.

use crate::environment::{Environment, GH_REPO, GITHUB_ACTIONS, GITHUB_REPOSITORY, GITHUB_SERVER_URL};
use crate::output::Failure;
use crate::session::Site;
use octoseal::Repository;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::process::{Command, Stdio};

/// Maximum number of bytes of git's output.
const MAX_OUTPUT: u64 = 1024 * 1024;

/// Finds the repository: `GH_REPO`, else `GITHUB_REPOSITORY` in a workflow, else the only one among the
/// remotes.
///
/// # Errors
///
/// If no repository is found, or more than one.
pub(crate) fn repository(site: &Site, environment: &Environment) -> Result<Repository, Failure> {
    if let Some(text) = environment.text(GH_REPO)? {
        return of_variable(GH_REPO, &text, site);
    }
    if let (true, Some(text)) = (environment.has(GITHUB_ACTIONS), environment.text(GITHUB_REPOSITORY)?) {
        let server = environment.text(GITHUB_SERVER_URL)?.unwrap_or_default();
        let host = server.split_once("://").map_or("github.com", |(_, host)| host.trim_end_matches('/'));
        return of_variable(GITHUB_REPOSITORY, &format!("{host}/{text}"), site);
    }
    let remotes = remotes(&git()?, site);
    match &remotes.iter().collect::<Vec<_>>()[..] {
        [repository] => Ok((*repository).clone()),
        [] => {
            Err(Failure::usage(format!("no remote of this checkout is a repository at {}", site.website()))
                .hint("write OWNER/REPO in place of the dot")
                .argument("STORE"))
        }
        several => {
            let names: Vec<String> = several.iter().map(ToString::to_string).collect();
            Err(Failure::usage(format!(
                "the remotes of this checkout are several repositories: {}",
                names.join(", ")
            ))
            .hint("write one of them in place of the dot, or set GH_REPO")
            .argument("STORE"))
        }
    }
}

/// Reads `[HOST/]OWNER/REPO`.
fn of_variable(name: &'static str, text: &str, site: &Site) -> Result<Repository, Failure> {
    let invalid = || Failure::usage(format!("{name} is not OWNER/REPO")).argument(name);
    let repository = match text.split('/').count() {
        3 => {
            let (host, repository) = text.split_once('/').ok_or_else(invalid)?;
            if !host.eq_ignore_ascii_case(site.website()) {
                let message = format!("{name} is a repository at another host than {}", site.website());
                return Err(Failure::usage(message).argument(name));
            }
            repository
        }
        _ => text,
    };
    repository.parse().map_err(|_| invalid())
}

fn git() -> Result<String, Failure> {
    let failed = |error| Failure::usage("cannot ask git for the remotes of this checkout").because(error);
    let mut git = Command::new("git");
    git.args(["remote", "-v"]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = git.spawn().map_err(failed)?;
    let mut text = String::new();
    if let Some(stdout) = child.stdout.take() {
        stdout.take(MAX_OUTPUT).read_to_string(&mut text).map_err(failed)?;
    }
    match child.wait().map_err(failed)?.success() {
        true => Ok(text),
        false => Err(Failure::usage("this folder is not a git checkout, so . names no repository")
            .hint("write OWNER/REPO in place of the dot")
            .argument("STORE")),
    }
}

/// Finds the repositories at this site in the lines of `git remote -v`.
fn remotes(text: &str, site: &Site) -> BTreeSet<Repository> {
    // NAME, a tab, the URL, and the direction in parentheses. A URL may have spaces.
    let urls = text.lines().filter_map(|line| Some(line.split_once('\t')?.1.rsplit_once(" (")?.0));
    urls.filter_map(|url| of_url(url, site)).collect()
}

/// Reads `https://HOST/OWNER/REPO.git`, `ssh://git@HOST/OWNER/REPO` or `git@HOST:OWNER/REPO.git`.
fn of_url(url: &str, site: &Site) -> Option<Repository> {
    let (place, path) = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        None => url.split_once(':')?,
    };
    let host = place.rsplit_once('@').map_or(place, |(_, host)| host);
    let host = if url.starts_with("ssh://") { host.split(':').next()? } else { host };
    let same =
        [site.website(), &format!("ssh.{}", site.website())].iter().any(|it| it.eq_ignore_ascii_case(host));
    let path = path.trim_matches('/');
    same.then(|| path.strip_suffix(".git").unwrap_or(path).parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_are_read_in_every_form_of_git() {
        let text = "origin\thttps://github.com/acme/api.git (fetch)\norigin\tgit@github.com:Acme/API.git (push)\n\
                    ssh\tssh://git@ssh.github.com:443/acme/api (fetch)\n\
                    token\thttps://x:y@github.com/acme/web (fetch)\n\
                    other\thttps://gitlab.com/acme/other.git (fetch)\nlocal\t/srv/git/x.git (fetch)\n\
                    space\thttps://github.com/acme/we b.git (fetch)\n";
        let found: Vec<String> =
            remotes(text, &Site::named("github.com")).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[1], "acme/web");
        assert!(remotes(text, &Site::named("ghes.example")).is_empty());
    }

    #[test]
    fn a_variable_may_name_the_host() {
        let site = Site::named("ghes.example");
        for (text, repository) in [
            ("acme/api", Some("acme/api")),
            ("ghes.example/acme/api", Some("acme/api")),
            ("github.com/acme/api", None),
            ("acme", None),
        ] {
            let found = of_variable(GH_REPO, text, &site).ok().map(|found| found.to_string());
            assert_eq!(found.as_deref(), repository, "{text}");
        }
    }
}
