//! Declarations of exceptions to the default world, in which everything exists and every token is valid.

use crate::api::store::canonical;
use crate::credential::app::App;
use crate::credential::organization_policy::Policy;
use crate::world::World;
use crate::world::declarations::{Facts, PropertyValue, Visibility};
use percent_encoding::percent_decode_str;

/// Declarations. Each may be made at any time and holds from then on.
impl World {
    /// Declares a private repository, such as `octo/hello`. After the first declaration, only declared
    /// repositories exist: others are 404, and their ids cannot be selected.
    pub fn repository(&mut self, full_name: &str) -> &mut Self {
        self.declare_repository(full_name, Visibility::Private)
    }

    /// Declares a public repository, otherwise like [`repository`](Self::repository).
    pub fn public_repository(&mut self, full_name: &str) -> &mut Self {
        self.declare_repository(full_name, Visibility::Public)
    }

    /// Declares an internal repository, otherwise like [`repository`](Self::repository).
    pub fn internal_repository(&mut self, full_name: &str) -> &mut Self {
        self.declare_repository(full_name, Visibility::Internal)
    }

    /// Declares that a repository is a fork.
    pub fn fork(&mut self, full_name: &str) -> &mut Self {
        self.facts_mut(full_name).is_fork = true;
        self
    }

    /// Adds a topic to a repository.
    pub fn topic(&mut self, full_name: &str, topic: &str) -> &mut Self {
        self.facts_mut(full_name).topics.insert(topic.to_owned());
        self
    }

    /// Sets a custom property of a repository.
    pub fn property(&mut self, full_name: &str, name: &str, value: PropertyValue) -> &mut Self {
        self.facts_mut(full_name).properties.insert(name.to_owned(), value);
        self
    }

    /// Sets the id of a repository. The default is derived from its name.
    pub fn repository_id(&mut self, full_name: &str, id: u64) -> &mut Self {
        self.repositories.insert(full_name, id);
        self
    }

    /// Declares that this path and everything below it do not exist: `repos/octo/gone`, `orgs/acme`,
    /// `repos/octo/hello/environments/prod`.
    pub fn missing(&mut self, path: &str) -> &mut Self {
        self.declarations.missing.insert(decoded_path(path));
        self
    }

    /// Declares that a repository has a new name. Requests to the old one are redirected with 301 and 307.
    pub fn renamed(&mut self, old_full_name: &str, new_full_name: &str) -> &mut Self {
        self.declarations.renamed.insert(old_full_name.to_ascii_lowercase(), new_full_name.to_owned());
        self
    }

    /// Declares the permissions of a token: scopes such as `admin:org` for a classic token, permissions such
    /// as `secrets:write` for any other. The prefix decides the kind (`github_pat_`, `ghu_`, `ghs_`; all
    /// others are classic).
    pub fn token(&mut self, token: &str, grants: &[&str]) -> &mut Self {
        let grants = grants.iter().map(|grant| (*grant).to_owned()).collect();
        self.declarations.grants.insert(token.to_owned(), grants);
        self
    }

    /// Declares a token that may do whatever its kind can, for a [`strict`](Self::strict) world.
    pub fn known_token(&mut self, token: &str) -> &mut Self {
        self.declarations.known_tokens.insert(token.to_owned());
        self
    }

    /// Declares that a token is unknown to GitHub, expired or revoked: 401. Tokens that were created for an
    /// App can be, too.
    pub fn bad_token(&mut self, token: &str) -> &mut Self {
        self.declarations.bad_tokens.insert(token.to_owned());
        self
    }

    /// Declares that an organization enforces SAML and has authorized no classic token: 403 with `X-GitHub-SSO`.
    pub fn saml(&mut self, organization: &str) -> &mut Self {
        self.policy_mut(organization).enforces_saml = true;
        self
    }

    /// Declares that an organization has an IP allow list, and that the caller's address is not on it: 403.
    pub fn ip_allow_list(&mut self, organization: &str) -> &mut Self {
        self.policy_mut(organization).has_ip_allow_list = true;
        self
    }

