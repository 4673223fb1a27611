//! Opened values, and the other stored data that only the emulator can see.

use crate::api::access::Access;
use crate::api::store::Store;
use crate::world::{Contents, Secret, World};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use octoseal_crypto::SecretValue;
use std::fmt;

/// A stored secret, without its value.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct StoredSecret {
    /// Its name, in upper case.
    pub name: String,
    /// Its access.
    pub access: Access,
}

/// An opened value. Its `Debug` shows the store and the secret only.
#[non_exhaustive]
pub struct OpenedValue {
    /// The store's path, in lower case.
    pub store: String,
    /// The secret's name, in upper case.
    pub name: String,
    /// The plaintext.
    pub value: SecretValue,
}

/// The stored secrets. The path of an unknown or empty store has no secrets.
impl World {
    /// Returns a copy of a secret's plaintext. The copy is wiped when dropped.
    pub fn opened_value(&self, store: &str, name: &str) -> Option<SecretValue> {
        let contents = self.stores.get(&Store::parse(store).ok()?.to_string())?;
        let secret = contents.secrets.get(&name.to_ascii_uppercase())?;
        Some(SecretValue::from(secret.value.expose()))
    }

    /// Returns the value of a variable. The path is that of the secrets' store, such as `orgs/acme/actions`.
    pub fn variable(&self, store: &str, name: &str) -> Option<&str> {
        let contents = self.stores.get(&Store::parse(store).ok()?.to_string())?;
        contents.variables.get(&name.to_ascii_uppercase()).map(|variable| variable.value.as_str())
    }

    /// Returns all plaintexts, in the order of stores and names.
    pub fn opened_values(&self) -> Vec<OpenedValue> {
        let stores = self.stores.iter();
        let secrets =
            stores.flat_map(|(store, contents)| contents.secrets.iter().map(move |pair| (store, pair)));
        secrets
            .map(|(store, (name, secret))| OpenedValue {
                store: store.clone(),
                name: name.clone(),
                value: SecretValue::from(secret.value.expose()),
            })
            .collect()
    }

    /// Returns how often a value was stored or deleted. When it grows,
    /// [`opened_values_json`](Self::opened_values_json) may have changed.
    pub fn values_changed(&self) -> u64 {
        self.values_changed
    }

    /// Returns all plaintexts as JSON: `{STORE: {NAME: the value in base64}}`. The text has the values, so it
    /// is a secret itself.
    pub fn opened_values_json(&self) -> SecretValue {
        let written = self.stores.iter().filter(|(_, contents)| !contents.secrets.is_empty());
        let size: usize = written.clone().map(|(path, contents)| size_in_json(path, contents)).sum();
        let mut text = String::with_capacity(size + 2); // growing the buffer would leave copies in memory
        let mut start = "{";
        for (path, contents) in written {
            text.extend([start, "\"", path, "\": "]);
            push_values(&mut text, contents);
            start = ",\n ";
        }
        text.push_str(if size == 0 { "{}" } else { "}" });
        debug_assert!(text.len() <= size + 2, "the text was written in place");
        SecretValue::from(text)
    }

    /// Returns the secrets of a store, by name.
    pub fn secrets(&self, store: &str) -> Vec<StoredSecret> {
        let path = Store::parse(store).map(|store| store.to_string());
        let contents = path.ok().and_then(|path| self.stores.get(&path));
        let secrets = contents.into_iter().flat_map(|contents| &contents.secrets);
        secrets
            .map(|(name, secret)| StoredSecret { name: name.clone(), access: secret.record.access.clone() })
            .collect()
    }
}

fn push_values(text: &mut String, contents: &Contents) {
    let mut start = "{";
    for (name, secret) in &contents.secrets {
        text.extend([start, "\"", name, "\": \""]);
        STANDARD.encode_string(secret.value.expose(), text);
        text.push('"');
        start = ", ";
    }
    text.push('}');
}

/// Returns an upper limit of the length of a store's entry. Paths and names need no escapes.
fn size_in_json(path: &str, contents: &Contents) -> usize {
    let value = |secret: &Secret| secret.value.len().div_ceil(3) * 4;
    let secrets = contents.secrets.iter().map(|(name, secret)| name.len() + value(secret) + PUNCTUATION);
    path.len() + PUNCTUATION + secrets.sum::<usize>()
}

/// The punctuation around a name and its value, or around a store and its secrets.
const PUNCTUATION: usize = 9;

impl fmt::Debug for OpenedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { store, name, value } = self;
        let mut debug = f.debug_struct("OpenedValue");
        debug.field("store", store).field("name", name).field("value", value).finish()
    }
}
