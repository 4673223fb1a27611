//! Listings that change between the requests for their pages.

use crate::api::kind::Kind;
use crate::api::store::Store;
use crate::world::{Record, Secret, Variable, World};
use octoseal_crypto::SecretValue;
use std::collections::BTreeMap;

/// A change to a store after the first of several pages of its listing was answered.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum BetweenPages {
    /// Creates a secret or variable that sorts first: an item of the first page appears again on the second.
    Create,
    /// Deletes the first secret or variable: the first item of the second page appears on no page.
    Delete,
}

/// Changing listings.
impl World {
    /// Changes a store between the pages of its listing, `times` times.
    pub fn between_pages(&mut self, change: BetweenPages, times: u64) -> &mut Self {
        self.between_pages = (times > 0).then_some((change, times));
        self
    }

    /// Changes the store, if a change is declared, after its first page was answered and more follow.
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

/// Deletes the first item, or creates a similar one before it.
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
