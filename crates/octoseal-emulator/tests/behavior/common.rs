//! A client of a world: it adds the common parts of requests, seals values, and reads JSON.

#[path = "../../src/record/exchange.rs"]
mod exchange;
#[path = "../recording/lines.rs"]
mod lines;

use bytes::Bytes;
use http::{Request, Response};
use octoseal_crypto::PublicKey;
use octoseal_emulator::World;
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

pub(crate) struct Client {
    pub(crate) now: u64,
    pub(crate) token: &'static str,
    pub(crate) version: &'static str,
    pub(crate) world: World,
}

impl Client {
    pub(crate) fn new() -> Self {
        Self { now: 1_700_756_615, token: "ghp_any", version: "2022-11-28", world: World::new() }
    }

    pub(crate) fn send(&mut self, request: Request<Bytes>) -> Answer {
        let now = UNIX_EPOCH + Duration::from_secs(self.now);
        let answer = self.world.handle(now, &request);
        if let Some(file) = lines::file() {
            lines::write(&file, &exchange::line(&request, Some(&answer), false));
        }
        Answer(answer)
    }

    pub(crate) fn request(&self, method: &str, path: &str, body: impl Into<Bytes>) -> Request<Bytes> {
        let builder = Request::builder().method(method).uri(path).header("host", "api.test:8080");
        let builder = builder.header("user-agent", "test").header("x-github-api-version", self.version);
        builder.header("authorization", format!("Bearer {}", self.token)).body(body.into()).unwrap()
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let request = self.request("GET", path, "");
        self.send(request)
    }

    pub(crate) fn delete(&mut self, path: &str) -> Answer {
        let request = self.request("DELETE", path, "");
        self.send(request)
    }

    pub(crate) fn put(&mut self, path: &str, body: Value) -> Answer {
        let request = self.request("PUT", path, body.to_string());
        self.send(request)
    }

    /// Returns the fields `key_id` and `encrypted_value` for a store.
    pub(crate) fn seal(&mut self, store: &str, value: &[u8]) -> Value {
        let key = self.get(&format!("/{store}/secrets/public-key")).json();
        let public_key: PublicKey = key["key"].as_str().unwrap().parse().unwrap();
        json!({ "key_id": key["key_id"], "encrypted_value": public_key.seal_base64(value).unwrap() })
    }

    /// Puts a secret with the fields that its store requires. `more` is added to the body.
    pub(crate) fn put_secret(&mut self, store: &str, name: &str, value: &str, more: Value) -> Answer {
        let mut body = self.seal(store, value.as_bytes());
        for (field, value) in more.as_object().unwrap() {
            body[field] = value.clone();
        }
        self.put(&format!("/{store}/secrets/{name}"), body)
    }

    /// Returns the opened value as text.
    pub(crate) fn opened(&self, store: &str, name: &str) -> Option<String> {
        let value = self.world.opened_value(store, name)?;
        Some(String::from_utf8(value.expose().to_vec()).unwrap())
    }
}

pub(crate) struct Answer(pub(crate) Response<Bytes>);

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.0.headers().get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.body().to_vec()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(self.0.body()).unwrap()
    }

    pub(crate) fn message(&self) -> String {
        self.json()["message"].as_str().unwrap().to_owned()
    }

    /// Returns status and message, for comparing refusals.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (self.status(), self.message())
    }

    /// Returns the values of one field of a listing's members.
    pub(crate) fn column(&self, listing: &str, field: &str) -> Vec<Value> {
        let body = self.json();
        body[listing].as_array().unwrap().iter().map(|item| item[field].clone()).collect()
    }

    /// Returns the target of one relation of the `Link` header, without scheme and host.
    pub(crate) fn link(&self, relation: &str) -> Option<String> {
        let links =
            self.header("link").split(", ").find(|link| link.ends_with(&format!("rel=\"{relation}\"")));
        let url = links?.trim_start_matches('<').split('>').next().unwrap();
        Some(url.strip_prefix("http://api.test:8080").unwrap().to_owned())
    }
}

pub(crate) const STORES: [&str; 10] = [
    "user/codespaces",
    "repos/octo/hello/actions",
    "repos/octo/hello/agents",
    "repos/octo/hello/codespaces",
    "repos/octo/hello/dependabot",
    "repos/octo/hello/environments/prod",
    "orgs/acme/actions",
    "orgs/acme/agents",
    "orgs/acme/codespaces",
    "orgs/acme/dependabot",
];

/// Returns the access that a write to this store must send.
pub(crate) fn access(store: &str) -> Value {
    match store.starts_with("orgs/") {
        true => json!({ "visibility": "private" }),
        false => json!({}),
    }
}
