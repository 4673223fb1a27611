//! Files for two machines: one knows the values, the other has the token.
//!
//! The machine with the token writes the keys of the stores ([`KeyLine`]). The other one reads them with [`read_keys`], seals
//! with [`PreparedValue::seal`] and writes [`value_line`]s. The first one reads those with [`read_values`] and sends them with
//! [`GitHub::put_prepared`](octoseal::GitHub::put_prepared). Both files are JSON Lines; neither holds a secret in plain text.
//!
//! # Examples
//!
//! ```
//! use octoseal::{PreparedValue, SecretName, SecretValue, StoreKey};
//! use octoseal_fleet::inputs::sealed::{KeyLine, read_keys, read_values, value_line};
//!
//! let key = StoreKey { key_id: "1".to_owned(), key: "2Sg8iYjAxxmI2LvUXpJjkYrMxURPc8r+dB7TJyvvcCU=".to_owned() };
//! let keys = KeyLine { store: "orgs/acme/actions".parse()?, key }.to_string();
//!
//! let KeyLine { store, key } = read_keys(keys.as_bytes())?.remove(0);
//! let sealed = PreparedValue::seal(store, SecretName::new("NPM_TOKEN")?, key, &SecretValue::from("s3cr3t"))?;
//!
//! let values = read_values(value_line(&sealed).as_bytes())?;
//! assert_eq!(values, [sealed]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::error::InputErrors;
use super::fault::Fault;
use super::format::Format;
use super::limits::MAX_ENTRIES;
use super::member::Place;
use super::parse::checked;
use octoseal::{AnyStore, PreparedValue, PublicKey, SecretName, StoreKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;

/// The key of one store: a line of the file of keys.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeyLine {
    /// The store.
    pub store: AnyStore,
    /// Its key.
    pub key: StoreKey,
}

/// Prints the line without its line break.
impl fmt::Display for KeyLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { store, key } = self;
        json!({ "store": store.to_string(), "key_id": key.key_id, "key": key.key }).fmt(f)
    }
}

/// Returns the line of a file of sealed values, without its line break.
pub fn value_line(value: &PreparedValue) -> String {
    let StoreKey { key_id, key } = value.key();
    let (store, name, sealed) = (value.store().to_string(), value.name().as_str(), value.encrypted_value());
    json!({ "store": store, "name": name, "key_id": key_id, "key": key, "encrypted_value": sealed })
        .to_string()
}

/// Reads a file of keys.
///
/// # Errors
///
/// All errors of the file: lines that are not keys, invalid keys, and duplicate stores.
pub fn read_keys(text: &[u8]) -> Result<Vec<KeyLine>, InputErrors> {
    #[derive(Deserialize)]
    struct Line {
        store: String,
        // This checks both fields. Other fields are for people.
        #[serde(flatten)]
        key: StoreKey,
    }
    read(text, |line: Line| {
        let store: AnyStore = line.store.parse().map_err(Fault::InvalidStore)?;
        PublicKey::from_base64(&line.key.key).map_err(Fault::InvalidKeyOfStore)?;
        Ok((store.clone(), KeyLine { store, key: line.key }))
    })
}

/// Reads a file of sealed values.
///
/// # Errors
///
/// All errors of the file: lines that are not sealed values, and duplicate secrets.
pub fn read_values(text: &[u8]) -> Result<Vec<PreparedValue>, InputErrors> {
    // An unknown field may change the meaning.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Line {
        store: String,
        name: String,
        key_id: String,
        key: String,
        encrypted_value: String,
    }
    read(text, |Line { store, name, key_id, key, encrypted_value }: Line| {
        let store: AnyStore = store.parse().map_err(Fault::InvalidStore)?;
        let name: SecretName = name.parse().map_err(Fault::InvalidName)?;
        let key = StoreKey { key_id, key };
        let value = PreparedValue::new(store.clone(), name.clone(), key, encrypted_value);
        Ok(((store, name), value.map_err(|error| Fault::InvalidSealedValue(error.into()))?))
    })
}

/// Reads JSON Lines. Each line has an identity, which must be unique.
fn read<L: DeserializeOwned, I: Eq + Hash, T>(
    text: &[u8],
    item_of: impl Fn(L) -> Result<(I, T), Fault>,
) -> Result<Vec<T>, InputErrors> {
    let text = checked(text)?;
    let (mut errors, mut items, mut first_lines) = (InputErrors::none(), Vec::new(), HashMap::new());
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let item = serde_json::from_str(text).map_err(|error| match error.is_data() {
            true => Fault::UnexpectedFields,
            false => Fault::Syntax(Format::Json),
        });
        let item = item.and_then(&item_of);
        let fault = match item {
            Ok((identity, item)) => {
                items.push(item);
                first_lines.insert(identity, line).map(|first| Fault::RepeatedLine { first })
            }
            Err(fault) => Some(fault),
        };
        if let Some(fault) = fault {
            errors.push(Place { line, column: None }, None, fault);
        }
    }
    if items.len() > MAX_ENTRIES {
        errors.push(None, None, Fault::TooManyEntries);
    }
    if items.is_empty() && errors.is_empty() {
        errors.push(None, None, Fault::NoValues);
    }
    if errors.is_empty() { Ok(items) } else { Err(errors) }
}
