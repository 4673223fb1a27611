//! The conversion of a world file's keys to declarations, and checks across keys.

mod app;
mod repository;

use super::error::Wrong;
use super::grants;
use super::shape::{File, Organization, Token};
use super::words::{PageChange, Preset};
use crate::credential::token::Kind;
use crate::limits::Limits;
use crate::world::World;
use crate::world::changing_listings::BetweenPages;
use std::collections::BTreeSet;
use std::time::Duration;

impl File {
    pub(super) fn apply(self, world: &mut World) -> Result<(), Wrong> {
        if self.strict {
            world.strict();
        }
        for path in &self.missing {
            world.missing(&path.0);
        }
        self.apply_situations(world);
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
            token.apply(world)?;
        }
        let mut ids = BTreeSet::new();
        for app in &self.apps {
            world.app(app.declared(world, &mut ids)?);
        }
        for fault in self.faults {
            let place = fault.span();
            let script = fault.into_inner().script();
            world.scripts.push(script.map_err(|message| Wrong { place, message })?);
        }
        if let Some(preset) = self.limits {
            world.limits(limits(preset)); // last, since it cannot be reverted
        }
        Ok(())
    }
}

impl File {
    /// Declares the situations of stores that do not depend on one request.
    fn apply_situations(&self, world: &mut World) {
        for store in &self.full {
            world.full(&store.0);
        }
        match self.between_pages {
            Some(PageChange::Create) => world.between_pages(BetweenPages::Create, 1),
            Some(PageChange::Delete) => world.between_pages(BetweenPages::Delete, 1),
            None => world,
        };
        if let Some(requests) = self.stale_requests {
            world.stale_requests(requests);
        }
        if let Some(seconds) = self.stale_seconds {
            world.stale_time(Duration::from_secs(seconds));
        }
        if let Some(seconds) = self.late_updated_at_seconds {
            world.late_updated_at(Duration::from_secs(seconds));
        }
    }

    /// Refuses declarations that would silently replace others.
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
                return Err(Wrong::new(&repository.name, "a name in its `renamed_from` is also declared"));
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
        world.organization(&self.login.0).declarations.policies.remove(&self.login.0.to_ascii_lowercase());
        if let Some(id) = self.id {
            world.organization_id(&self.login.0, id);
        }
        if self.saml {
            world.saml(&self.login.0);
        }
        if self.ip_allow_list {
            world.ip_allow_list(&self.login.0);
        }
        if self.no_classic_tokens {
            world.no_classic_tokens(&self.login.0);
        }
        if let Some(days) = self.longest_token_days {
            world.longest_token_days(&self.login.0, days);
        }
    }
}

impl Token {
    fn apply(&self, world: &mut World) -> Result<(), Wrong> {
        let token = self.token.get_ref();
        world.declarations.grants.remove(token);
        world.declarations.bad_tokens.remove(token);
        if token.is_empty() || token.contains(|c: char| !c.is_ascii_graphic()) {
            return Err(Wrong::new(&self.token, "a token has at least one character and no spaces"));
        }
        if let Some(grants) = self.grants(Kind::of(token))? {
            let grants: Vec<&str> = grants.iter().map(String::as_str).collect();
            world.token(token, &grants);
        }
        if let Some(owner) = &self.owner {
            let name = &owner.get_ref().0;
            let is_declared = world.declarations.owners.contains(&name.to_ascii_lowercase())
                && !world.organizations.knows(name);
            if !is_declared {
                return Err(Wrong::new(owner, "this user is not declared; add a [[user]] with this `login`"));
            }
            world.token_owner(token, name);
        }
        world.known_token(token);
        if self.expired {
            world.bad_token(token);
        }
        Ok(())
    }

    /// Returns the declared scopes or permissions, depending on the kind of token, or `None` if it may do
    /// whatever its kind can.
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
