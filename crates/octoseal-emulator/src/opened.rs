//! What only the emulator knows: the values it opened, and everything else it holds.

use crate::access::Access;
use crate::store::Store;
use crate::world::World;
use octoseal_crypto::SecretValue;
use std::fmt;

/// A secret that is in a store, without its value.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct StoredSecret {
    /// Its name, in upper case.
    pub name: String,
    /// Who may read it.
    pub access: Access,
}

/// A value that was opened. Its `Debug` names the store and the secret only.
pub struct OpenedValue {
    /// The store's path, in lower case.
    pub store: String,
    /// The secret's name, in upper case.
    pub name: String,
    /// The plaintext.
    pub value: SecretValue,
}

/// What is stored. A path of no store, or of one that nothing was written to, is empty.
impl World {
    /// The plaintext of a secret, copied; it is wiped when dropped.
    pub fn opened_value(&self, store: &str, name: &str) -> Option<SecretValue> {
        let contents = self.stores.get(&Store::parse(store).ok()?.to_string())?;
        let secret = contents.secrets.get(&name.to_uppercase())?;
        Some(SecretValue::from(secret.value.expose()))
    }

    /// All plaintexts, in the order of stores and names.
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

    /// The secrets of a store, by name.
    pub fn secrets(&self, store: &str) -> Vec<StoredSecret> {
        let path = Store::parse(store).map(|store| store.to_string());
        let contents = path.ok().and_then(|path| self.stores.get(&path));
        let secrets = contents.into_iter().flat_map(|contents| &contents.secrets);
        secrets
            .map(|(name, secret)| StoredSecret { name: name.clone(), access: secret.access.clone() })
            .collect()
    }
}

impl fmt::Debug for OpenedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { store, name, value } = self;
        let mut debug = f.debug_struct("OpenedValue");
        debug.field("store", store).field("name", name).field("value", value).finish()
    }
}
