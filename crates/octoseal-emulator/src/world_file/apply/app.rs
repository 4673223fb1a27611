//! Declared GitHub Apps with their installations.

use super::super::error::Wrong;
use super::super::grants;
use super::super::shape::{App, Installation};
use crate::credential::app;
use crate::world::World;
use std::collections::BTreeSet;

impl App {
    pub(super) fn declared(&self, world: &World, ids: &mut BTreeSet<u64>) -> Result<app::App, Wrong> {
        let app = app::App::new(self.id, self.public_key.get_ref());
        let mut app = app.map_err(|error| Wrong::new(&self.public_key, error.to_string()))?;
        if let Some(client_id) = &self.client_id {
            app = app.client_id(client_id);
        }
        for installation in &self.installations {
            if !ids.insert(*installation.id.get_ref()) {
                return Err(Wrong::new(
                    &installation.id,
                    "another installation has this id; each needs its own",
                ));
            }
            app = app.installation(installation.declared(world)?);
        }
        Ok(app)
    }
}

impl Installation {
    fn declared(&self, world: &World) -> Result<app::Installation, Wrong> {
        let mut installation = app::Installation::new(*self.id.get_ref(), &self.account.0);
        if self.suspended {
            installation = installation.suspended();
        }
        for (permission, level) in grants::permissions(&self.permissions)? {
            installation = installation.permission(&permission, level.word());
        }
        for name in self.repositories.iter().flatten() {
            self.check(&name.get_ref().0, world).map_err(|text| Wrong::new(name, text))?;
            installation = installation.repository(&name.get_ref().0);
        }
        match &self.repositories {
            Some(none) if none.is_empty() => Err(Wrong::new(
                &self.id,
                "`repositories` is empty; name at least one, or omit it for all repositories",
            )),
            _ => Ok(installation),
        }
    }

    fn check(&self, name: &str, world: &World) -> Result<(), &'static str> {
        let owner = name.split('/').next().unwrap_or_default();
        match () {
            () if !owner.eq_ignore_ascii_case(&self.account.0) => Err("it belongs to another account"),
            () if !world.declarations.is_declared(name) => {
                Err("this repository is not declared; add a [[repository]] with this `name`")
            }
            () => Ok(()),
        }
    }
}
