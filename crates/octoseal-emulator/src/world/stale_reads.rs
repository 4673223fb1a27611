//! Stale reads: for a while after a write, a read shows the store as it was before.

use crate::api::answer::Refusal;
use crate::api::call::{Call, Version};
use crate::api::route::Operation;
use crate::api::store::Store;
use crate::world::{Contents, Secret, World};
use bytes::Bytes;
use http::Response;
use octoseal_crypto::SecretValue;
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
    /// What was there before, without its value; while the past is shown, what is there now.
    secret: Option<Secret>,
    store: String,
}

/// Stale reads.
impl World {
    /// Lets the next requests after a write read the secrets, names and selections from before it; all requests count.
    pub fn stale_requests(&mut self, requests: u64) -> &mut Self {
        self.past.requests = requests;
        self
    }

    /// The same for so long after each write. What is stale by either is stale.
    pub fn stale_time(&mut self, time: Duration) -> &mut Self {
        self.past.time = time;
        self
    }

    /// Lets a secret show its former `updated_at` for so long after each update; all else of the update is seen at once.
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
        operation: &Operation,
    ) -> Result<Response<Bytes>, Refusal> {
        if self.past.requests == 0 && self.past.time.is_zero() {
            return self.perform(call, version, store, operation);
        }
        self.past.forget(call.at, self.requests);
        if call.is_read() {
            self.past.show(&mut self.stores);
            let answer = self.perform(call, version, store, operation);
            self.past.hide(&mut self.stores);
            return answer;
        }
        let write = self.write(call, store, operation);
        let answer = self.perform(call, version, store, operation)?;
        self.past.writes.push_back(write);
        Ok(answer)
    }

    fn write(&self, call: &Call<'_>, store: &Store, operation: &Operation) -> Write {
        let name = operation.secret_name().unwrap_or_default().to_ascii_uppercase();
        let store = store.to_string();
        let secret = self.stores.get(&store).and_then(|contents| contents.secrets.get(&name));
        let secret = secret.map(Secret::without_value);
        Write { at: call.at, name, number: self.requests, secret, store }
    }
}

impl Past {
    /// The same settings without a write.
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
    /// Takes out what the store has under this name, and puts in what is kept here.
    fn exchange(&mut self, stores: &mut BTreeMap<String, Contents>) {
        let Some(contents) = stores.get_mut(&self.store) else {
            return;
        };
        let present = contents.secrets.remove(&self.name);
        if let Some(secret) = self.secret.take() {
            contents.secrets.insert(self.name.clone(), secret);
        }
        self.secret = present;
    }
}

impl Secret {
    fn without_value(&self) -> Self {
        Self {
            access: self.access.clone(),
            created_at: self.created_at,
            former_update: self.former_update,
            updated_at: self.updated_at,
            value: SecretValue::from(Vec::new()),
        }
    }
}
