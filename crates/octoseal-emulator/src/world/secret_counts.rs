//! Maximum numbers of secrets and variables in a store.

use crate::api::answer::Refusal;
use crate::api::kind::Kind;
use crate::api::store::{Family, Owner, Store};
use crate::world::World;

/// Count limits.
impl World {
    /// Sets whether a full store refuses further secrets and variables, as it does by default. The limits are
    /// 1,000 of each for an organization's Actions, Agents and Dependabot stores, 500 variables of a
    /// repository, and 100 for all others.
    pub fn count_limits(&mut self, are_kept: bool) -> &mut Self {
        self.counts_are_free = !are_kept;
        self
    }

    /// Refuses a new item in a full store. A new value of an existing item always fits.
    pub(crate) fn require_room(&self, store: &Store, kind: Kind, name: &str) -> Result<(), Refusal> {
        let path = store.to_string();
        let Some(contents) = self.stores.get(&path) else {
            return Ok(());
        };
        let (count, is_there) = match kind {
            Kind::Secrets => (contents.secrets.len(), contents.secrets.contains_key(name)),
            Kind::Variables => (contents.variables.len(), contents.variables.contains_key(name)),
        };
        let most = most(store, kind);
        let is_full = self.declarations.full.contains(&path) || (!self.counts_are_free && count >= most);
        if is_full && !is_there { Err(kind.limit_refusal(most)) } else { Ok(()) }
    }
}

/// Returns the maximum: "Limits for secrets" and "Limits for configuration variables" of the pages on Actions
/// and Codespaces. Agents and Dependabot have the limits of Actions, which is a guess.
fn most(store: &Store, kind: Kind) -> usize {
    match (&store.owner, store.family, kind) {
        (Owner::Organization(_), Family::Actions | Family::Agents | Family::Dependabot, _) => 1_000,
        (Owner::Repository(_), _, Kind::Variables) => 500,
        _ => 100,
    }
}
