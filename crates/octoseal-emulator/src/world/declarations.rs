//! What was declared, and what follows from it for a request.

use crate::api::route::{RepositoriesOf, Route};
use crate::api::store::FullName;
use crate::credential::app::Apps;
use crate::credential::organization_policy::Policy;
use std::collections::{BTreeMap, BTreeSet};

/// All that was declared; names and paths in lower case.
#[derive(Clone, Default)]
pub(crate) struct Declarations {
    pub(crate) apps: Apps,
    pub(crate) bad_tokens: BTreeSet<String>,
    /// A repository's full name and the environment's own.
    pub(crate) environments: BTreeSet<(String, String)>,
    /// What is to be said of a repository, whether it was declared itself or not.
    pub(crate) facts: BTreeMap<String, Facts>,
    /// As it was spelled.
    pub(crate) first_user: Option<String>,
    /// Paths of stores that take no further secret.
    pub(crate) full: BTreeSet<String>,
    pub(crate) grants: BTreeMap<String, BTreeSet<String>>,
    pub(crate) known_tokens: BTreeSet<String>,
    pub(crate) missing: BTreeSet<String>,
    /// Users and organizations.
    pub(crate) owners: BTreeSet<String>,
    /// By organization.
    pub(crate) policies: BTreeMap<String, Policy>,
    pub(crate) renamed: BTreeMap<String, String>,
    pub(crate) repositories: BTreeMap<String, Visibility>,
    pub(crate) repository_owners: BTreeSet<String>,
    pub(crate) strict: bool,
    pub(crate) token_owners: BTreeMap<String, String>,
}

/// GitHub's word `visibility` of a repository.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Visibility {
    Internal,
    #[default]
    Private,
    Public,
}

/// What a repository says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) is_archived: bool,
    pub(crate) is_fork: bool,
    pub(crate) properties: BTreeMap<String, PropertyValue>,
    pub(crate) topics: BTreeSet<String>,
}

/// The value of a custom property: one text, or several where the property is a `multi_select`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PropertyValue {
    /// A text, one of a list, `true` or `false`, or a URL.
    One(String),
    /// Several of a list.
    Several(Vec<String>),
}

impl Visibility {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Private => "private",
            Self::Public => "public",
        }
    }
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

    pub(crate) fn policy(&self, organization: &str) -> Option<&Policy> {
        self.policies.get(&organization.to_ascii_lowercase())
    }

    /// The new name of a repository that was renamed.
    pub(crate) fn new_name(&self, repository: &FullName) -> Option<&str> {
        self.renamed.get(&repository.key()).map(String::as_str)
    }

    /// Whether all that the path names is there.
    pub(crate) fn exists(&self, route: &Route) -> bool {
        let possible = route.organization().is_none_or(str::is_ascii);
        let declared = route
            .repository()
            .is_none_or(|repository| repository.is_possible() && self.is_declared(&repository.key()));
        let below =
            |missing: &String, path: &str| path.strip_prefix(missing.as_str()).is_some_and(ends_segment);
        let place = route.place().unwrap_or_default();
        let missing = self.missing.iter().any(|missing| below(missing, &place));
        possible && declared && !missing && (!self.strict || self.is_declared_strictly(route))
    }

    /// Whether the account or the environment of a path was declared.
    fn is_declared_strictly(&self, route: &Route) -> bool {
        let user = match route {
            Route::Repositories(RepositoriesOf::User(login)) => Some(login.as_str()),
            _ => None,
        };
        let account = route.organization().or(user).is_none_or(|name| {
            let name = name.to_ascii_lowercase();
            self.owners.contains(&name) || self.repository_owners.contains(&name)
        });
        account
            && route.environment().is_none_or(|(repository, environment)| {
                self.environments.contains(&(repository.key(), environment.to_ascii_lowercase()))
            })
    }

    /// Whether a repository of this name can be there.
    pub(crate) fn is_declared(&self, full_name: &str) -> bool {
        !self.lists_repositories() || self.repositories.contains_key(&full_name.to_ascii_lowercase())
    }

    pub(crate) fn lists_repositories(&self) -> bool {
        self.strict || !self.repositories.is_empty()
    }

    /// What is to be said of a repository.
    pub(crate) fn facts(&self, repository: &FullName) -> Facts {
        self.facts.get(&repository.key()).cloned().unwrap_or_default()
    }

    /// Whose token it is.
    pub(crate) fn owner(&self, token: &str) -> &str {
        let owner = self.token_owners.get(token).or(self.first_user.as_ref());
        owner.map_or("octocat", String::as_str)
    }

    /// Who sees a repository: all are private that were not declared otherwise.
    pub(crate) fn visibility(&self, repository: &FullName) -> Visibility {
        self.repositories.get(&repository.key()).copied().unwrap_or_default()
    }

    /// Whether a repository is hidden from those without access, as an internal one is, too.
    pub(crate) fn is_private(&self, repository: &FullName) -> bool {
        self.visibility(repository) != Visibility::Public
    }
}

impl FullName {
    /// `owner/name` in lower case.
    pub(crate) fn key(&self) -> String {
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
