//! Listings, in pages or as a whole.

use crate::error::Error;
use crate::github::GitHub;
use octoseal_model::{Page, Request};
use std::collections::BTreeSet;
use std::vec;

/// Maximum number of pages of one listing, set by this crate, far above GitHub's limits.
const MAX_PAGES: usize = 1_000;

/// The pages of a listing. A page is fetched when it is requested, so a slow reader slows the requests.
///
/// It holds one page at a time: at most 100 items with short names, from an answer of at most 1 MiB
/// ([`Config::max_body`](crate::Config::max_body)). [`each`](Self::each) returns single items.
///
/// # Examples
///
/// ```
/// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
/// let mut pages = github.secrets(octoseal::User.store()).pages();
/// while let Some(secrets) = pages.next().await? {
///     println!("{} of {:?}", secrets.len(), pages.total_count());
/// }
/// # Ok(())
/// # }
/// ```
///
/// With the feature `stream` the items are also a stream: `Each::into_stream`.
#[derive(Debug)]
pub struct Pages<T> {
    github: GitHub,
    first: Request<Page<T>>,
    next: Option<Request<Page<T>>>,
    read: usize,
    found: u64,
    total_count: Option<u64>,
    changed: bool,
}

impl<T> Pages<T> {
    pub(crate) fn new(github: GitHub, first: Request<Page<T>>) -> Self {
        let next = Some(first.clone());
        Self { github, first, next, read: 0, found: 0, total_count: None, changed: false }
    }

    /// Returns the items of the next page, or `None` after the last one.
    ///
    /// If the future is dropped before it is done, the next call requests the same page.
    ///
    /// # Errors
    ///
    /// The same as for [`GitHub::send`]. A failed page is not requested again. [`Error::TooManyPages`] after
    /// 1,000 pages. [`Error::PartialResults`] if GitHub omitted items. After the last page,
    /// [`Error::Incomplete`] if the number of items differs from the one that GitHub reports, or changed in
    /// the meantime. A 404 on a page after the first gives it as well.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(request) = &self.next else { return self.end() };
        let page = match self.read {
            MAX_PAGES => Err(Error::TooManyPages),
            _ => self.github.carry(request).await,
        };
        // This waits for the answer: an interrupted listing must not look complete.
        self.next = None;
        let page = page.map_err(|error| match self.read > 0 && error.is_not_found() {
            true => self.incomplete(),
            false => error,
        });
        let Page { total_count, items, next, left_out, .. } = page.inspect_err(|_| self.read = 0)?;
        if let Some(organizations) = left_out {
            self.read = 0;
            return Err(Error::PartialResults { organizations });
        }
        self.next = next;
        self.read += 1;
        self.found += items.len() as u64;
        self.changed |= self.read > 1 && self.total_count != total_count;
        self.total_count = total_count;
        Ok(Some(items))
    }

    /// Returns once whether all pages together are complete.
    fn end(&mut self) -> Result<Option<Vec<T>>, Error> {
        let is_whole = !self.changed && self.total_count.is_none_or(|total| total == self.found);
        match std::mem::take(&mut self.read) > 0 && !is_whole {
            true => Err(self.incomplete()),
            false => Ok(None),
        }
    }

    fn incomplete(&self) -> Error {
        Error::Incomplete { found: self.found, total: self.total_count.unwrap_or(self.found) }
    }

    /// Returns the items one by one. A page is fetched when the previous one is used up.
    pub fn each(self) -> Each<T> {
        Each { pages: self, items: Vec::new().into_iter() }
    }

    /// Returns the number of items on all pages that GitHub reports, once a page was read.
    pub fn total_count(&self) -> Option<u64> {
        self.total_count
    }

    /// Returns the items of all remaining pages, at most 1,000 pages of 100.
    ///
    /// An incomplete listing is read once more from its start, unless a page of it was returned before.
    ///
    /// # Errors
    ///
    /// The same as for [`next`](Self::next).
    pub async fn all(&mut self) -> Result<Vec<T>, Error> {
        let is_fresh = self.read == 0 && self.next.is_some();
        match self.rest().await {
            Err(Error::Incomplete { .. }) if is_fresh => self.again().await,
            result => result,
        }
    }

    /// Returns all items like [`all`](Self::all). A duplicate item is an error, since another one may be
    /// missing.
    pub(crate) async fn all_different<K: Ord>(mut self, key: impl Fn(&T) -> K) -> Result<Vec<T>, Error> {
        let different = |all: Vec<T>| {
            let found = all.iter().map(&key).collect::<BTreeSet<K>>().len();
            match found == all.len() {
                true => Ok(all),
                false => Err(Error::Incomplete { found: found as u64, total: all.len() as u64 }),
            }
        };
        match self.rest().await.and_then(different) {
            Err(Error::Incomplete { .. }) => self.again().await.and_then(different),
            result => result,
        }
    }

    async fn again(&mut self) -> Result<Vec<T>, Error> {
        *self = Self::new(self.github.clone(), self.first.clone());
        self.rest().await
    }

    async fn rest(&mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(items) = self.next().await? {
            all.extend(items);
        }
        Ok(all)
    }
}

/// The items of a listing one by one, created by [`Pages::each`].
#[derive(Debug)]
pub struct Each<T> {
    pages: Pages<T>,
    items: vec::IntoIter<T>,
}

impl<T> Each<T> {
    /// Returns the next item, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// The same as for [`Pages::next`].
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn example(github: octoseal::GitHub) -> Result<(), octoseal::Error> {
    /// let mut secrets = github.secrets(octoseal::User.store()).pages().each();
    /// while let Some(secret) = secrets.next().await? {
    ///     println!("{}", secret.name);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn next(&mut self) -> Result<Option<T>, Error> {
        loop {
            if let Some(item) = self.items.next() {
                return Ok(Some(item));
            }
            match self.pages.next().await? {
                Some(items) => self.items = items.into_iter(),
                None => return Ok(None),
            }
        }
    }

    /// Returns the items as a stream, which ends after an error.
    #[cfg(feature = "stream")]
    pub fn into_stream(self) -> impl futures_core::Stream<Item = Result<T, Error>> {
        futures_util::stream::try_unfold(self, |mut each| async move {
            let item = each.next().await?;
            Ok(item.map(|item| (item, each)))
        })
    }
}
