//! Accounts, their repositories, and the environments and properties of these, for patterns over many stores.

use super::look_up;
use crate::access::RepositoryId;
use crate::answer::RepositoryRef;
use crate::error::Error;
use crate::operation::{Action, Operation, Resource};
use crate::owner::{Environment, Organization, Repository};
use crate::page::{Page, PageRequest};
use crate::printable;
use crate::put_body::Body;
use crate::request::Request;
use crate::segment::Segment;
use serde::{Deserialize, Deserializer};
use std::fmt;

/// A user or an organization, by its login.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Account(Segment);

/// An organization in GitHub's answer.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[non_exhaustive]
pub struct OrganizationRef {
    /// Its id.
    pub id: u64,
    /// Its login.
    #[serde(deserialize_with = "printable::deserialize_name")]
    pub login: String,
}

/// An environment in GitHub's answer.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[non_exhaustive]
pub struct EnvironmentRef {
    /// Its id.
    pub id: u64,
    /// Its name, exactly as GitHub sends it. [`Repository::environment`] checks it.
    pub name: String,
}

/// The custom properties of one repository.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[non_exhaustive]
pub struct RepositoryProperties {
    /// The id of the repository.
    pub repository_id: RepositoryId,
    /// `owner/name`.
    #[serde(deserialize_with = "printable::deserialize_name")]
    pub repository_full_name: String,
    /// Its properties.
    pub properties: Vec<Property>,
}

/// A custom property with its value.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[non_exhaustive]
pub struct Property {
    /// Its name.
    #[serde(rename = "property_name")]
    pub name: String,
    /// Its value, several values for a multi-select property, or no value if it is not set.
    #[serde(rename = "value", deserialize_with = "values")]
    pub values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Values {
    Many(Vec<String>),
    OneOrNone(Option<String>),
}

fn values<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(match Values::deserialize(deserializer)? {
        Values::Many(values) => values,
        Values::OneOrNone(value) => value.into_iter().collect(),
    })
}

impl Account {
    /// Creates the account `login`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`], the same as for [`Repository::new`].
    pub fn new(login: impl Into<String>) -> Result<Self, Error> {
        Ok(Self(Segment::owner("owner", login)?))
    }

    /// Returns the login.
    pub fn login(&self) -> &str {
        self.0.as_str()
    }

    /// Lists the account's public repositories (`GET /users/{username}/repos`).
    pub fn repositories(&self, page: PageRequest) -> Request<Page<RepositoryRef>> {
        page.first(Operation::new(Action::ListRepositories, Resource::Account(self.clone())))
    }

    /// Lists the repositories that the GitHub App's installation at this account has access to (`GET
    /// /installation/repositories`). GitHub answers only installation tokens.
    pub fn installation_repositories(&self, page: PageRequest) -> Request<Page<RepositoryRef>> {
        let resource = Resource::Installation(self.clone());
        page.first(Operation::new(Action::ListInstallationRepositories, resource))
    }
}

/// Writes the login.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.login())
    }
}

impl Organization {
    /// Gets the organization: its id and its login in GitHub's spelling (`GET /orgs/{org}`).
    pub fn look_up(&self) -> Request<OrganizationRef> {
        look_up(Action::GetOrganization, Resource::Organization(self.clone()))
    }

    /// Lists the repositories that the token can see (`GET /orgs/{org}/repos`).
    pub fn repositories(&self, page: PageRequest) -> Request<Page<RepositoryRef>> {
        page.first(Operation::new(Action::ListRepositories, Resource::Organization(self.clone())))
    }

    /// Lists the values of the custom properties of all repositories (`GET /orgs/{org}/properties/values`).
    pub fn property_values(&self, page: PageRequest) -> Request<Page<RepositoryProperties>> {
        page.first(Operation::new(Action::ListPropertyValues, Resource::Organization(self.clone())))
    }
}

impl Repository {
    /// Gets the repository: its id and its name in GitHub's spelling (`GET /repos/{owner}/{repo}`).
    pub fn look_up(&self) -> Request<RepositoryRef> {
        look_up(Action::GetRepository, Resource::Repository(self.clone()))
    }

    /// Lists the environments (`GET /repos/{owner}/{repo}/environments`).
    pub fn environments(&self, page: PageRequest) -> Request<Page<EnvironmentRef>> {
        page.first(Operation::new(Action::ListEnvironments, Resource::Repository(self.clone())))
    }
}

impl RepositoryId {
    /// Gets the repository under its current name (`GET /repositories/{repository_id}`, the target of
    /// GitHub's redirects).
    pub fn look_up(self) -> Request<RepositoryRef> {
        look_up(Action::GetRepository, Resource::RepositoryId(self))
    }
}

impl Environment {
    /// Gets the environment (`GET /repos/{owner}/{repo}/environments/{environment_name}`).
    pub fn look_up(&self) -> Request<EnvironmentRef> {
        look_up(Action::GetEnvironment, Resource::Environment(self.clone()))
    }

    /// Creates the environment, without protection rules (`PUT
    /// /repos/{owner}/{repo}/environments/{environment_name}`).
    ///
    /// The same request replaces the settings of an existing environment, so get it first.
    pub fn create(&self) -> Request<EnvironmentRef> {
        look_up(Action::PutEnvironment, Resource::Environment(self.clone())).with_body(Body::NewEnvironment)
    }
}
