//! The way of one request through the world.

use crate::api::answer::{Refusal, put, without_body};
use crate::api::call::{Call, ENTERPRISE_PREFIX, Version};
use crate::api::documentation_url::documentation_url;
use crate::api::route::{self, Operation, Route};
use crate::api::store::Store;
use crate::api::{render, support};
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

    /// As [`handle`](Self::handle), while so many requests of the same token are under way, this one included.
    pub fn handle_among(
        &mut self,
        in_flight: u64,
        now: SystemTime,
        request: &Request<Bytes>,
    ) -> Response<Bytes> {
        let at = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(at.as_secs()).unwrap_or(i64::MAX);
        let call = Call { at, in_flight, now, request, route: self.locate(request) };
        self.requests += 1;
        let refused = |refusal: Refusal| refusal.answer(documentation_url(call.route.as_ref()));
        let answer = self.answer(&call).unwrap_or_else(refused);
        let mut answer = self.validate(&call, answer);
        self.put_headers(&call, &mut answer);
        if request.method() == Method::HEAD { without_body(answer) } else { answer }
    }

    /// The operation that a request means; numeric forms of a path are read as the names they stand for.
    pub(crate) fn locate<B>(&self, request: &Request<B>) -> Option<Route> {
        let path = request.uri().path();
        let enterprise = path.starts_with(ENTERPRISE_PREFIX);
        let path = if enterprise { &path[ENTERPRISE_PREFIX.len() - 1..] } else { path };
        let mut segments = route::segments(path)?;
        let names = match segments.as_slice() {
            [kind, id, ..] if kind == "repositories" => {
                let (owner, name) = self.repositories.name(id.parse().ok()?)?.split_once('/')?;
                vec!["repos".to_owned(), owner.to_owned(), name.to_owned()]
            }
            [kind, id, ..] if kind == "organizations" => {
                vec!["orgs".to_owned(), self.organizations.name(id.parse().ok()?)?.to_owned()]
            }
            _ => return route::route(request.method(), &segments),
        };
        segments.splice(..2, names);
        route::route(request.method(), &segments)
    }

    fn answer(&mut self, call: &Call<'_>) -> Result<Response<Bytes>, Refusal> {
        call.require_user_agent()?;
        let version = call.version()?;
        self.authenticate(call)?;
        self.spend(call)?;
        let route = call.route.as_ref().ok_or_else(Refusal::not_found)?;
        if let Some(redirect) = self.redirect(call) {
            return Ok(redirect);
        }
        if !self.declarations.exists(route) {
            return Err(Refusal::not_found());
        }
        self.permit(self.authenticate(call)?, route)?;
        self.permit_write(call, route)?;
        match route {
            Route::App(operation) => self.app_route_answer(call, operation),
            Route::GraphQl => self.graphql_answer(call),
            Route::Organization(organization) => Ok(self.organization_answer(call, organization)),
            Route::RateLimit => self.rate_limit_answer(call, version),
            Route::Repository(repository) => Ok(self.repository_answer(call, repository)),
            Route::Store(store, operation) => self.perform_in_time(call, version, store, operation),
            Route::User => Ok(self.user_answer(call)),
            Route::Versions => Ok(support::versions_answer()),
        }
    }

    pub(crate) fn perform(
        &mut self,
        call: &Call<'_>,
        version: Version,
        store: &Store,
        operation: &Operation,
    ) -> Result<Response<Bytes>, Refusal> {
        match operation {
            Operation::AddSelected(name, id) => self.add_selected(store, name, id),
            Operation::Delete(name) => self.delete_secret(store, name),
            Operation::Get(name) => self.secret_answer(call, store, name),
            Operation::List => Ok(self.list_secrets(call, store)),
            Operation::ListSelected(name) => self.list_selected(call, store, name),
            Operation::OrganizationSecrets => Ok(self.list_organization_secrets(call, store)),
            Operation::PublicKey => Ok(self.public_key_answer(store)),
            Operation::Put(name) => self.put_secret(call, version, store, name),
            Operation::RemoveSelected(name, id) => self.remove_selected(store, name, id),
            Operation::SetSelected(name) => self.set_selected(call, store, name),
        }
    }

    /// The headers of every answer.
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
