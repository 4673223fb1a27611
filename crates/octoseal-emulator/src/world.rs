//! The world: all the state there is, and the way of one request through it.

use crate::access::Access;
use crate::answer::{Refusal, put};
use crate::call::{Call, ENTERPRISE_PREFIX, Version};
use crate::declarations::Declarations;
use crate::documentation::documentation_url;
use crate::keys::StoreKey;
use crate::permission;
use crate::quota::Quota;
use crate::registry::Registry;
use crate::route::{self, Operation, Route};
use crate::store::Store;
use bytes::Bytes;
use http::{HeaderName, Request, Response};
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
    pub(crate) declarations: Declarations,
    pub(crate) keys_made: u64,
    pub(crate) organizations: Registry,
    pub(crate) quota: Quota,
    pub(crate) repositories: Registry,
    /// By the store's path.
    pub(crate) stores: BTreeMap<String, Contents>,
    requests: u64,
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
        let since_1970 = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let now = i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX);
        let call = Call { now, request, route: self.locate(request) };
        self.requests += 1;
        let refused = |refusal: Refusal| refusal.answer(documentation_url(call.route.as_ref()));
        let mut answer = self.answer(&call).unwrap_or_else(refused);
        self.put_headers(&call, &mut answer);
        answer
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
        if call.route != Some(Route::RateLimit) {
            self.quota.spend(call.now)?;
        }
        let route = call.route.as_ref().ok_or_else(Refusal::not_found)?;
        if let Some(redirect) = self.redirect(call) {
            return Ok(redirect);
        }
        if !self.declarations.exists(route) {
            return Err(Refusal::not_found());
        }
        self.permit(self.authenticate(call)?, route)?;
        match route {
            Route::RateLimit => Ok(self.rate_limit_answer(call, version)),
            Route::Repository(repository) => Ok(self.repository_answer(call, repository)),
            Route::Store(store, operation) => self.perform(call, version, store, operation),
            Route::User => Ok(crate::support::user_answer(call)),
        }
    }

    fn perform(
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
        self.quota.turn(call.now);
        let (number, headers) = (self.requests, answer.headers_mut());
        let version = call.version().unwrap_or(Version::November2022);
        for (name, value) in [
            ("date", crate::render::http_date(call.now)),
            ("x-github-api-version-selected", version.date().to_owned()),
            ("x-github-media-type", "github.v3; format=json".to_owned()),
            ("x-github-request-id", format!("0C70:5EA1:{number:X}:{number:X}:{:X}", call.now)),
        ] {
            put(headers, HeaderName::from_static(name), &value);
        }
        self.quota.put_headers(headers);
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
