//! The stores of each owner.

use crate::family::Family;
use crate::owner::{Environment, Organization, Repository, User};
use crate::store::Store;

impl Repository {
    /// Returns this repository's secrets of `family`.
    ///
    /// A repository's secrets have no selected repositories, so the request does not exist:
    ///
    /// ```compile_fail
    /// # use octoseal_model::*;
    /// # let name = SecretName::new("A")?;
    /// let store = Repository::new("octo", "hello")?.store(Family::Actions);
    /// store.selected_repositories(&name, PageRequest::default());
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// An organization's secrets have them:
    ///
    /// ```
    /// # use octoseal_model::*;
    /// # let name = SecretName::new("A")?;
    /// let store = Organization::new("acme")?.store(Family::Actions);
    /// let request = store.selected_repositories(&name, PageRequest::default());
    /// # drop(request);
    /// # Ok::<(), Error>(())
    /// ```
    pub fn store(&self, family: Family) -> Store<Self> {
        Store::new(self.clone(), family)
    }
}

impl Environment {
    /// Returns this environment's secrets. Only Actions reads environments, so there is no family to choose:
    ///
    /// ```compile_fail
    /// # use octoseal_model::*;
    /// Repository::new("octo", "hello")?.environment("prod")?.store(Family::Dependabot);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// ```
    /// # use octoseal_model::*;
    /// let store = Repository::new("octo", "hello")?.environment("prod/eu")?.store();
    /// assert_eq!(store.to_string(), "repos/octo/hello/environments/prod%2Feu");
    /// # Ok::<(), Error>(())
    /// ```
    pub fn store(&self) -> Store<Self> {
        Store::new(self.clone(), Family::Actions)
    }
}

impl Organization {
    /// Returns this organization's secrets of `family`.
    pub fn store(&self, family: Family) -> Store<Self> {
        Store::new(self.clone(), family)
    }
}

impl User {
    /// Returns the user's own secrets, which only Codespaces has.
    pub fn store(&self) -> Store<Self> {
        Store::new(*self, Family::Codespaces)
    }
}
