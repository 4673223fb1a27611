//! The selected repositories of an organization's secret or variable, and of a user's secret.

use crate::api::access::Access;
use crate::api::answer::{Refusal, no_content};
use crate::api::call::Call;
use crate::api::kind::Kind;
use crate::api::listing;
use crate::api::request_body::{Body, IDS, IdForm};
use crate::api::store::{FullName, Owner, Store};
use crate::world::World;
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;
use std::collections::BTreeSet;

impl World {
    pub(crate) fn list_selected(
        &mut self,
        call: &Call<'_>,
        store: &Store,
        kind: Kind,
        name: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let name = name.to_ascii_uppercase();
        let ids = match (&self.record_mut(store, kind, &name)?.access, kind) {
            (Access::Selected(ids), _) => ids.clone(),
            (_, Kind::Secrets) => BTreeSet::new(),
            (_, Kind::Variables) => return Err(Refusal::new(StatusCode::CONFLICT, "Conflict")),
        };
        let base = call.base_url();
        let items: Vec<Value> = ids.into_iter().map(|id| self.repository_by_id(&base, id)).collect();
        let path = format!("{}/{}/{name}/repositories", self.numeric_path(store), kind.segment());
        Ok(listing::answer(call, &path, "repositories", items))
    }

    pub(crate) fn set_selected(
        &mut self,
        call: &Call<'_>,
        store: &Store,
        kind: Kind,
        name: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let body = Body::parse(call.request.body())?;
        body.require(&[IDS])?;
        let ids = body.ids(IdForm::Integer)?;
        self.require_selectable(&store.owner, &ids)?;
        *self.selection(store, kind, name)? = ids;
        Ok(no_content())
    }

    pub(crate) fn add_selected(
        &mut self,
        store: &Store,
        kind: Kind,
        name: &str,
        id: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let id = id.parse().map_err(|_| Refusal::not_found())?;
        if !self.is_selectable(&store.owner, id) {
            return Err(Refusal::not_found());
        }
        self.selection(store, kind, name)?.insert(id);
        Ok(no_content())
    }

    pub(crate) fn remove_selected(
        &mut self,
        store: &Store,
        kind: Kind,
        name: &str,
        id: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let id = id.parse().map_err(|_| Refusal::not_found())?;
        self.selection(store, kind, name)?.remove(&id);
        Ok(no_content())
    }

    /// Refuses access for repositories that this owner cannot select.
    pub(crate) fn require_selection(&self, owner: &Owner, access: &Access) -> Result<(), Refusal> {
        match access {
            Access::Selected(ids) => self.require_selectable(owner, ids),
            _ => Ok(()),
        }
    }

    /// Refuses ids of repositories that this owner cannot select. A world with declared repositories checks
    /// each id.
    fn require_selectable(&self, owner: &Owner, ids: &BTreeSet<u64>) -> Result<(), Refusal> {
        match ids.iter().find(|id| !self.is_selectable(owner, **id)) {
            None => Ok(()),
            Some(id) => Err(Refusal::invalid_request(format!("{id} is not the id of a repository."))),
        }
    }

    /// Returns whether the owner may select the repository. An organization selects its own, a user may
    /// select any.
    fn is_selectable(&self, owner: &Owner, id: u64) -> bool {
        let name = self.repositories.name(id);
        let declared = |name| self.declarations.is_declared(name);
        let known = !self.declarations.lists_repositories() || name.is_some_and(declared);
        let of = name.and_then(|name| name.split_once('/')).map(|(of, _)| of);
        match owner {
            Owner::Organization(organization) => {
                known && of.is_none_or(|of| of.eq_ignore_ascii_case(organization))
            }
            Owner::Environment { .. } | Owner::Repository(_) | Owner::User => known,
        }
    }

    fn selection(&mut self, store: &Store, kind: Kind, name: &str) -> Result<&mut BTreeSet<u64>, Refusal> {
        self.record_mut(store, kind, name)?.access.selected_mut()
    }

    /// Renders a repository by its id, which may be all that is known of it.
    pub(crate) fn repository_by_id(&mut self, base: &str, id: u64) -> Value {
        let (owner, name) = match self.repositories.name(id).and_then(|name| name.split_once('/')) {
            Some((owner, name)) => (owner.to_owned(), name.to_owned()),
            None => ("octocat".to_owned(), format!("repository-{id}")),
        };
        self.rendered_repository(base, id, &FullName { owner, name })
    }
}
