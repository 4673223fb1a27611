//! Operations that secrets and variables share: list, get, delete, and the listing of the organization's
//! items that a repository has access to.

use crate::api::answer::{Refusal, json, no_content};
use crate::api::call::Call;
use crate::api::kind::Kind;
use crate::api::listing;
use crate::api::render::{self, Shown};
use crate::api::store::{Owner, Store};
use crate::world::{Record, World};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::Value;

impl World {
    pub(crate) fn list_items(&mut self, call: &Call<'_>, store: &Store, kind: Kind) -> Response<Bytes> {
        let items: Vec<Value> = self
            .shown(&store.to_string(), kind)
            .map(|item| render::item(call, self.lateness, store, kind, item))
            .collect();
        let path = format!("{}/{}", self.numeric_path(store), kind.segment());
        let answer = listing::answer(call, &path, kind.segment(), items);
        if listing::is_first_of_several(call, &answer) {
            self.change_between_pages(store, kind, call.now);
        }
        answer
    }

    pub(crate) fn list_organization_items(
        &mut self,
        call: &Call<'_>,
        store: &Store,
        kind: Kind,
    ) -> Response<Bytes> {
        let repository = store.repository().expect("the route has a repository");
        let (id, family) = (self.repositories.id(&repository.joined()), store.family);
        let is_private = self.declarations.is_private(repository);
        let organization = Store { owner: Owner::Organization(repository.owner.clone()), family };
        let readable = self
            .shown(&organization.to_string(), kind)
            .filter(|item| item.record.access.reaches(id, is_private));
        let items: Vec<Value> =
            readable.map(|item| render::plain_item(call, self.lateness, family, item).into()).collect();
        let path = format!("{}/organization-{}", self.numeric_path(store), kind.segment());
        listing::answer(call, &path, kind.segment(), items)
    }

    pub(crate) fn item_answer(
        &self,
        call: &Call<'_>,
        store: &Store,
        kind: Kind,
        name: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let name = name.to_ascii_uppercase();
        let item = self.shown(&store.to_string(), kind).find(|item| item.name == name);
        let item = item.ok_or_else(Refusal::not_found)?;
        Ok(json(StatusCode::OK, &render::item(call, self.lateness, store, kind, item)))
    }

    pub(crate) fn delete_item(
        &mut self,
        store: &Store,
        kind: Kind,
        name: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let name = name.to_ascii_uppercase();
        let contents = self.stores.get_mut(&store.to_string()).ok_or_else(Refusal::not_found)?;
        let is_there = match kind {
            Kind::Secrets => contents.secrets.remove(&name).is_some(),
            Kind::Variables => contents.variables.remove(&name).is_some(),
        };
        self.values_changed += u64::from(is_there && kind == Kind::Secrets);
        if is_there { Ok(no_content()) } else { Err(Refusal::not_found()) }
    }

    /// Lists all items of a kind in the store with this path, in the order of their names.
    fn shown<'a>(&'a self, path: &str, kind: Kind) -> impl Iterator<Item = Shown<'a>> + use<'a> {
        let contents = self.stores.get(path);
        let secrets = contents.filter(|_| kind == Kind::Secrets).into_iter().flat_map(|found| &found.secrets);
        let variables =
            contents.filter(|_| kind == Kind::Variables).into_iter().flat_map(|found| &found.variables);
        let secrets = secrets.map(|(name, secret)| Shown { name, record: &secret.record, value: None });
        let variables = variables.map(|(name, variable)| Shown {
            name,
            record: &variable.record,
            value: Some(&variable.value),
        });
        secrets.chain(variables)
    }

    pub(crate) fn record_mut(
        &mut self,
        store: &Store,
        kind: Kind,
        name: &str,
    ) -> Result<&mut Record, Refusal> {
        let name = name.to_ascii_uppercase();
        let contents = self.stores.get_mut(&store.to_string()).ok_or_else(Refusal::not_found)?;
        let record = match kind {
            Kind::Secrets => contents.secrets.get_mut(&name).map(|secret| &mut secret.record),
            Kind::Variables => contents.variables.get_mut(&name).map(|variable| &mut variable.record),
        };
        record.ok_or_else(Refusal::not_found)
    }
}
