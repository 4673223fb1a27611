//! Declared repositories.

use super::super::error::Wrong;
use super::super::shape::Repository;
use super::super::words::{Property, Visibility};
use crate::world::World;
use crate::world::declarations::PropertyValue;
use std::collections::BTreeSet;

impl Repository {
    pub(super) fn apply(&self, world: &mut World, names: &mut BTreeSet<String>) -> Result<(), Wrong> {
        let name = &self.name.get_ref().0;
        if !names.insert(name.to_ascii_lowercase()) {
            return Err(Wrong::new(
                &self.name,
                "this repository was declared above; names differ by more than case",
            ));
        }
        world.declarations.facts.remove(&name.to_ascii_lowercase());
        match self.visibility {
            Visibility::Internal => world.internal_repository(name),
            Visibility::Private => world.repository(name),
            Visibility::Public => world.public_repository(name),
        };
        if let Some(id) = self.id {
            world.repository_id(name, id);
        }
        if self.archived {
            world.archived(name);
        }
        if self.fork {
            world.fork(name);
        }
        for topic in &self.topics {
            world.topic(name, topic);
        }
        for (property, value) in &self.properties {
            let value = match value.clone() {
                Property::One(text) => PropertyValue::One(text),
                Property::Several(texts) => PropertyValue::Several(texts),
            };
            world.property(name, property, value);
        }
        for former in &self.renamed_from {
            world.renamed(&former.0, name);
        }
        for environment in &self.environments {
            world.environment(name, &environment.0);
        }
        Ok(())
    }
}
