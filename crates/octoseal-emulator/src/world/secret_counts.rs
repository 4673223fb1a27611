//! How many secrets a store takes.

use crate::api::answer::Refusal;
use crate::api::store::{Family, Owner, Store};
use crate::world::World;

/// Count limits.
impl World {
    /// Whether a full store refuses further secrets, as it does until told otherwise: 1,000 for an organization's
    /// Actions, Agents and Dependabot stores, 100 for any other.
    pub fn count_limits(&mut self, are_kept: bool) -> &mut Self {
        self.counts_are_free = !are_kept;
        self
    }

    /// Refuses one more secret in a full store; a new value for one that is there always fits.
    pub(crate) fn require_room(&self, store: &Store, name: &str) -> Result<(), Refusal> {
        let path = store.to_string();
        let Some(contents) = self.stores.get(&path) else {
            return Ok(());
        };
        let most = most(store);
        let is_full = self.declarations.full.contains(&path)
            || (!self.counts_are_free && contents.secrets.len() >= most);
        if !is_full || contents.secrets.contains_key(name) {
            return Ok(());
        }
        Err(Refusal::unprocessable(format!(
            "Secrets limit reached: no more than {most} secrets are allowed."
        )))
    }
}

/// "Limits for secrets" of the pages on Actions and Codespaces; Agents and Dependabot as Actions, which is a guess.
fn most(store: &Store) -> usize {
    match (&store.owner, store.family) {
        (Owner::Organization(_), Family::Actions | Family::Agents | Family::Dependabot) => 1_000,
        _ => 100,
    }
}
