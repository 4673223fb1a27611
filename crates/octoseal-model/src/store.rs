//! A store of secrets and the operations on it.

use crate::access::{Access, RepositoryId, RepositoryIds};
use crate::answer::{RepositoryRef, Secret, StoreKey, Written};
use crate::body::{Body, IdForm};
use crate::name::SecretName;
use crate::owner::{Owner, Repository, SelectsRepositories};
use crate::page::{Page, PageRequest};
use crate::request::{Read, Request, json, nothing, written};
use crate::sealed_value::SealedValue;
use http::Method;
use std::fmt;

/// The part of GitHub that reads the secrets.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Family {
    /// GitHub Actions: workflows.
    Actions,
    /// Copilot's cloud agents.
    Agents,
    /// Codespaces.
    Codespaces,
    /// Dependabot.
    Dependabot,
}

/// The secrets of one family that one owner keeps; it prints as its path.
///
/// Two stores are equal if GitHub takes their paths for the same: ASCII case does not count.
///
/// It comes from its owner: [`Repository::store`], [`Environment::store`](crate::Environment::store),
/// [`Organization::store`](crate::Organization::store) or [`User::store`](crate::User::store); from text it is an
/// [`AnyStore`](crate::AnyStore).
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Store<O> {
    owner: O,
    family: Family,
}

const SECRET: &str = "secrets/{secret_name}";
const SELECTED: &str = "secrets/{secret_name}/repositories";
const ONE_SELECTED: &str = "secrets/{secret_name}/repositories/{repository_id}";

impl Family {
    /// All four, in the order of their names.
    pub const ALL: [Self; 4] = [Self::Actions, Self::Agents, Self::Codespaces, Self::Dependabot];

    /// GitHub's word for it in paths.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Agents => "agents",
            Self::Codespaces => "codespaces",
            Self::Dependabot => "dependabot",
        }
    }
}

impl<O: Owner> Store<O> {
    pub(crate) fn new(owner: O, family: Family) -> Self {
        Self { owner, family }
    }

    /// Returns the owner.
    pub fn owner(&self) -> &O {
        &self.owner
    }

    /// Returns the family.
    pub fn family(&self) -> Family {
        self.family
    }

    /// Lists the secrets, without their values.
    pub fn list(&self, page: PageRequest) -> Request<Page<Secret>> {
        page.first(&self.under("secrets"), self.template("secrets")).of(self.owner.account())
    }

    /// Gets the key to seal values to.
    pub fn public_key(&self) -> Request<StoreKey> {
        self.request(Method::GET, self.under("secrets/public-key"), "secrets/public-key", json)
    }

    /// Gets one secret, without its value.
    pub fn get(&self, name: &SecretName) -> Request<Secret> {
        self.request(Method::GET, self.secret(name), SECRET, json)
    }

    /// Creates a secret or replaces its value; `access` says who may read it from now on.
    ///
    /// A repository's write has no visibility to give:
    ///
    /// ```compile_fail
    /// # use octoseal_model::*;
    /// # fn write(store: Store<Repository>, name: &SecretName, value: &SealedValue) {
    /// let request = store.put(name, value, Visibility::Private);
    /// # }
    /// ```
    ///
    /// ```
    /// # use octoseal_model::*;
    /// # fn write(store: Store<Repository>, name: &SecretName, value: &SealedValue) {
    /// let request = store.put(name, value, ());
    /// # }
    /// ```
    pub fn put(&self, name: &SecretName, value: &SealedValue, access: O::Access) -> Request<Written> {
        let readers = access.into_readers();
        // Only a write that names a visibility and selects repositories for Dependabot differs.
        let is_text = self.family == Family::Dependabot && readers.visibility.is_some();
        let ids = if is_text { IdForm::TextAtFirst } else { IdForm::Number };
        let body = Body::Secret { value: value.clone(), readers, ids };
        self.request(Method::PUT, self.secret(name), SECRET, written).with_body(body)
    }

    /// Deletes a secret.
    pub fn delete(&self, name: &SecretName) -> Request<()> {
        self.request(Method::DELETE, self.secret(name), SECRET, nothing)
    }

    fn request<R>(&self, method: Method, target: String, template: &str, read: Read<R>) -> Request<R> {
        Request::new(method, target, self.template(template), read).of(self.owner.account())
    }

    fn template(&self, rest: &str) -> String {
        format!("/{}/{rest}", O::template(self.family))
    }

    fn under(&self, rest: &str) -> String {
        format!("/{self}/{rest}")
    }

    fn secret(&self, name: &SecretName) -> String {
        self.under(&format!("secrets/{name}"))
    }
}

impl<O: SelectsRepositories> Store<O> {
    /// Lists the repositories that may read a secret.
    pub fn selected_repositories(
        &self,
        name: &SecretName,
        page: PageRequest,
    ) -> Request<Page<RepositoryRef>> {
        page.first(&self.selected(name), self.template(SELECTED)).of(self.owner.account())
    }

    /// Lets exactly these repositories read a secret.
    pub fn set_selected_repositories(&self, name: &SecretName, ids: impl Into<RepositoryIds>) -> Request<()> {
        self.request(Method::PUT, self.selected(name), SELECTED, nothing)
            .with_body(Body::SelectedRepositories(ids.into()))
    }

    /// Lets one more repository read a secret.
    pub fn add_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Request<()> {
        self.request(Method::PUT, self.one_selected(name, id), ONE_SELECTED, nothing)
    }

    /// Lets one repository no longer read a secret.
    pub fn remove_selected_repository(&self, name: &SecretName, id: RepositoryId) -> Request<()> {
        self.request(Method::DELETE, self.one_selected(name, id), ONE_SELECTED, nothing)
    }

    fn selected(&self, name: &SecretName) -> String {
        self.under(&format!("secrets/{name}/repositories"))
    }

    fn one_selected(&self, name: &SecretName, id: RepositoryId) -> String {
        format!("{}/{id}", self.selected(name))
    }
}

impl Store<Repository> {
    /// Lists the organization's secrets that this repository may read.
    ///
    /// `None` for Codespaces and Dependabot, for which GitHub has no such listing.
    pub fn organization_secrets(&self, page: PageRequest) -> Option<Request<Page<Secret>>> {
        let listed = matches!(self.family, Family::Actions | Family::Agents);
        listed.then(|| {
            let first =
                page.first(&self.under("organization-secrets"), self.template("organization-secrets"));
            first.of(self.owner.account())
        })
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<O: Owner> fmt::Display for Store<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.owner.path(self.family))
    }
}

impl<O: Owner> fmt::Debug for Store<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({self})")
    }
}
