//! Operations that only secrets have: the public key, and the write of a sealed value.

use crate::api::access::Access;
use crate::api::answer::{Refusal, json, no_content};
use crate::api::call::{Call, Version};
use crate::api::kind::Kind;
use crate::api::request_body::{Body, IdForm};
use crate::api::store::{Family, Owner, Store};
use crate::world::{Record, Secret, World};
use bytes::Bytes;
use http::{Response, StatusCode};
use octoseal_crypto::SecretValue;
use serde_json::json;

impl World {
    pub(crate) fn public_key_answer(&mut self, store: &Store) -> Response<Bytes> {
        json(StatusCode::OK, &self.key_of(store).json())
    }

    /// Answers 201 with an empty object for a new secret, 204 for a new value.
    pub(crate) fn put_secret(
        &mut self,
        call: &Call<'_>,
        version: Version,
        store: &Store,
        name: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let body = Body::parse(call.request.body())?;
        body.require(required_fields(&store.owner))?;
        let (key_id, encrypted_value) = (body.text("key_id")?, body.base64("encrypted_value")?);
        let access = access(&body, version, store)?;
        let name = Kind::Secrets.checked_name(name)?;
        self.require_selection(&store.owner, &access)?;
        let value = self.key_of(store).open(key_id, encrypted_value)?;
        Kind::require_size(value.len())?;
        self.require_room(store, Kind::Secrets, &name)?;
        Ok(self.keep(store, name, access, value, call.now))
    }

    fn keep(
        &mut self,
        store: &Store,
        name: String,
        access: Access,
        value: SecretValue,
        now: i64,
    ) -> Response<Bytes> {
        self.values_changed += 1;
        let secrets = &mut self.contents_mut(store).secrets;
        let record = match secrets.get(&name) {
            Some(former) => former.record.updated(access, now),
            None => Record::new(access, now),
        };
        match secrets.insert(name, Secret { record, value }) {
            None => json(StatusCode::CREATED, &json!({})),
            Some(_) => no_content(),
        }
    }
}

fn required_fields(owner: &Owner) -> &'static [&'static str] {
    match owner {
        Owner::Organization(_) => &["encrypted_value", "key_id", "visibility"],
        Owner::Environment { .. } | Owner::Repository(_) | Owner::User => &["encrypted_value", "key_id"],
    }
}

/// Returns the access after the write. Ids that are not sent are no longer selected.
fn access(body: &Body, version: Version, store: &Store) -> Result<Access, Refusal> {
    let ids = || body.ids(id_form(version, store));
    match &store.owner {
        Owner::Environment { .. } | Owner::Repository(_) => Ok(Access::Owner),
        Owner::User => Ok(Access::Selected(ids()?)),
        Owner::Organization(_) => Access::parse(body.text("visibility")?, ids()?),
    }
}

/// Returns the type of ids. GitHub knows that its types differ (go-github#2401), and the later version
/// unified them.
fn id_form(version: Version, store: &Store) -> IdForm {
    match (&store.owner, store.family, version) {
        (Owner::User, _, _) => IdForm::IntegerOrString,
        (_, Family::Dependabot, Version::November2022) => IdForm::String,
        _ => IdForm::Integer,
    }
}
