//! What was declared, and what follows from it for a request.

use crate::api::route::{AppOperation, Route};
use crate::api::store::{FullName, Owner, Store, canonical};
use crate::credential::app::Apps;
use std::collections::{BTreeMap, BTreeSet};

/// All that was declared; names and paths in lower case.
#[derive(Default)]
pub(crate) struct Declarations {
    pub(crate) apps: Apps,
    pub(crate) archived: BTreeSet<String>,
    pub(crate) bad_tokens: BTreeSet<String>,
    /// A repository's full name and the environment's own.
    pub(crate) environments: BTreeSet<(String, String)>,
    /// As it was spelled.
    pub(crate) first_user: Option<String>,
    pub(crate) grants: BTreeMap<String, BTreeSet<String>>,
    pub(crate) known_tokens: BTreeSet<String>,
    pub(crate) missing: BTreeSet<String>,
    /// Users and organizations.
    pub(crate) owners: BTreeSet<String>,
    pub(crate) renamed: BTreeMap<String, String>,
    pub(crate) repositories: BTreeMap<String, Privacy>,
    pub(crate) repository_owners: BTreeSet<String>,
    pub(crate) saml: BTreeSet<String>,
    pub(crate) strict: bool,
    pub(crate) token_owners: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Privacy {
    Private,
    Public,
}

impl Declarations {
    pub(crate) fn is_bad_token(&self, token: &str) -> bool {
        let known = self.known_tokens.contains(token) || self.grants.contains_key(token);
        self.is_revoked(token) || (self.strict && !known)
    }

    /// Whether it was declared bad, which even a token that an App was given can be.
    pub(crate) fn is_revoked(&self, token: &str) -> bool {
        self.bad_tokens.contains(token)
    }

    pub(crate) fn grants(&self, token: &str) -> Option<&BTreeSet<String>> {
        self.grants.get(token)
    }

    pub(crate) fn enforces_saml(&self, organization: &str) -> bool {
        self.saml.contains(&organization.to_ascii_lowercase())
    }

    /// The new name of a repository that was renamed.
    pub(crate) fn new_name(&self, repository: &FullName) -> Option<&str> {
        self.renamed.get(&repository.key()).map(String::as_str)
    }

    /// Whether all that the path names is there.
    pub(crate) fn exists(&self, route: &Route) -> bool {
        let path = match route {
            Route::App(AppOperation::RepositoryInstallation(repository)) => repository.to_string(),
            Route::App(AppOperation::OrganizationInstallation(organization))
            | Route::Organization(organization) => format!("orgs/{}", canonical(organization)),
            Route::Repository(repository) => repository.to_string(),
            Route::Store(store, _) => store.to_string(),
            Route::App(_) | Route::GraphQl | Route::RateLimit | Route::User | Route::Versions => return true,
        };
        let below = |missing: &String| path.strip_prefix(missing.as_str()).is_some_and(ends_segment);
        let declared = route
            .repository()
            .is_none_or(|repository| repository.is_possible() && self.is_declared(&repository.key()));
        let possible = route.organization().is_none_or(str::is_ascii);
        possible
            && declared
            && !self.missing.iter().any(below)
            && (!self.strict || self.is_declared_strictly(route))
    }

    /// Whether the organization or the environment of a path was declared.
    fn is_declared_strictly(&self, route: &Route) -> bool {
        let owner = |name: &String| {
            let name = name.to_ascii_lowercase();
            self.owners.contains(&name) || self.repository_owners.contains(&name)
        };
        match route {
            Route::App(AppOperation::OrganizationInstallation(name)) | Route::Organization(name) => {
                owner(name)
            }
            Route::Store(Store { owner: Owner::Organization(name), .. }, _) => owner(name),
            Route::Store(Store { owner: Owner::Environment { repository, environment }, .. }, _) => {
                self.environments.contains(&(repository.key(), environment.to_ascii_lowercase()))
            }
            _ => true,
        }
    }

    /// Whether a repository of this name can be there.
    pub(crate) fn is_declared(&self, full_name: &str) -> bool {
        !self.lists_repositories() || self.repositories.contains_key(&full_name.to_ascii_lowercase())
    }

    pub(crate) fn lists_repositories(&self) -> bool {
        self.strict || !self.repositories.is_empty()
    }

    pub(crate) fn is_archived(&self, repository: &FullName) -> bool {
        self.archived.contains(&repository.key())
    }

    /// Whose token it is.
    pub(crate) fn owner(&self, token: &str) -> &str {
        let owner = self.token_owners.get(token).or(self.first_user.as_ref());
        owner.map_or("octocat", String::as_str)
    }

    /// Whether a repository is private, as all are that were not declared public.
    pub(crate) fn is_private(&self, repository: &FullName) -> bool {
        self.repositories.get(&repository.key()) != Some(&Privacy::Public)
    }
}

impl FullName {
    /// `owner/name` in lower case.
    fn key(&self) -> String {
        self.joined().to_ascii_lowercase()
    }

    /// Reads `owner/name`.
    pub(crate) fn split(joined: &str) -> Option<Self> {
        let (owner, name) = joined.split_once('/')?;
        Some(Self { owner: owner.to_owned(), name: name.to_owned() })
    }

    /// `owner/name` as it was spelled.
    pub(crate) fn joined(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }
}

fn ends_segment(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}
