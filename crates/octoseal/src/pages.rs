//! Listings: a page at a time, or all at once.

use crate::error::Error;
use crate::github::GitHub;
use octoseal_model::{Page, Request};

/// At most this many pages of one listing are read; a limit of ours, far above what GitHub keeps.
const MAX_PAGES: usize = 1_000;

/// The pages of a listing, fetched as they are asked for.
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
    /// # Errors
    ///
    /// As [`GitHub::send`]; a page that failed is not asked for again. [`Error::TooManyPages`] after 1,000 pages.
    pub async fn next(&mut self) -> Result<Option<Vec<T>>, Error> {
        let Some(request) = self.next.take() else { return Ok(None) };
        if self.read == MAX_PAGES {
            return Err(Error::TooManyPages);
        }
        let Page { total_count, items, next } = self.github.send(request).await?;
        self.next = next;
        self.read += 1;
        self.changed |= self.total_count.replace(total_count).is_some_and(|before| before != total_count);
        Ok(Some(items))
    }

    /// How many items GitHub says there are on all pages together, once a page was read.
    pub fn total_count(&self) -> Option<u64> {
        self.total_count
    }

    /// Whether a page told another total than the one before: something was added or removed meanwhile.
    pub(crate) fn has_changed(&self) -> bool {
        self.changed
    }

    /// The items of all pages that are left.
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
