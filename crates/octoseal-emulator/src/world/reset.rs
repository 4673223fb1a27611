//! A world as it was declared: what a reset goes back to, and what a declaration with a mistake leaves as it was.

use crate::world::World;

impl World {
    /// A world with the same declarations, in which nothing is stored.
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

    /// Takes the declarations of another world, except for its limits; what is stored stays.
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

    /// Becomes what another world was declared as. Counts go on, so that a reader of them sees that all has changed.
    pub(crate) fn reset_to(&mut self, start: &Self) {
        *self = Self {
            keys_made: self.keys_made + 1,
            requests: self.requests,
            values_changed: self.values_changed + 1,
            ..start.as_declared()
        };
    }
}
