//! Listings: a page at a time, or all at once.

use crate::error::Error;
use crate::github::GitHub;
use octoseal_model::{Page, Request};
use std::vec;

/// At most this many pages of one listing are read; a limit of ours, far above what GitHub keeps.
const MAX_PAGES: usize = 1_000;

/// The pages of a listing, fetched as they are asked for: what is slow to take them slows the requests.
///
/// It holds one page at a time, at most 100 items made from an answer of 1 MiB at most
/// ([`Config::max_body`](crate::Config::max_body)). [`each`](Self::each) gives single items.
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
/// With the feature `stream` the items are a stream, too: `Each::into_stream`.
#[derive(Debug)]
pub struct Pages<T> {
    github: GitHub,
    next: Option<Request<Page<T>>>,
    read: usize,
    total_count: Option<u64>,
    changed: bool,
}

impl<T> Pages<T> {
    pub(crate) fn new(github: GitHub, first: Request<Page<T>>) -> Self {
        Self { github, next: Some(first), read: 0, total_count: None, changed: false }
    }

    /// The items of the next page, `None` after the last one.
    ///
    /// Whoever drops the future before it is done misses nothing: the next call asks for the same page.
    ///
    /// # Errors
    ///
    /// As [`GitHub::send`]; a page that failed is not asked for again. [`Error::TooManyPages`] after 1,000 pages.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(request) = &self.next else { return Ok(None) };
        let page = match self.read {
            MAX_PAGES => Err(Error::TooManyPages),
            _ => self.github.carry(request).await,
        };
        // Not before the answer is there: a listing that was interrupted must not look as if it were at its end.
        self.next = None;
        let Page { total_count, items, next, .. } = page?;
        self.next = next;
        self.read += 1;
        self.changed |= self.total_count.replace(total_count).is_some_and(|before| before != total_count);
        Ok(Some(items))
    }

    /// The items one by one, a page fetched when the one before is used up.
    pub fn each(self) -> Each<T> {
        Each { pages: self, items: Vec::new().into_iter() }
    }

    /// How many items GitHub says there are on all pages together, once a page was read.
    pub fn total_count(&self) -> Option<u64> {
        self.total_count
    }

    /// Whether a page told another total than the one before: something was added or removed meanwhile.
    pub(crate) fn has_changed(&self) -> bool {
        self.changed
    }

    /// The items of all pages that are left; 1,000 pages of 100 at most.
    ///
    /// # Errors
    ///
    /// As [`next`](Self::next).
    pub async fn all(&mut self) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        while let Some(items) = self.next().await? {
            all.extend(items);
        }
        Ok(all)
    }
}

/// The items of a listing one by one; made by [`Pages::each`].
#[derive(Debug)]
pub struct Each<T> {
    pages: Pages<T>,
    items: vec::IntoIter<T>,
}

impl<T> Each<T> {
    /// The next item, `None` after the last one.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`].
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

    /// The items as a stream, which ends after an error.
    #[cfg(feature = "stream")]
    pub fn into_stream(self) -> impl futures_core::Stream<Item = Result<T, Error>> {
        futures_util::stream::try_unfold(self, |mut each| async move {
            let item = each.next().await?;
            Ok(item.map(|item| (item, each)))
        })
    }
}
