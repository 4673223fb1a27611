//! The world: all the state there is, and the way of one request through it.

pub(crate) mod clock;
pub(crate) mod declarations;
pub(crate) mod declare;
pub(crate) mod fault_script;
pub(crate) mod ids;
pub(crate) mod opened;
pub(crate) mod secret_counts;
pub(crate) mod stale_reads;
pub(crate) mod store_keys;

use crate::api::access::Access;
use crate::api::answer::{Refusal, put, without_body};
use crate::api::call::{Call, ENTERPRISE_PREFIX, Version};
use crate::api::documentation_url::documentation_url;
use crate::api::route::{self, Operation, Route};
use crate::api::store::Store;
use crate::credential::permission;
use crate::limits::Ledger;
use crate::world::declarations::Declarations;
use crate::world::fault_script::Script;
use crate::world::ids::Registry;
use crate::world::stale_reads::Past;
use crate::world::store_keys::StoreKey;
use bytes::Bytes;
use http::{HeaderName, Method, Request, Response};
use octoseal_crypto::SecretValue;
use std::collections::BTreeMap;
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// GitHub's secrets API as a value: requests in, answers out. It has no socket and no clock.
///
/// By default every owner, repository and environment exists and every token is good. What a test wants otherwise it
/// declares: see [`repository`](Self::repository), [`missing`](Self::missing), [`token`](Self::token) and the methods
/// beside them.
#[derive(Default)]
pub struct World {
    pub(crate) counts_are_free: bool,
    pub(crate) declarations: Declarations,
    pub(crate) keys_made: u64,
    pub(crate) ledger: Ledger,
    pub(crate) organizations: Registry,
    pub(crate) past: Past,
    pub(crate) repositories: Registry,
    /// What a world file says is to go wrong; a server takes it over.
    pub(crate) scripts: Vec<Script>,
    /// By the store's path.
    pub(crate) stores: BTreeMap<String, Contents>,
    pub(crate) users: Registry,
    pub(crate) values_changed: u64,
    pub(crate) requests: u64,
}

/// What is in one store.
pub(crate) struct Contents {
    pub(crate) key: StoreKey,
    /// By name, which is in upper case.
    pub(crate) secrets: BTreeMap<String, Secret>,
}

pub(crate) struct Secret {
    pub(crate) access: Access,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    pub(crate) value: SecretValue,
}

impl World {
    /// Makes an empty world.
    pub fn new() -> Self {
        Self::default()
    }

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
            Route::Versions => Ok(crate::api::support::versions_answer()),
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

    /// The id of the request that is being handled.
    pub(crate) fn request_id(&self, now: i64) -> String {
        let number = self.requests;
        format!("0C70:5EA1:{number:X}:{number:X}:{now:X}")
    }

    /// The headers of every answer.
    fn put_headers(&mut self, call: &Call<'_>, answer: &mut Response<Bytes>) {
        let headers = answer.headers_mut();
        let version = call.version().unwrap_or(Version::November2022);
        for (name, value) in [
            ("date", crate::api::render::http_date(call.now)),
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

impl Contents {
    pub(crate) fn new(key: StoreKey) -> Self {
        Self { key, secrets: BTreeMap::new() }
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World").field("requests", &self.requests).finish_non_exhaustive()
    }
}
