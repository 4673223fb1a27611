//! The Rust version of judge.py: it compares, counts, and reports in one line of JSON.

use crate::Result;
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::{env, fs};

/// The emulator's URL, its file of opened values, the values to store, and the results so far.
pub(crate) struct Judge {
    pub(crate) url: String,
    opened: String,
    values: BTreeMap<String, [String; 2]>,
    stores: u64,
    operations: BTreeMap<&'static str, u64>,
    compared: u64,
    failures: Vec<String>,
}

impl Judge {
    pub(crate) fn new() -> Result<Self> {
        let [url, opened, values] = <[String; 3]>::try_from(env::args().skip(1).collect::<Vec<_>>())
            .map_err(|_| "usage: octoseal-judge-octocrab URL OPENED VALUES")?;
        let values = serde_json::from_str(&fs::read_to_string(values)?)?;
        let operations = BTreeMap::new();
        Ok(Self { url, opened, values, stores: 0, operations, compared: 0, failures: Vec::new() })
    }

    /// Each name with the value to set and the one to update it with.
    pub(crate) fn values(&self) -> BTreeMap<String, [String; 2]> {
        self.values.clone()
    }

    /// An error in one store ends the work in it, not in the others.
    pub(crate) fn store(&mut self, path: &str, outcome: Result<()>) {
        self.stores += 1;
        if let Err(error) = outcome {
            self.failures.push(format!("{path}: {error:?}"));
        }
    }

    pub(crate) fn did(&mut self, operation: &'static str) {
        *self.operations.entry(operation).or_default() += 1;
    }

    /// The opened value must be the stored one, byte for byte.
    pub(crate) fn compare(&mut self, store: &str, name: &str, given: &str) -> Result<()> {
        self.compared += 1;
        let opened: Value = serde_json::from_str(&fs::read_to_string(&self.opened)?)?;
        let opened = STANDARD.decode(opened[store][name].as_str().unwrap_or_default())?;
        if opened != given.as_bytes() {
            let (given, opened) = (given.len(), opened.len());
            self.failures.push(format!("{store}: {name}: given {given} bytes, opened {opened}"));
        }
        Ok(())
    }

    pub(crate) fn same<T: Debug + PartialEq>(&mut self, what: &str, seen: T, expected: T) {
        if seen != expected {
            self.failures.push(format!("{what}: {seen:?} instead of {expected:?}"));
        }
    }

    pub(crate) fn report(self, version: &str) {
        let Self { stores, operations, compared, failures, .. } = self;
        let report = json!({
            "version": version, "stores": stores, "operations": operations, "compared": compared, "failures": failures,
        });
        println!("{report}");
    }
}
