//! The five operations on a store's secrets, and the listing of the organization's that a repository can read.

use crate::api::access::Access;
use crate::api::answer::{Refusal, json, no_content};
use crate::api::call::{Call, Version};
use crate::api::listing;
use crate::api::render;
use crate::api::request_body::{Body, IdForm};
use crate::api::store::{Family, Owner, Store};
use crate::world::{Secret, World};
use bytes::Bytes;
use http::{Response, StatusCode};
use octoseal_crypto::SecretValue;
use serde_json::{Value, json};

impl World {
    pub(crate) fn list_secrets(&mut self, call: &Call<'_>, store: &Store) -> Response<Bytes> {
        let secrets = self.stores.get(&store.to_string()).map(|contents| &contents.secrets);
        let items = secrets.into_iter().flatten();
        let rendered =
            |(name, secret): (&String, &Secret)| render::secret(call, self.lateness, store, name, secret);
        let items: Vec<Value> = items.map(rendered).collect();
        let path = format!("{}/secrets", self.numeric_path(store));
        let answer = listing::answer(call, &path, "secrets", items);
        if listing::is_first_of_several(call, &answer) {
            self.change_between_pages(store, call.now);
        }
        answer
    }

    pub(crate) fn list_organization_secrets(&mut self, call: &Call<'_>, store: &Store) -> Response<Bytes> {
        let repository = store.repository().expect("the route has a repository");
        let (id, family) = (self.repositories.id(&repository.joined()), store.family);
        let is_private = self.declarations.is_private(repository);
        let organization = Store { owner: Owner::Organization(repository.owner.clone()), family };
        let secrets = self.stores.get(&organization.to_string()).map(|contents| &contents.secrets);
        let readable =
            secrets.into_iter().flatten().filter(|(_, secret)| secret.access.reaches(id, is_private));
        let items: Vec<Value> = readable
            .map(|(name, secret)| render::plain_secret(call, self.lateness, family, name, secret))
            .collect();
        let path = format!("{}/organization-secrets", self.numeric_path(store));
        listing::answer(call, &path, "secrets", items)
    }

    pub(crate) fn secret_answer(
        &mut self,
        call: &Call<'_>,
        store: &Store,
        name: &str,
    ) -> Result<Response<Bytes>, Refusal> {
        let name = name.to_ascii_uppercase();
        let lateness = self.lateness;
        let secret = self.find_mut(store, &name)?;
        Ok(json(StatusCode::OK, &render::secret(call, lateness, store, &name, secret)))
    }

    pub(crate) fn public_key_answer(&mut self, store: &Store) -> Response<Bytes> {
        json(StatusCode::OK, &self.contents_mut(store).key.json())
    }

    pub(crate) fn delete_secret(&mut self, store: &Store, name: &str) -> Result<Response<Bytes>, Refusal> {
        let name = name.to_ascii_uppercase();
        self.find_mut(store, &name)?;
        self.contents_mut(store).secrets.remove(&name);
        self.values_changed += 1;
        Ok(no_content())
    }

    /// 201 with an empty object for a new secret, 204 for a new value.
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
        let name = checked_name(name)?;
        if let Access::Selected(ids) = &access {
            self.require_selectable(&store.owner, ids)?;
        }
        let value = self.contents_mut(store).key.open(key_id, encrypted_value)?;
        match value.len() {
            0..=MAX_VALUE_BYTES => {
                self.require_room(store, &name)?;
                Ok(self.keep(store, name, access, value, call.now))
            }
            _ => Err(Refusal::unprocessable("Value is too large.")),
        }
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
        let former = secrets.get(&name).map(|former| (former.created_at, former.updated_at));
        let (created_at, former_update) = former.unwrap_or((now, now));
        match secrets.insert(name, Secret { access, created_at, former_update, updated_at: now, value }) {
            None => json(StatusCode::CREATED, &json!({})),
            Some(_) => no_content(),
        }
    }

    pub(crate) fn find_mut(&mut self, store: &Store, name: &str) -> Result<&mut Secret, Refusal> {
        let contents = self.stores.get_mut(&store.to_string());
        contents.and_then(|contents| contents.secrets.get_mut(name)).ok_or_else(Refusal::not_found)
    }
}

fn required_fields(owner: &Owner) -> &'static [&'static str] {
    match owner {
        Owner::Organization(_) => &["encrypted_value", "key_id", "visibility"],
        Owner::Environment { .. } | Owner::Repository(_) | Owner::User => &["encrypted_value", "key_id"],
    }
}

/// Who may read from now on: ids that are not sent are not selected any more.
fn access(body: &Body, version: Version, store: &Store) -> Result<Access, Refusal> {
    let ids = || body.ids(id_form(version, store));
    match &store.owner {
        Owner::Environment { .. } | Owner::Repository(_) => Ok(Access::Owner),
        Owner::User => Ok(Access::Selected(ids()?)),
        Owner::Organization(_) => match (body.text("visibility")?, ids()?) {
            ("all", _) => Ok(Access::All),
            ("private", _) => Ok(Access::Private),
            ("selected", ids) => Ok(Access::Selected(ids)),
            (unknown, _) => Err(Refusal::invalid_request(format!(
                "{unknown:?} is not a member of [\"all\", \"private\", \"selected\"]."
            ))),
        },
    }
}

/// go-github#2401: GitHub knows that its types do not agree; the later version made them agree.
fn id_form(version: Version, store: &Store) -> IdForm {
    match (&store.owner, store.family, version) {
        (Owner::User, _, _) => IdForm::IntegerOrString,
        (_, Family::Dependabot, Version::November2022) => IdForm::String,
        _ => IdForm::Integer,
    }
}

/// The name in upper case, as it is stored ("Naming your secrets").
fn checked_name(name: &str) -> Result<String, Refusal> {
    let name = name.to_ascii_uppercase(); // `to_uppercase` would turn `ſ` into a legal `S`
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    match name.bytes().next() {
        Some(first) if !first.is_ascii_digit() && name.bytes().all(legal) => {}
        _ => return Err(Refusal::unprocessable(BAD_NAME)),
    }
    match name.starts_with("GITHUB_") {
        true => Err(Refusal::unprocessable("Secret names must not start with GITHUB_.")),
        false => Ok(name),
    }
}

/// "Secrets are limited to 48 KB in size" (Using secrets in GitHub Actions).
const MAX_VALUE_BYTES: usize = 48 * 1024;
const BAD_NAME: &str = "Secret names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores \
    (_). Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).";
