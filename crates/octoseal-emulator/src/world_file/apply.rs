//! From a world file's keys to declarations, and what no key can know alone.

use super::error::Wrong;
use super::grants;
use super::shape::{App, File, Installation, Organization, Repository, Token};
use super::words::{Preset, Property, Visibility};
use crate::credential::app;
use crate::credential::token::Kind;
use crate::limits::Limits;
use crate::world::World;
use crate::world::declarations::PropertyValue;
use std::collections::BTreeSet;

impl File {
    pub(super) fn apply(self, world: &mut World) -> Result<(), Wrong> {
        if let Some(preset) = self.limits {
            world.limits(limits(preset));
        }
        if self.strict {
            world.strict();
        }
        for path in &self.missing {
            world.missing(&path.0);
        }
        for user in &self.users {
            world.user(&user.login.0);
        }
        for organization in &self.organizations {
            organization.apply(world);
        }
        self.check_twice()?;
        let mut names = BTreeSet::new();
        for repository in &self.repositories {
            repository.apply(world, &mut names)?;
        }
        for token in &self.tokens {
            token.apply(world, &self)?;
        }
        let mut ids = BTreeSet::new();
        for app in &self.apps {
            world.app(app.declared(&names, &mut ids)?);
        }
        for fault in self.faults {
            let place = fault.span();
            let script = fault.into_inner().script();
            world.scripts.push(script.map_err(|message| Wrong { place, message })?);
        }
        Ok(())
    }
}

impl File {
    /// What would silently take the place of something else.
    fn check_twice(&self) -> Result<(), Wrong> {
        let declared: BTreeSet<String> = self
            .repositories
            .iter()
            .map(|repository| repository.name.get_ref().0.to_ascii_lowercase())
            .collect();
        let mut ids = BTreeSet::new();
        for repository in &self.repositories {
            if repository.id.is_some_and(|id| !ids.insert(id)) {
                return Err(Wrong::new(&repository.name, "its `id` is that of a repository declared above"));
            }
            if repository.renamed_from.iter().any(|former| declared.contains(&former.0.to_ascii_lowercase()))
            {
                return Err(Wrong::new(&repository.name, "a name in its `renamed_from` is declared, too"));
            }
        }
        let (mut tokens, mut apps) = (BTreeSet::new(), BTreeSet::new());
        for token in &self.tokens {
            if !tokens.insert(token.token.get_ref().as_str()) {
                return Err(Wrong::new(&token.token, "this token was declared above"));
            }
        }
        for app in &self.apps {
            if !apps.insert(app.id) {
                return Err(Wrong::new(&app.public_key, "an App with this `id` was declared above"));
            }
        }
        Ok(())
    }
}

impl Organization {
    fn apply(&self, world: &mut World) {
        world.organization(&self.login.0);
        if let Some(id) = self.id {
            world.organization_id(&self.login.0, id);
        }
        if self.saml {
            world.saml(&self.login.0);
        }
    }
}

impl Repository {
    fn apply(&self, world: &mut World, names: &mut BTreeSet<String>) -> Result<(), Wrong> {
        let name = &self.name.get_ref().0;
        if !names.insert(name.to_ascii_lowercase()) {
            return Err(Wrong::new(
                &self.name,
                "this repository was declared above; names differ by more than case",
            ));
        }
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

impl Token {
    fn apply(&self, world: &mut World, file: &File) -> Result<(), Wrong> {
        let token = self.token.get_ref();
        if token.is_empty() || token.contains(|c: char| !c.is_ascii_graphic()) {
            return Err(Wrong::new(&self.token, "a token has at least one letter, and no spaces"));
        }
        if let Some(grants) = self.grants(Kind::of(token))? {
            let grants: Vec<&str> = grants.iter().map(String::as_str).collect();
            world.token(token, &grants);
        }
        if let Some(owner) = &self.owner {
            let name = &owner.get_ref().0;
            if !file.users.iter().any(|user| user.login.0.eq_ignore_ascii_case(name)) {
                return Err(Wrong::new(owner, "no such user is declared; add a [[user]] with this `login`"));
            }
            world.token_owner(token, name);
        }
        world.known_token(token);
        if self.expired {
            world.bad_token(token);
        }
        Ok(())
    }

    /// Scopes or permissions, whichever tokens of this kind have; nothing if it may do whatever its kind can.
    fn grants(&self, kind: Kind) -> Result<Option<Vec<String>>, Wrong> {
        match (&self.scopes, &self.permissions) {
            (Some(scopes), None) if kind == Kind::Classic => grants::scopes(scopes).map(Some),
            (None, Some(permissions)) if kind != Kind::Classic => {
                let grants = grants::permissions(permissions)?.into_iter();
                Ok(Some(grants.map(|(name, level)| format!("{name}:{}", level.word())).collect()))
            }
            (None, None) => Ok(None),
            _ => Err(Wrong::new(&self.token, ONE_OF_BOTH)),
        }
    }
}

impl App {
    fn declared(&self, names: &BTreeSet<String>, ids: &mut BTreeSet<u64>) -> Result<app::App, Wrong> {
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
            app = app.installation(installation.declared(names)?);
        }
        Ok(app)
    }
}

impl Installation {
    fn declared(&self, names: &BTreeSet<String>) -> Result<app::Installation, Wrong> {
        let mut installation = app::Installation::new(*self.id.get_ref(), &self.account.0);
        for (permission, level) in grants::permissions(&self.permissions)? {
            installation = installation.permission(&permission, level.word());
        }
        for name in self.repositories.iter().flatten() {
            self.check(name.get_ref().0.to_ascii_lowercase(), names)
                .map_err(|text| Wrong::new(name, text))?;
            installation = installation.repository(&name.get_ref().0);
        }
        match &self.repositories {
            Some(none) if none.is_empty() => {
                Err(Wrong::new(&self.id, "`repositories` is empty; name one, or leave it away for all"))
            }
            _ => Ok(installation),
        }
    }

    fn check(&self, name: String, names: &BTreeSet<String>) -> Result<(), &'static str> {
        let owner = name.split('/').next().unwrap_or_default();
        match () {
            () if !owner.eq_ignore_ascii_case(&self.account.0) => Err("it belongs to another account"),
            () if !names.is_empty() && !names.contains(&name) => {
                Err("no such repository is declared; add a [[repository]] with this `name`")
            }
            () => Ok(()),
        }
    }
}

fn limits(preset: Preset) -> Limits {
    match preset {
        Preset::None => Limits::none(),
        Preset::PrimaryOnly => Limits::primary_only(),
        Preset::Github => Limits::github(),
        Preset::GithubWithContent => Limits::github_with_content(),
    }
}

const ONE_OF_BOTH: &str = "a classic token (ghp_, gho_) has `scopes`; one that begins with github_pat_, ghu_ or ghs_ \
    has `permissions`";
