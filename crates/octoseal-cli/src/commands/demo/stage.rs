//! The stage of the scenes: a client, the emulator that records everything, and the digests of the values.

use octoseal::{Error, GitHub, SecretValue};
use octoseal_emulator::{Emulator, RecordedRequest};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// One part of the demo: its output and its faults.
pub(super) struct Scene {
    pub(super) title: &'static str,
    pub(super) lines: Vec<String>,
    pub(super) faults: Vec<String>,
}

pub(super) struct Stage<'a> {
    pub(super) emulator: &'a Emulator,
    pub(super) github: GitHub,
    /// A client whose token has few permissions.
    pub(super) poor: GitHub,
    /// The digests of the values, by store and name.
    given: BTreeMap<(String, String), String>,
    seen: u64,
}

/// A token whose only scope is `repo`.
const POOR_TOKEN: &str = "ghp_only_the_scope_repo";

impl<'a> Stage<'a> {
    pub(super) fn new(
        emulator: &'a Emulator,
        connect: impl Fn(&str) -> Result<GitHub, Error>,
    ) -> Result<Self, Error> {
        emulator.with_world(|world| {
            world.token(POOR_TOKEN, &["repo"]).missing("repos/octo/ghost");
        });
        let (github, poor) = (connect("ghp_demo")?, connect(POOR_TOKEN)?);
        Ok(Self { emulator, github, poor, given: BTreeMap::new(), seen: 0 })
    }

    /// Creates a new value and keeps its digest.
    pub(super) fn give(&mut self, store: &str, name: &str) -> SecretValue {
        let text = format!("value {} for {name} in {store}\r\n\0", self.given.len());
        let value = SecretValue::from(text);
        self.given.insert((store.to_owned(), name.to_owned()), digest(value.expose()));
        value
    }

    /// Returns the requests since the last call.
    pub(super) fn news(&mut self) -> Vec<RecordedRequest> {
        let mut requests = self.emulator.requests();
        requests.retain(|request| request.number > self.seen);
        self.seen = requests.last().map_or(self.seen, |request| request.number);
        requests
    }

    /// Compares the digest of every value with that of the value that the emulator opened.
    pub(super) fn compare(&self, scene: &mut Scene) {
        for ((store, name), given) in &self.given {
            let opened = self.emulator.opened_value(store, name).map(|value| digest(value.expose()));
            match opened {
                Some(opened) if opened == *given => {
                    scene.lines.push(format!("sha256 {}…  {name} in {store}", &given[..16]));
                }
                Some(_) => scene.faults.push(format!("{name} in {store} opened as something else")),
                None => scene.faults.push(format!("{name} in {store} was never stored")),
            }
        }
    }
}

impl Scene {
    pub(super) fn new(title: &'static str) -> Self {
        Self { title, lines: Vec::new(), faults: Vec::new() }
    }

    /// Lists the emulator's requests, and compares them with the expected ones.
    pub(super) fn expect(&mut self, news: &[RecordedRequest], expected: &[(&str, u16)]) {
        let status = |request: &RecordedRequest| request.status.map_or(0, |status| status.as_u16());
        for request in news {
            self.lines.push(format!("{:3}  {} {}", status(request), request.method, request.target));
        }
        let seen: Vec<(&str, u16)> =
            news.iter().map(|request| (request.method.as_str(), status(request))).collect();
        self.check(seen == expected, || format!("the emulator should have seen {expected:?}"));
    }

    pub(super) fn check(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(fault());
        }
    }
}

fn digest(value: &[u8]) -> String {
    Sha256::digest(value).iter().map(|byte| format!("{byte:02x}")).collect()
}
