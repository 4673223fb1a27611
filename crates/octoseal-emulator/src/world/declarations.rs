//! Declarations, and their effect on a request.

use crate::api::route::{RepositoriesOf, Route};
use crate::api::store::FullName;
use crate::credential::app::Apps;
use crate::credential::organization_policy::Policy;
use std::collections::{BTreeMap, BTreeSet};

/// All declarations. Names and paths are in lower case.
#[derive(Clone, Default)]
pub(crate) struct Declarations {
    pub(crate) apps: Apps,
    pub(crate) bad_tokens: BTreeSet<String>,
    /// The repository's full name and the name of the environment.
    pub(crate) environments: BTreeSet<(String, String)>,
    /// The declared properties of a repository, whether or not the repository itself is declared.
    pub(crate) facts: BTreeMap<String, Facts>,
    /// The login, spelled as it was declared.
    pub(crate) first_user: Option<String>,
    /// The paths of stores that accept no further secret.
    pub(crate) full: BTreeSet<String>,
    pub(crate) grants: BTreeMap<String, BTreeSet<String>>,
    pub(crate) known_tokens: BTreeSet<String>,
    pub(crate) missing: BTreeSet<String>,
    /// The logins of users and organizations.
    pub(crate) owners: BTreeSet<String>,
    /// The policies by organization.
    pub(crate) policies: BTreeMap<String, Policy>,
    pub(crate) renamed: BTreeMap<String, String>,
    pub(crate) repositories: BTreeMap<String, Visibility>,
    pub(crate) repository_owners: BTreeSet<String>,
    pub(crate) strict: bool,
    pub(crate) token_owners: BTreeMap<String, String>,
}

/// GitHub's field `visibility` of a repository.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum Visibility {
    Internal,
    #[default]
    Private,
    Public,
}

/// The declared properties of a repository.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) is_archived: bool,
    pub(crate) is_fork: bool,
    pub(crate) properties: BTreeMap<String, PropertyValue>,
    pub(crate) topics: BTreeSet<String>,
}

/// The value of a custom property: one text, or several if the property is a `multi_select`.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PropertyValue {
    /// One text: any text, an item of a list, `true` or `false`, or a URL.
    One(String),
    /// Several items of a list.
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

    /// Returns whether the token was declared invalid. A token that was created for an App can be, too.
    pub(crate) fn is_revoked(&self, token: &str) -> bool {
        self.bad_tokens.contains(token)
    }

    pub(crate) fn grants(&self, token: &str) -> Option<&BTreeSet<String>> {
        self.grants.get(token)
    }

    pub(crate) fn policy(&self, organization: &str) -> Option<&Policy> {
        self.policies.get(&organization.to_ascii_lowercase())
    }

    /// Returns the new name of a repository that was renamed.
    pub(crate) fn new_name(&self, repository: &FullName) -> Option<&str> {
        self.renamed.get(&repository.key()).map(String::as_str)
    }

    /// Returns whether everything in the path exists.
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

    /// Returns whether the account or the environment of a path was declared.
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

    /// Returns whether a repository of this name can exist.
    pub(crate) fn is_declared(&self, full_name: &str) -> bool {
        !self.lists_repositories() || self.repositories.contains_key(&full_name.to_ascii_lowercase())
    }

    pub(crate) fn lists_repositories(&self) -> bool {
        self.strict || !self.repositories.is_empty()
    }

    /// Returns the declared properties of a repository.
    pub(crate) fn facts(&self, repository: &FullName) -> Facts {
        self.facts.get(&repository.key()).cloned().unwrap_or_default()
    }

    /// Returns the user of a token.
    pub(crate) fn owner(&self, token: &str) -> &str {
        let owner = self.token_owners.get(token).or(self.first_user.as_ref());
        owner.map_or("octocat", String::as_str)
    }

    /// Returns the visibility of a repository. The default is private.
    pub(crate) fn visibility(&self, repository: &FullName) -> Visibility {
        self.repositories.get(&repository.key()).copied().unwrap_or_default()
    }

    /// Returns whether a repository is hidden from tokens without access, as private and internal ones are.
    pub(crate) fn is_private(&self, repository: &FullName) -> bool {
        self.visibility(repository) != Visibility::Public
    }
}

impl FullName {
    /// Returns `owner/name` in lower case.
    pub(crate) fn key(&self) -> String {
        self.joined().to_ascii_lowercase()
    }

    /// Reads `owner/name`.
    pub(crate) fn split(joined: &str) -> Option<Self> {
        let (owner, name) = joined.split_once('/')?;
        Some(Self { owner: owner.to_owned(), name: name.to_owned() })
    }

    /// Returns `owner/name` as it was spelled.
    pub(crate) fn joined(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }
}

fn ends_segment(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}
