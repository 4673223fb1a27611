//! Repositories that get access, as users name them: `OWNER/REPO`, or `REPO` within the organization of the
//! store.

use crate::output::Failure;
use octoseal::{AnyStore, Repository};
use std::collections::BTreeSet;
use std::str::FromStr;

/// A repository that gets access.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AllowedRepository {
    Full(Repository),
    /// The name of a repository of the store's organization.
    Bare(String),
}

impl FromStr for AllowedRepository {
    type Err = octoseal::ModelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.contains('/') {
            true => text.parse().map(Self::Full),
            false => Repository::new("owner", text).map(|found| Self::Bare(found.name().to_owned())),
        }
    }
}

/// Returns the repositories, each once. Bare names belong to the one organization among the stores.
///
/// # Errors
///
/// If there is a bare name, and no organization or more than one.
pub(crate) fn repositories(
    allowed: &[AllowedRepository],
    stores: &[AnyStore],
) -> Result<Vec<Repository>, Failure> {
    let organizations = stores.iter().filter(|store| matches!(store, AnyStore::Organization(_)));
    let organizations: BTreeSet<String> =
        organizations.filter_map(|store| store.account()).map(str::to_ascii_lowercase).collect();
    let organization = || match organizations.iter().collect::<Vec<_>>()[..] {
        [organization] => Ok(organization),
        _ => Err(Failure::usage(
            "--allow-repo: a name without an owner needs a store of exactly one organization",
        )
        .hint("write OWNER/REPO")
        .argument("--allow-repo")),
    };
    let mut repositories = Vec::with_capacity(allowed.len());
    for repository in allowed {
        let repository = match repository {
            AllowedRepository::Full(repository) => repository.clone(),
            AllowedRepository::Bare(name) => Repository::new(organization()?.as_str(), name.as_str())?,
        };
        if !repositories.contains(&repository) {
            repositories.push(repository);
        }
    }
    Ok(repositories)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_belongs_to_the_only_organization() {
        let read = |allowed: &[&str], stores: &[&str]| -> Result<Vec<String>, Failure> {
            let allowed: Vec<AllowedRepository> =
                allowed.iter().map(|text| text.parse().expect("a repository")).collect();
            let stores: Vec<AnyStore> = stores.iter().map(|text| text.parse().expect("a store")).collect();
            Ok(repositories(&allowed, &stores)?.iter().map(ToString::to_string).collect())
        };
        let acme = &["orgs/acme/actions", "orgs/Acme/dependabot"][..];
        assert_eq!(
            read(&["api", "acme/API", "octo/web"], acme).ok(),
            Some(vec!["acme/api".into(), "octo/web".into()])
        );
        for stores in [&["user/codespaces"][..], &["orgs/acme/actions", "orgs/octo/actions"], &[]] {
            assert!(read(&["api"], stores).is_err(), "{stores:?}");
            assert!(read(&["acme/api"], stores).is_ok(), "{stores:?}");
        }
        assert!("..".parse::<AllowedRepository>().is_err());
    }
}
