//! Listings that change while a client walks through their pages.

use crate::api::kind::Kind;
use crate::api::store::Store;
use crate::world::{Record, Secret, Variable, World};
use octoseal_crypto::SecretValue;
use std::collections::BTreeMap;

/// What happens to a store after the first of several pages of its listing was answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum BetweenPages {
    /// A secret or variable that sorts before all others is created: an item of the first page comes again on the second.
    Create,
    /// The first secret or variable is deleted: an item that belongs to the second page is on none.
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
    pub(crate) fn change_between_pages(&mut self, store: &Store, kind: Kind, now: i64) {
        let Some((change, times)) = self.between_pages else {
            return;
        };
        self.between_pages(change, times - 1);
        let contents = self.contents_mut(store);
        match kind {
            Kind::Secrets => changed(&mut contents.secrets, change, |former| Secret {
                record: Record::new(former.record.access.clone(), now),
                value: SecretValue::from(Vec::new()),
            }),
            Kind::Variables => changed(&mut contents.variables, change, |former| Variable {
                record: Record::new(former.record.access.clone(), now),
                value: String::new(),
            }),
        }
        self.values_changed += u64::from(kind == Kind::Secrets);
    }
}

/// Deletes the first of them, or makes one like it.
fn changed<T>(items: &mut BTreeMap<String, T>, change: BetweenPages, like: impl Fn(&T) -> T) {
    match change {
        BetweenPages::Create => {
            let name = if items.contains_key("A") { "A0" } else { "A" };
            if let Some(item) = items.values().next().map(like) {
                items.insert(name.to_owned(), item);
            }
        }
        BetweenPages::Delete => {
            items.pop_first();
        }
    }
}
