//! Listings of repositories, and their topics and custom properties.

use crate::api::answer::{Refusal, json, put};
use crate::api::call::Call;
use crate::api::full_repository;
use crate::api::listing::{self, query};
use crate::api::route::{RepositoriesOf, Route};
use crate::api::store::FullName;
use crate::credential::organization_policy::SSO;
use crate::credential::token::Kind;
use crate::world::World;
use crate::world::declarations::PropertyValue;
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

impl World {
    /// Answers `GET /orgs/{org}/repos`, `GET /users/{username}/repos` and `GET /user/repos`.
    pub(crate) fn repositories_answer(&mut self, call: &Call<'_>, of: &RepositoriesOf) -> Response<Bytes> {
        let (owner, path) = match of {
            RepositoriesOf::Caller => (None, "/user/repos".to_owned()),
            RepositoriesOf::Organization(organization) => {
                (Some(organization), format!("/organizations/{}/repos", self.organizations.id(organization)))
            }
            RepositoriesOf::User(login) => (Some(login), format!("/user/{}/repos", self.user_id(login))),
        };
        let of_owner = |name: &FullName| owner.is_none_or(|owner| owner.eq_ignore_ascii_case(&name.owner));
        let names = self.seen_repositories(call).into_iter().filter(of_owner);
        let names: Vec<FullName> = names.filter(|name| self.is_of_type(call, name)).collect();
        let is_whole = *of == RepositoriesOf::Caller;
        let items = names.iter().map(|name| self.listed_repository(call, name, is_whole)).collect();
        let mut answer = listing::array(call, &path, items);
        if *of == RepositoriesOf::Caller {
            self.put_partial_results(call, &mut answer);
        }
        answer
    }

    /// Names the organizations whose repositories are omitted, because the token is not authorized for them
    /// (Authenticating to the REST API, "Authorizing personal access tokens for single sign-on").
    fn put_partial_results(&mut self, call: &Call<'_>, answer: &mut Response<Bytes>) {
        let is_classic = self.authenticate(call).is_ok_and(|token| token.kind == Kind::Classic);
        let all = self.repositories.all().filter_map(|(name, _)| FullName::split(name));
        let owners: BTreeSet<String> = all.map(|name| name.owner.to_ascii_lowercase()).collect();
        let closed =
            |owner: &String| self.declarations.policy(owner).is_some_and(|policy| policy.enforces_saml);
        let closed: Vec<String> = owners.into_iter().filter(closed).collect();
        if is_classic && !closed.is_empty() {
            let ids = closed.iter().map(|owner| self.organizations.id(owner).to_string());
            let ids = ids.collect::<Vec<_>>().join(",");
            put(answer.headers_mut(), SSO, &format!("partial-results; organizations={ids}"));
        }
    }

    /// Answers `GET /installation/repositories`.
    pub(crate) fn installation_repositories_answer(
        &mut self,
        call: &Call<'_>,
    ) -> Result<Response<Bytes>, Refusal> {
        let token = self.authenticate(call)?;
        if token.kind != Kind::Installation {
            return Err(Refusal::new(StatusCode::FORBIDDEN, NO_INSTALLATION));
        }
        let selection = token.repository_selection();
        let names = self.seen_repositories(call).into_iter();
        let reached: Vec<FullName> = names
            .filter(|name| {
                let token = self.authenticate(call);
                token.is_ok_and(|token| token.reaches(&Route::Repository(name.clone())))
            })
            .collect();
        let items = reached.iter().map(|name| self.listed_repository(call, name, true)).collect();
        let more = [("repository_selection".to_owned(), selection.into())];
        Ok(listing::answer_with(
            call,
            "/installation/repositories",
            "repositories",
            items,
            more.into_iter().collect(),
        ))
    }

    /// Answers `GET /orgs/{org}/properties/values`.
    pub(crate) fn organization_properties_answer(
        &mut self,
        call: &Call<'_>,
        organization: &str,
    ) -> Response<Bytes> {
        let path = format!("/organizations/{}/properties/values", self.organizations.id(organization));
        let names = self.seen_repositories(call).into_iter();
        let names: Vec<FullName> =
            names.filter(|name| name.owner.eq_ignore_ascii_case(organization)).collect();
        let values = |name: &FullName| {
            json!({
                "repository_id": self.repositories.id(&name.joined()),
                "repository_name": name.name,
                "repository_full_name": name.joined(),
                "properties": property_values(self, name),
            })
        };
        let items = names.iter().map(values).collect();
        listing::array(call, &path, items)
    }

    /// Answers `GET /repos/{owner}/{repo}/properties/values`.
    pub(crate) fn repository_properties_answer(&self, repository: &FullName) -> Response<Bytes> {
        json(StatusCode::OK, &property_values(self, repository).into())
    }

    /// Answers `GET /repos/{owner}/{repo}/topics`.
    pub(crate) fn topics_answer(&self, repository: &FullName) -> Response<Bytes> {
        json(StatusCode::OK, &json!({ "names": self.declarations.facts(repository).topics }))
    }

    /// Lists the repositories that were declared or named in a request and that the caller may see.
    pub(crate) fn seen_repositories(&self, call: &Call<'_>) -> Vec<FullName> {
        let seen = |name: &FullName| {
            let route = Route::Repository(name.clone());
            let token = self.authenticate(call);
            self.declarations.new_name(name).is_none()
                && self.declarations.exists(&route)
                && token.is_ok_and(|token| self.permit(token, &route).is_ok())
        };
        self.repositories.all().filter_map(|(name, _)| FullName::split(name)).filter(seen).collect()
    }

    /// Returns whether the parameters `type` and `visibility` select the repository. Types of membership
    /// select all.
    fn is_of_type(&self, call: &Call<'_>, name: &FullName) -> bool {
        let is_fork = self.declarations.facts(name).is_fork;
        let is_private = self.declarations.is_private(name);
        ["type", "visibility"].into_iter().filter_map(|parameter| query(call, parameter)).all(|word| {
            match word {
                "forks" => is_fork,
                "private" => is_private,
                "public" => !is_private,
                "sources" => !is_fork,
                _ => true,
            }
        })
    }

    /// Renders a `minimal-repository`, or a `full-repository` where GitHub lists those.
    fn listed_repository(&mut self, call: &Call<'_>, name: &FullName, is_whole: bool) -> Value {
        let id = self.repositories.id(&name.joined());
        let mut body = self.rendered_repository(&call.base_url(), id, name);
        if is_whole {
            full_repository::complete(&mut body, call);
        }
        body
    }
}

fn property_values(world: &World, repository: &FullName) -> Vec<Value> {
    let properties = world.declarations.facts(repository).properties.into_iter();
    properties.map(|(name, value)| json!({ "property_name": name, "value": value.json() })).collect()
}

impl PropertyValue {
    fn json(&self) -> Value {
        match self {
            Self::One(text) => text.as_str().into(),
            Self::Several(texts) => texts.as_slice().into(),
        }
    }
}

/// Renders the field `custom_properties` of a repository.
pub(crate) fn custom_properties(world: &World, repository: &FullName) -> Map<String, Value> {
    let properties = world.declarations.facts(repository).properties.into_iter();
    properties.map(|(name, value)| (name, value.json())).collect()
}

const NO_INSTALLATION: &str = "You must authenticate with an installation access token in order to list repositories for an installation.";
