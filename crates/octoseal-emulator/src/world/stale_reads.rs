//! Stale reads: for a while after a write, reads return the state before it.

use crate::api::answer::Refusal;
use crate::api::call::{Call, Version};
use crate::api::kind::Kind;
use crate::api::route::Operation;
use crate::api::store::Store;
use crate::world::{Contents, Secret, Variable, World};
use bytes::Bytes;
use http::Response;
use octoseal_crypto::SecretValue;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// The writes that reads do not see yet, oldest first.
#[derive(Default)]
pub(crate) struct Past {
    requests: u64,
    time: Duration,
    writes: VecDeque<Write>,
}

struct Write {
    at: Duration,
    name: String,
    number: u64,
    former: Former,
    store: String,
}

/// The former item, a secret without its value. While reads are stale, the current item is kept here.
enum Former {
    Secret(Option<Secret>),
    Variable(Option<Variable>),
}

/// Stale reads.
impl World {
    /// Lets the next requests after a write read the secrets, names and selections from before it. All
    /// requests count.
    pub fn stale_requests(&mut self, requests: u64) -> &mut Self {
        self.past.requests = requests;
        self
    }

    /// Lets reads be stale for this time after each write. A read is stale if either setting makes it so.
    pub fn stale_time(&mut self, time: Duration) -> &mut Self {
        self.past.time = time;
        self
    }

    /// Lets a secret show its previous `updated_at` for this time after each update. The rest of the update
    /// is visible at once.
    pub fn late_updated_at(&mut self, time: Duration) -> &mut Self {
        self.lateness = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        self
    }

    /// Performs an operation in a world whose reads may be stale.
    pub(crate) fn perform_in_time(
        &mut self,
        call: &Call<'_>,
        version: Version,
        store: &Store,
        kind: Kind,
        operation: &Operation,
    ) -> Result<Response<Bytes>, Refusal> {
        if self.past.requests == 0 && self.past.time.is_zero() {
            return self.perform(call, version, store, kind, operation);
        }
        self.past.forget(call.at, self.requests);
        if call.is_read() {
            self.past.show(&mut self.stores);
            let answer = self.perform(call, version, store, kind, operation);
            self.past.hide(&mut self.stores);
            return answer;
        }
        let write = self.write(call, store, kind, operation);
        let answer = self.perform(call, version, store, kind, operation)?;
        self.past.writes.push_back(write);
        Ok(answer)
    }

    fn write(&self, call: &Call<'_>, store: &Store, kind: Kind, operation: &Operation) -> Write {
        let name = match operation {
            Operation::Create => created_name(call),
            _ => operation.item_name().unwrap_or_default().to_ascii_uppercase(),
        };
        let store = store.to_string();
        let contents = self.stores.get(&store);
        let former = match kind {
            Kind::Secrets => {
                let secret = contents.and_then(|contents| contents.secrets.get(&name));
                Former::Secret(secret.map(Secret::without_value))
            }
            Kind::Variables => {
                Former::Variable(contents.and_then(|contents| contents.variables.get(&name)).cloned())
            }
        };
        Write { at: call.at, former, name, number: self.requests, store }
    }
}

/// Returns the name in the body of a creation.
fn created_name(call: &Call<'_>) -> String {
    let body: Value = serde_json::from_slice(call.request.body()).unwrap_or_default();
    body["name"].as_str().unwrap_or_default().to_ascii_uppercase()
}

impl Past {
    /// Returns the same settings without a write.
    pub(crate) fn as_declared(&self) -> Self {
        Self { requests: self.requests, time: self.time, writes: VecDeque::new() }
    }

    pub(crate) fn take_settings(&mut self, other: &Self) {
        (self.requests, self.time) = (other.requests, other.time);
    }

    fn forget(&mut self, at: Duration, number: u64) {
        let (requests, time) = (self.requests, self.time);
        self.writes.retain(|write| number - write.number <= requests || at < write.at + time);
    }

    fn show(&mut self, stores: &mut BTreeMap<String, Contents>) {
        self.writes.iter_mut().rev().for_each(|write| write.exchange(stores));
    }

    fn hide(&mut self, stores: &mut BTreeMap<String, Contents>) {
        self.writes.iter_mut().for_each(|write| write.exchange(stores));
    }
}

impl Write {
    /// Exchanges the store's item of this name with the one kept here.
    fn exchange(&mut self, stores: &mut BTreeMap<String, Contents>) {
        let Some(contents) = stores.get_mut(&self.store) else {
            return;
        };
        match &mut self.former {
            Former::Secret(former) => exchange(&mut contents.secrets, &self.name, former),
            Former::Variable(former) => exchange(&mut contents.variables, &self.name, former),
        }
    }
}

fn exchange<T>(items: &mut BTreeMap<String, T>, name: &str, kept: &mut Option<T>) {
    let present = items.remove(name);
    if let Some(former) = kept.take() {
        items.insert(name.to_owned(), former);
    }
    *kept = present;
}

impl Secret {
    fn without_value(&self) -> Self {
        Self { record: self.record.clone(), value: SecretValue::from(Vec::new()) }
    }
}
