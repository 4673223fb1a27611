//! Listings that change while a client walks through their pages.

use crate::api::access::Access;
use crate::api::store::Store;
use crate::world::{Secret, World};
use octoseal_crypto::SecretValue;

/// What happens to a store after the first of several pages of its listing was answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum BetweenPages {
    /// A secret that sorts before all others is created: an item of the first page comes again on the second.
    Create,
    /// The first secret is deleted: an item that belongs to the second page is on none.
    Delete,
}

/// Changing listings.
impl World {
    /// Changes a store between the pages of its listing, so many times.
    pub fn between_pages(&mut self, change: BetweenPages, times: u64) -> &mut Self {
        self.between_pages = (times > 0).then_some((change, times));
        self
    }

    /// Changes the store, if it is to change, after its first page was answered and more follow.
    pub(crate) fn change_between_pages(&mut self, store: &Store, now: i64) {
        let Some((change, times)) = self.between_pages else {
            return;
        };
        self.between_pages(change, times - 1);
        self.values_changed += 1;
        let secrets = &mut self.contents_mut(store).secrets;
        match change {
            BetweenPages::Create => {
                let access = secrets.values().next().map_or(Access::Owner, |secret| secret.access.clone());
                let value = SecretValue::from(Vec::new());
                let name = if secrets.contains_key("A") { "A0" } else { "A" };
                secrets.insert(name.to_owned(), Secret::new(access, now, now, value));
            }
            BetweenPages::Delete => {
                secrets.pop_first();
            }
        }
    }
}
