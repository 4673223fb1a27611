//! Copies of a world with its declarations only, for resets and for declarations with mistakes.

use crate::world::World;

impl World {
    /// Returns a world with the same declarations, in which nothing is stored.
    pub(crate) fn as_declared(&self) -> Self {
        let mut world = Self {
            between_pages: self.between_pages,
            counts_are_free: self.counts_are_free,
            declarations: self.declarations.clone(),
            environments: self.environments.clone(),
            lateness: self.lateness,
            organizations: self.organizations.clone(),
            past: self.past.as_declared(),
            repositories: self.repositories.clone(),
            scripts: self.scripts.clone(),
            users: self.users.clone(),
            ..Self::default()
        };
        world.limits(self.ledger.limits().clone());
        world
    }

    /// Takes the declarations of another world, except for its limits. Stored secrets stay.
    pub(crate) fn take_declarations(&mut self, other: Self) {
        let Self {
            between_pages,
            counts_are_free,
            declarations,
            environments,
            lateness,
            organizations,
            past,
            repositories,
            scripts,
            users,
            ..
        } = other;
        self.past.take_settings(&past);
        (self.between_pages, self.counts_are_free, self.lateness) =
            (between_pages, counts_are_free, lateness);
        (self.declarations, self.scripts) = (declarations, scripts);
        (self.environments, self.organizations) = (environments, organizations);
        (self.repositories, self.users) = (repositories, users);
    }

    /// Restores the declarations of another world. Counters continue, so that their readers see the change.
    pub(crate) fn reset_to(&mut self, start: &Self) {
        *self = Self {
            keys_made: self.keys_made + 1,
            requests: self.requests,
            values_changed: self.values_changed + 1,
            ..start.as_declared()
        };
    }
}
