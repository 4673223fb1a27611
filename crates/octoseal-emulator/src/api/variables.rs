//! Operations that only variables have: creation, which refuses an existing name, and partial updates.

use crate::api::access::Access;
use crate::api::answer::{Refusal, json, no_content};
use crate::api::call::Call;
use crate::api::kind::Kind;
use crate::api::request_body::{Body, IDS, IdForm};
use crate::api::store::{Owner, Store};
use crate::world::{Record, Variable, World};
use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::json;

impl World {
    /// Answers 201 with an empty object, or 409 if a variable of this name exists.
    pub(crate) fn create_variable(
        &mut self,
        call: &Call<'_>,
        store: &Store,
    ) -> Result<Response<Bytes>, Refusal> {
        let body = Body::parse(call.request.body())?;
        let access = match &store.owner {
            Owner::Organization(_) => {
                body.require(&["name", "value", "visibility"])?;
                Access::parse(body.text("visibility")?, body.ids(IdForm::Integer)?)?
            }
            _ => {
                body.require(&["name", "value"])?;
                Access::Owner
            }
        };
        let (name, value) = (Kind::Variables.checked_name(body.text("name")?)?, body.text("value")?);
        Kind::require_size(value.len())?;
        self.require_selection(&store.owner, &access)?;
        self.require_new(store, &name)?;
        self.require_room(store, Kind::Variables, &name)?;
        let variable = Variable { record: Record::new(access, call.now), value: value.to_owned() };
        self.contents_mut(store).variables.insert(name, variable);
        Ok(json(StatusCode::CREATED, &json!({})))
    }

    /// Answers 204. Name, value and access stay unchanged if the body omits them.
    pub(crate) fn update_variable(
        &mut self,
        call: &Call<'_>,
        store: &Store,
        name: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let body = Body::parse(call.request.body())?;
        let record = self.record_mut(store, Kind::Variables, name)?.clone();
        let access = updated_access(&body, &record.access)?;
        self.require_selection(&store.owner, &access)?;
        let former = name.to_ascii_uppercase();
        let name = match body.has("name") {
            true => Kind::Variables.checked_name(body.text("name")?)?,
            false => former.clone(),
        };
        if name != former {
            self.require_new(store, &name)?;
        }
        let value = if body.has("value") { Some(body.text("value")?.to_owned()) } else { None };
        Kind::require_size(value.as_ref().map_or(0, String::len))?;
        let variables = &mut self.contents_mut(store).variables;
        let former = variables.remove(&former).ok_or_else(Refusal::not_found)?;
        let value = value.unwrap_or(former.value);
        variables.insert(name, Variable { record: record.updated(access, call.now), value });
        Ok(no_content())
    }

    fn require_new(&self, store: &Store, name: &str) -> Result<(), Refusal> {
        let contents = self.stores.get(&store.to_string());
        match contents.is_some_and(|contents| contents.variables.contains_key(name)) {
            true => Err(Refusal::new(StatusCode::CONFLICT, "Already exists - Variable already exists")),
            false => Ok(()),
        }
    }
}

/// Returns the access after an update. A visibility alone keeps the selection, and ids alone replace it.
fn updated_access(body: &Body, former: &Access) -> Result<Access, Refusal> {
    let ids = match (body.has(IDS), former) {
        (false, Access::Selected(ids)) => ids.clone(),
        _ => body.ids(IdForm::Integer)?,
    };
    match former.visibility() {
        None => Ok(Access::Owner),
        Some(_) if body.has("visibility") => Access::parse(body.text("visibility")?, ids),
        Some(visibility) => Access::parse(visibility, ids),
    }
}
