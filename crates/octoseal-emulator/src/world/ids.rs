//! Numeric ids. A name always gets the same id, and a known id leads back to its name.

use std::collections::BTreeMap;

/// The ids of one kind of object, by name in any case.
#[derive(Clone, Default)]
pub(crate) struct Registry {
    ids: BTreeMap<String, u64>,
    names: BTreeMap<u64, String>,
}

impl Registry {
    /// Returns the id of a name. A new name gets one, and its spelling is kept.
    pub(crate) fn id(&mut self, name: &str) -> u64 {
        let key = name.to_ascii_lowercase();
        match self.ids.get(&key) {
            Some(id) => *id,
            None => {
                let id =
                    (derived(&key)..).find(|id| !self.names.contains_key(id)).expect("ids do not run out");
                self.insert(name, id);
                id
            }
        }
    }

    /// Sets the id of a name, instead of the one derived from it.
    pub(crate) fn insert(&mut self, name: &str, id: u64) {
        if let Some(former) = self.ids.insert(name.to_ascii_lowercase(), id) {
            self.names.remove(&former);
        }
        if let Some(former) = self.names.insert(id, name.to_owned()) {
            self.ids.retain(|key, taken| *taken != id || former.to_ascii_lowercase() != *key);
        }
    }

    /// Lists every name as it is spelled, with its id, in the order of the names.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, u64)> {
        self.ids.values().map(|id| (self.names[id].as_str(), *id))
    }

    pub(crate) fn knows(&self, name: &str) -> bool {
        self.ids.contains_key(&name.to_ascii_lowercase())
    }

    /// Returns the name with this id.
    pub(crate) fn name(&self, id: u64) -> Option<&str> {
        self.names.get(&id).map(String::as_str)
    }

    /// Returns the spelling of a known name.
    pub(crate) fn spelling(&mut self, name: &str) -> String {
        let id = self.id(name);
        self.names[&id].clone()
    }
}

/// Hashes a name with FNV-1a, mixed once more and cut to 33 bits. Half of the ids need more than 32 bits, to
/// test clients.
fn derived(name: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    1 + ((hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_id_in_any_case() {
        let mut registry = Registry::default();
        let id = registry.id("Octo/Hello");
        assert_eq!(registry.id("octo/hello"), id);
        assert_eq!(registry.name(id), Some("Octo/Hello"));
        assert_eq!(Registry::default().id("OCTO/HELLO"), id);
    }

    #[test]
    fn some_ids_are_beyond_32_bits() {
        let mut registry = Registry::default();
        let ids: Vec<u64> = (0..64).map(|number| registry.id(&format!("octo/{number}"))).collect();
        assert!(ids.iter().any(|id| *id > u64::from(u32::MAX)), "{ids:?}");
        assert!(ids.iter().any(|id| *id <= u64::from(u32::MAX)), "{ids:?}");
    }

    #[test]
    fn an_id_names_one_thing_only() {
        let mut registry = Registry::default();
        registry.insert("octo/one", 7);
        registry.insert("octo/two", 7);
        assert_eq!(registry.name(7), Some("octo/two"));
        assert_ne!(registry.id("octo/one"), 7);
        registry.insert("octo/two", 8);
        assert_eq!(registry.name(7), None);
    }
}
