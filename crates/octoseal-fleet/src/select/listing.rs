//! Listings that do not say how many items they have.

use octoseal::{Error, GitHub, Page, Request, limits};
use std::collections::BTreeSet;

/// The maximum number of readings of a listing.
const MAX_READINGS: usize = 4;

/// Lists everything.
///
/// A listing of several pages is read until two readings have the same items. If an item disappears between two
/// pages, the others move up, and one of them is then on neither page.
///
/// # Errors
///
/// As [`Pages::all`](octoseal::Pages::all), and [`Error::Incomplete`] if the listing always changes.
pub(super) async fn whole<T, K: Ord>(
    github: &GitHub,
    first: Request<Page<T>>,
    id: impl Fn(&T) -> K,
) -> Result<Vec<T>, Error> {
    let mut before = BTreeSet::new();
    let (mut found, mut total) = (0, 0);
    for _ in 0..MAX_READINGS {
        let items = github.pages(first.clone()).all().await?;
        let ids: BTreeSet<K> = items.iter().map(&id).collect();
        let is_one_page = items.len() < usize::from(limits::MAX_PAGE_SIZE);
        if ids.len() == items.len() && (is_one_page || before == ids) {
            return Ok(items);
        }
        (found, total) = (ids.intersection(&before).count(), ids.union(&before).count());
        before = ids;
    }
    Err(Error::Incomplete { found: found as u64, total: total as u64 })
}
