//! The steps of handling one request.

use crate::api::answer::{Refusal, put, without_body};
use crate::api::call::{Call, ENTERPRISE_PREFIX, Version};
use crate::api::documentation_url::documentation_url;
use crate::api::kind::Kind;
use crate::api::route::{Operation, Route};
use crate::api::store::Store;
use crate::api::{render, root, router, support};
use crate::credential::permission;
use crate::world::World;
use bytes::Bytes;
use http::{HeaderName, Method, Request, Response};
use std::time::{SystemTime, UNIX_EPOCH};

impl World {
    /// Answers a request as GitHub would at this time.
    pub fn handle(&mut self, now: SystemTime, request: &Request<Bytes>) -> Response<Bytes> {
        self.handle_among(1, now, request)
    }

    /// Handles a request like [`handle`](Self::handle) while `in_flight` requests of the same token are in
    /// flight, including this one.
    pub fn handle_among(
        &mut self,
        in_flight: u64,
        now: SystemTime,
        request: &Request<Bytes>,
    ) -> Response<Bytes> {
        let at = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(at.as_secs()).unwrap_or(i64::MAX);
        let segments = self.segments(request);
        let route = segments.as_ref().and_then(|segments| router::route(request.method(), segments));
        let is_emulated = segments.is_none() || route.is_some();
        let call = Call { at, in_flight, is_emulated, now, request, route };
        self.requests += 1;
        self.not_emulated += u64::from(!is_emulated);
        let refused = |refusal: Refusal| refusal.answer(documentation_url(call.route.as_ref()));
        let answer = self.answer(&call).unwrap_or_else(refused);
        let mut answer = self.validate(&call, answer);
        self.put_headers(&call, &mut answer);
        if request.method() == Method::HEAD { without_body(answer) } else { answer }
    }

    /// Finds the operation of a request.
    pub(crate) fn locate<B>(&self, request: &Request<B>) -> Option<Route> {
        router::route(request.method(), &self.segments(request)?)
    }

    /// Returns the path's segments, with numeric ids replaced by names, or `None` if GitHub has no such path.
    fn segments<B>(&self, request: &Request<B>) -> Option<Vec<String>> {
        let path = request.uri().path();
        let enterprise = path.starts_with(ENTERPRISE_PREFIX);
        let path = if enterprise { &path[ENTERPRISE_PREFIX.len() - 1..] } else { path };
        let mut segments = router::segments(path)?;
        let named = |kind: &str, name: &str| vec![kind.to_owned(), name.to_owned()];
        let names = match segments.as_slice() {
            [kind, id, ..] if kind == "repositories" => {
                let (owner, name) = self.repositories.name(id.parse().ok()?)?.split_once('/')?;
                vec!["repos".to_owned(), owner.to_owned(), name.to_owned()]
            }
            [kind, id, ..] if kind == "organizations" => {
                named("orgs", self.organizations.name(id.parse().ok()?)?)
            }
            [kind, id, ..] if kind == "user" && id.parse::<u64>().is_ok() => {
                named("users", self.users.name(id.parse().ok()?)?)
            }
            _ => return Some(segments),
        };
        segments.splice(..2, names);
        Some(segments)
    }

    fn answer(&mut self, call: &Call<'_>) -> Result<Response<Bytes>, Refusal> {
        call.require_user_agent()?;
        let version = call.version()?;
        self.authenticate(call)?;
        self.check_lag(call)?;
        self.spend(call)?;
        let Some(route) = &call.route else {
            return Err(if call.is_emulated {
                Refusal::not_found()
            } else {
                Refusal::not_emulated(call.request)
            });
        };
        if let Some(redirect) = self.redirect(call) {
            return Ok(redirect);
        }
        if !self.declarations.exists(route) {
            return Err(Refusal::not_found());
        }
        self.permit(self.authenticate(call)?, route)?;
        self.permit_write(call, route)?;
        self.meet(route);
        match route {
            Route::App(operation) => self.app_route_answer(call, operation),
            Route::Environments(repository, operation) => {
                self.environment_answer(call, repository, operation)
            }
            Route::GraphQl => self.graphql_answer(call),
            Route::InstallationRepositories => self.installation_repositories_answer(call),
            Route::Organization(organization) => Ok(self.organization_answer(call, organization)),
            Route::OrganizationProperties(organization) => {
                Ok(self.organization_properties_answer(call, organization))
            }
            Route::RateLimit => self.rate_limit_answer(call, version),
            Route::Repositories(of) => Ok(self.repositories_answer(call, of)),
            Route::Repository(repository) => Ok(self.repository_answer(call, repository)),
            Route::RepositoryProperties(repository) => Ok(self.repository_properties_answer(repository)),
            Route::RepositoryTopics(repository) => Ok(self.topics_answer(repository)),
            Route::Root => Ok(root::answer(call, version)),
            Route::Store(store, kind, operation) => {
                self.perform_in_time(call, version, store, *kind, operation)
            }
            Route::User => Ok(self.user_answer(call)),
            Route::Versions => Ok(support::versions_answer()),
        }
    }

    /// Remembers the names in a path, so that listings include them.
    fn meet(&mut self, route: &Route) {
        if let Some(repository) = route.repository() {
            self.repositories.id(&repository.joined());
        }
        if let Some(organization) = route.organization() {
            self.organizations.id(organization);
        }
        if let Some((repository, environment)) = route.environment() {
            self.environments.id(&format!("{}/{environment}", repository.joined()));
        }
    }

    pub(crate) fn perform(
        &mut self,
        call: &Call<'_>,
        version: Version,
        store: &Store,
        kind: Kind,
        operation: &Operation,
    ) -> Result<Response<Bytes>, Refusal> {
        match operation {
            Operation::AddSelected(name, id) => self.add_selected(store, kind, name, id),
            Operation::Create => self.create_variable(call, store),
            Operation::Delete(name) => self.delete_item(store, kind, name),
            Operation::Get(name) => self.item_answer(call, store, kind, name),
            Operation::List => Ok(self.list_items(call, store, kind)),
            Operation::ListSelected(name) => self.list_selected(call, store, kind, name),
            Operation::OrganizationItems => Ok(self.list_organization_items(call, store, kind)),
            Operation::PublicKey => Ok(self.public_key_answer(store)),
            Operation::Put(name) => self.put_secret(call, version, store, name),
            Operation::RemoveSelected(name, id) => self.remove_selected(store, kind, name, id),
            Operation::SetSelected(name) => self.set_selected(call, store, kind, name),
            Operation::Update(name) => self.update_variable(call, store, name),
        }
    }

    /// Sets the headers of every answer.
    fn put_headers(&mut self, call: &Call<'_>, answer: &mut Response<Bytes>) {
        let headers = answer.headers_mut();
        let version = call.version().unwrap_or(Version::November2022);
        for (name, value) in [
            ("date", render::http_date(call.now)),
            ("x-github-api-version-selected", version.date().to_owned()),
            ("x-github-media-type", "github.v3; format=json".to_owned()),
            ("x-github-request-id", self.request_id(call.now)),
        ] {
            put(headers, HeaderName::from_static(name), &value);
        }
        self.put_quota_headers(call, headers);
        if let Ok(token) = self.authenticate(call) {
            permission::put_headers(headers, token, call.route.as_ref());
        }
    }
}
