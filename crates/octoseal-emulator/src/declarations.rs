//! What a test says about its world, where the default (everything exists, every token is good) does not do.

use crate::quota::Quota;
use crate::route::Route;
use crate::store::{FullName, canonical};
use crate::world::World;
use percent_encoding::percent_decode_str;
use std::collections::{BTreeMap, BTreeSet};

/// All that was declared; names and paths in lower case.
#[derive(Default)]
pub(crate) struct Declarations {
    bad_tokens: BTreeSet<String>,
    grants: BTreeMap<String, BTreeSet<String>>,
    missing: BTreeSet<String>,
    renamed: BTreeMap<String, String>,
    repositories: BTreeMap<String, Privacy>,
    saml: BTreeSet<String>,
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Privacy {
    Private,
    Public,
}

/// Declarations. Each may come at any time and holds from then on.
impl World {
    /// Declares a private repository, such as `octo/hello`. From the first one on, only declared repositories exist:
    /// others are 404, and their ids cannot be selected.
    pub fn repository(&mut self, full_name: &str) -> &mut Self {
        self.declare_repository(full_name, Privacy::Private)
    }

    /// Declares a public repository; otherwise as [`repository`](Self::repository).
    pub fn public_repository(&mut self, full_name: &str) -> &mut Self {
        self.declare_repository(full_name, Privacy::Public)
    }

    /// Gives a repository this id, instead of the one derived from its name.
    pub fn repository_id(&mut self, full_name: &str, id: u64) -> &mut Self {
        self.repositories.insert(full_name, id);
        self
    }

    /// Declares that what has this path is not there, nor anything below it: `repos/octo/gone`, `orgs/acme`,
    /// `repos/octo/hello/environments/prod`.
    pub fn missing(&mut self, path: &str) -> &mut Self {
        let decoded = |segment| canonical(&percent_decode_str(segment).decode_utf8_lossy());
        let path: Vec<String> = path.split('/').map(decoded).collect();
        self.declarations.missing.insert(path.join("/"));
        self
    }

    /// Declares that a repository has a new name: requests to the old one are redirected by 301 and 307.
    pub fn renamed(&mut self, old_full_name: &str, new_full_name: &str) -> &mut Self {
        self.declarations.renamed.insert(old_full_name.to_lowercase(), new_full_name.to_owned());
        self
    }

    /// Declares what a token may do: scopes such as `admin:org` of a classic one, permissions such as `secrets:write`
    /// of any other. Its prefix says which it is (`github_pat_`, `ghu_`, `ghs_`; all else is classic).
    pub fn token(&mut self, token: &str, grants: &[&str]) -> &mut Self {
        let grants = grants.iter().map(|grant| (*grant).to_owned()).collect();
        self.declarations.grants.insert(token.to_owned(), grants);
        self
    }

    /// Declares that a token is unknown to GitHub, expired or revoked: 401.
    pub fn bad_token(&mut self, token: &str) -> &mut Self {
        self.declarations.bad_tokens.insert(token.to_owned());
        self
    }

    /// Declares that an organization enforces SAML and has authorized no classic token: 403 with `X-GitHub-SSO`.
    pub fn saml(&mut self, organization: &str) -> &mut Self {
        self.declarations.saml.insert(organization.to_lowercase());
        self
    }

    /// Sets the primary rate limit, in requests an hour; none are used yet.
    pub fn rate_limit(&mut self, requests: u64) -> &mut Self {
        self.quota = Quota::new(requests);
        self
    }

    fn declare_repository(&mut self, full_name: &str, privacy: Privacy) -> &mut Self {
        self.repositories.id(full_name);
        self.declarations.repositories.insert(full_name.to_lowercase(), privacy);
        self
    }
}

impl Declarations {
    pub(crate) fn is_bad_token(&self, token: &str) -> bool {
        self.bad_tokens.contains(token)
    }

    pub(crate) fn grants(&self, token: &str) -> Option<&BTreeSet<String>> {
        self.grants.get(token)
    }

    pub(crate) fn enforces_saml(&self, organization: &str) -> bool {
        self.saml.contains(&organization.to_lowercase())
    }

    /// The new name of a repository that was renamed.
    pub(crate) fn new_name(&self, repository: &FullName) -> Option<&str> {
        self.renamed.get(&repository.key()).map(String::as_str)
    }

    /// Whether all that the path names is there.
    pub(crate) fn exists(&self, route: &Route) -> bool {
        let path = match route {
            Route::Repository(repository) => repository.to_string(),
            Route::Store(store, _) => store.to_string(),
            Route::RateLimit | Route::User => return true,
        };
        let below = |missing: &String| path.strip_prefix(missing.as_str()).is_some_and(ends_segment);
        let declared = route.repository().is_none_or(|repository| self.is_declared(&repository.key()));
        declared && !self.missing.iter().any(below)
    }

    /// Whether a repository of this name can be there.
    pub(crate) fn is_declared(&self, full_name: &str) -> bool {
        !self.lists_repositories() || self.repositories.contains_key(&full_name.to_lowercase())
    }

    pub(crate) fn lists_repositories(&self) -> bool {
        !self.repositories.is_empty()
    }

    /// Whether a repository is private, as all are that were not declared public.
    pub(crate) fn is_private(&self, repository: &FullName) -> bool {
        self.repositories.get(&repository.key()) != Some(&Privacy::Public)
    }
}

impl FullName {
    /// `owner/name` in lower case.
    fn key(&self) -> String {
        self.joined().to_lowercase()
    }

    /// `owner/name` as it was spelled.
    pub(crate) fn joined(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }
}

fn ends_segment(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}
