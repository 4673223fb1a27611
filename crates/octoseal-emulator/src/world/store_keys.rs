//! The stores' key pairs: created at the first request, rotated on demand.

use crate::api::answer::Refusal;
use crate::api::store::{Family, Store};
use crate::api::store_path::UnknownStore;
use crate::world::{Contents, World};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use octoseal_crypto::{SecretKey, SecretValue};
use serde_json::{Value, json};

/// A store's key pair, with its id.
pub(crate) struct StoreKey {
    id: String,
    pair: SecretKey,
}

impl StoreKey {
    pub(crate) fn new(id: impl Into<String>) -> Self {
        let pair = SecretKey::generate().expect("the crypto library makes keys");
        Self { id: id.into(), pair }
    }

    /// Returns GitHub's answer to a request for the public key.
    pub(crate) fn json(&self) -> Value {
        json!({ "key_id": self.id, "key": self.pair.public_key().to_string() })
    }

    /// Opens a box that was sealed to this key.
    pub(crate) fn open(&self, key_id: &str, encrypted_value: &str) -> Result<SecretValue, Refusal> {
        let refusal = || Refusal::unprocessable(IMPROPERLY_ENCRYPTED);
        if key_id != self.id {
            return Err(refusal());
        }
        self.pair.open_base64(encrypted_value).map_err(|_| refusal())
    }
}

/// Keys.
impl World {
    /// Replaces a store's key pair and its id, and returns the new id. Stored secrets stay.
    ///
    /// # Errors
    ///
    /// [`UnknownStore`] if the path is not that of a store.
    pub fn rotate_key(&mut self, store: &str) -> Result<String, UnknownStore> {
        let key_id = (FIRST_ROTATED_ID + self.keys_made).to_string();
        self.replace_key(store, key_id)
    }

    /// Replaces a store's key pair but keeps its id, as GitHub does when an environment is deleted and
    /// created again.
    ///
    /// # Errors
    ///
    /// [`UnknownStore`] if the path is not that of a store.
    pub fn rotate_key_keeping_id(&mut self, store: &str) -> Result<String, UnknownStore> {
        let key_id = self.key_of(&Store::parse(store)?).id.clone();
        self.replace_key(store, key_id)
    }

    /// Returns the number of created key pairs. When it grows, [`secret_keys_json`](Self::secret_keys_json)
    /// has changed.
    pub fn keys_made(&self) -> u64 {
        self.keys_made
    }

    /// Returns the created key pairs as JSON: `{STORE: {"key_id", "public_key", "secret_key"}}`.
    ///
    /// It allows another program to open the boxes, so it is a secret itself.
    pub fn secret_keys_json(&self) -> SecretValue {
        let size = self.stores.keys().map(|path| path.len() + SIZE_OF_ENTRY).sum::<usize>();
        let mut text = String::with_capacity(size + 2); // growing the buffer would leave copies in memory
        let mut start = "{";
        for (path, key) in
            self.stores.iter().filter_map(|(path, contents)| Some((path, contents.key.as_ref()?)))
        {
            let public_key = key.pair.public_key().to_string();
            for part in
                [start, "\"", path, "\": {\"key_id\": \"", &key.id, "\", \"public_key\": \"", &public_key]
            {
                text.push_str(part);
            }
            text.push_str("\", \"secret_key\": \"");
            STANDARD.encode_string(key.pair.expose(), &mut text);
            text.push_str("\"}");
            start = ",\n ";
        }
        text.push_str(if text.is_empty() { "{}" } else { "}" });
        debug_assert!(text.len() <= size + 2, "the text was written in place");
        SecretValue::from(text)
    }

    /// Returns the content of a store.
    pub(crate) fn contents_mut(&mut self, store: &Store) -> &mut Contents {
        self.stores.entry(store.to_string()).or_default()
    }

    /// Returns the key of a store, and creates it if the store has no key.
    pub(crate) fn key_of(&mut self, store: &Store) -> &StoreKey {
        let keys_made = &mut self.keys_made;
        self.stores.entry(store.to_string()).or_default().key.get_or_insert_with(|| {
            *keys_made += 1;
            StoreKey::new(first_key_id(store.family))
        })
    }

    fn replace_key(&mut self, store: &str, key_id: String) -> Result<String, UnknownStore> {
        self.contents_mut(&Store::parse(store)?).key = Some(StoreKey::new(key_id.clone()));
        self.keys_made += 1;
        Ok(key_id)
    }
}

/// Returns the first key id, which several stores share, as at GitHub. A leading zero (as in the examples of
/// GitHub's description) and 19 digits keep clients from reading it as a number.
fn first_key_id(family: Family) -> &'static str {
    match family {
        Family::Actions | Family::Agents => "568250167242549743",
        Family::Codespaces => "012345678912345678",
        Family::Dependabot => "3380204578043523366",
    }
}

const FIRST_ROTATED_ID: u64 = 3_380_217_566_468_950_000;
const IMPROPERLY_ENCRYPTED: &str = "Bad request - validation failed due to an improperly encrypted secret";

/// The size of one entry: punctuation and names, an id, and two keys of 44 characters.
const SIZE_OF_ENTRY: usize = 3 + 1 + 14 + 19 + 18 + 44 + 18 + 44 + 2;