    /// Declares that an organization forbids classic personal access tokens: 403.
    pub fn no_classic_tokens(&mut self, organization: &str) -> &mut Self {
        self.policy_mut(organization).forbids_classic_tokens = true;
        self
    }

    /// Declares that an organization accepts fine-grained tokens of at most `days` days, and that every token
    /// lives longer: 403.
    pub fn longest_token_days(&mut self, organization: &str, days: u64) -> &mut Self {
        self.policy_mut(organization).longest_token_days = Some(days);
        self
    }

    /// Declares that the store with this path, such as `repos/octo/hello/actions`, accepts no further secret:
    /// 422.
    pub fn full(&mut self, store: &str) -> &mut Self {
        self.declarations.full.insert(decoded_path(store));
        self
    }

    /// Declares a user. The first user owns every token without an owner. Without a user, `octocat` owns
    /// them.
    pub fn user(&mut self, login: &str) -> &mut Self {
        self.users.id(login);
        self.declarations.first_user.get_or_insert_with(|| login.to_owned());
        self.declarations.owners.insert(login.to_ascii_lowercase());
        self
    }

    /// Declares an organization, for a [`strict`](Self::strict) world.
    pub fn organization(&mut self, login: &str) -> &mut Self {
        self.organizations.id(login);
        self.declarations.owners.insert(login.to_ascii_lowercase());
        self
    }

    /// Sets the id of an organization. The default is derived from its name.
    pub fn organization_id(&mut self, login: &str, id: u64) -> &mut Self {
        self.organizations.insert(login, id);
        self
    }

    /// Declares an environment of a repository, for a [`strict`](Self::strict) world.
    pub fn environment(&mut self, full_name: &str, environment: &str) -> &mut Self {
        self.environments.id(&format!("{full_name}/{environment}"));
        let full_name = full_name.to_ascii_lowercase();
        self.declarations.environments.insert((full_name, environment.to_ascii_lowercase()));
        self
    }

    /// Declares that a repository is archived: reads work, writes are 403.
    pub fn archived(&mut self, full_name: &str) -> &mut Self {
        self.facts_mut(full_name).is_archived = true;
        self
    }

    /// Refuses everything that was not declared, from now on: owners, repositories and environments are 404,
    /// tokens are 401. The owner of a declared repository counts as declared.
    pub fn strict(&mut self) -> &mut Self {
        self.declarations.strict = true;
        self
    }

    /// Sets the user of a token, whom `GET /user` returns.
    pub fn token_owner(&mut self, token: &str, login: &str) -> &mut Self {
        self.users.id(login);
        self.declarations.known_tokens.insert(token.to_owned());
        self.declarations.token_owners.insert(token.to_owned(), login.to_owned());
        self
    }

    /// Declares a GitHub App. It replaces one with the same id.
    pub fn app(&mut self, app: App) -> &mut Self {
        self.declarations.apps.declare(app);
        self
    }

    fn declare_repository(&mut self, full_name: &str, visibility: Visibility) -> &mut Self {
        self.repositories.id(full_name);
        let owner = full_name.split('/').next().unwrap_or_default();
        self.declarations.repository_owners.insert(owner.to_ascii_lowercase());
        self.declarations.repositories.insert(full_name.to_ascii_lowercase(), visibility);
        self
    }

    fn policy_mut(&mut self, organization: &str) -> &mut Policy {
        self.declarations.policies.entry(organization.to_ascii_lowercase()).or_default()
    }

    fn facts_mut(&mut self, full_name: &str) -> &mut Facts {
        self.declarations.facts.entry(full_name.to_ascii_lowercase()).or_default()
    }
}

/// Returns a path with each segment in lower case, decoded and encoded once.
fn decoded_path(path: &str) -> String {
    let decoded = |segment| canonical(&percent_decode_str(segment).decode_utf8_lossy());
    path.split('/').map(decoded).collect::<Vec<String>>().join("/")
}
