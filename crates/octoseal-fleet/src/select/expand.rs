//! The selection of stores: lists the repositories and environments that patterns need.

use super::catalog::Catalog;
use super::filter::{Filters, Kind};
use super::pattern::{Exclusion, StorePattern};
use super::shorthand::Word;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use octoseal::{AnyStore, Error, Family, GitHub, PageRequest, Repository};
use std::collections::HashSet;
use std::error;
use std::fmt;

/// Maximum number of stores in a selection.
pub const MAX_STORES: usize = 10_000;

/// Maximum number of concurrent listings of environments.
const AT_A_TIME: usize = 8;

/// A selection of stores.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Selection {
    /// The stores, each once.
    pub stores: Vec<AnyStore>,
    /// The number of exclusions that match no store.
    pub unused_exclusions: usize,
    /// Repositories that match a pattern and are skipped.
    pub skipped: Vec<(Repository, Kind)>,
    /// Repositories that a listing has shown to be neither archived nor disabled.
    pub active: HashSet<Repository>,
}

/// The reason why nothing was selected. A selection is complete or fails.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ExpandError {
    /// A pattern matches no store.
    NoMatch {
        /// The pattern.
        pattern: String,
        /// Whether filters left out repositories, or could have.
        is_filtered: bool,
    },
    /// Filters were given, but no pattern whose repositories they could filter.
    FiltersWithoutPattern,
    /// Exclusions and skipped repositories leave nothing.
    NothingLeft,
    /// More stores than [`MAX_STORES`].
    TooMany,
    /// A listing failed.
    Listing(Error),
}

impl From<Error> for ExpandError {
    fn from(error: Error) -> Self {
        Self::Listing(error)
    }
}

impl fmt::Display for ExpandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMatch { pattern, is_filtered: false } => {
                write!(f, "{pattern} matches no store that the token can see")
            }
            Self::NoMatch { pattern, is_filtered: true } => {
                write!(f, "{pattern} matches no store of a repository that the filters let through")
            }
            Self::FiltersWithoutPattern => {
                f.write_str("filters choose among the repositories of a pattern, and there is no pattern")
            }
            Self::NothingLeft => f.write_str(
                "no store is left: the repositories are excluded, or they are archived, disabled, forks or public",
            ),
            Self::TooMany => write!(f, "more than {MAX_STORES} stores were selected"),
            Self::Listing(error) => error.fmt(f),
        }
    }
}

impl error::Error for ExpandError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Listing(error) => error.source(),
            _ => None,
        }
    }
}

/// Selects the stores that the words name or match.
///
/// Repositories are listed once for each owner that a pattern needs. Archived, disabled, forked and public
/// repositories are skipped unless they are named without a pattern or [`Filters::include`] has their kind.
///
/// # Errors
///
/// [`ExpandError::Listing`] if a listing fails or is incomplete. The other variants of [`ExpandError`] if the
/// words select nothing or too many stores. On an error nothing is selected.
pub async fn expand(github: &GitHub, words: Vec<Word>, filters: &Filters) -> Result<Selection, ExpandError> {
    let (mut named, mut patterns, mut exclusions) = (Vec::new(), Vec::new(), Vec::new());
    for word in words {
        match word {
            Word::Store(store) => named.push(store),
            Word::Pattern(pattern) => patterns.push(pattern),
            Word::Exclusion(exclusion) => exclusions.push(exclusion),
        }
    }
    if !filters.is_empty() && patterns.iter().all(|pattern| pattern.repository().literal().is_some()) {
        return Err(ExpandError::FiltersWithoutPattern);
    }
    let mut selection = Selection::default();
    let mut catalog = Catalog::new(github, filters);
    let mut collected = Collected::new(exclusions);
    named.into_iter().try_for_each(|store| collected.add(store))?;
    for pattern in &patterns {
        let repositories = catalog.repositories(pattern, &mut selection).await?;
        // What would match in a skipped repository is unknown.
        let is_whole = !repositories.is_empty() || selection.skipped.is_empty();
        let stores = stores_of(github, pattern, repositories).await?;
        if stores.is_empty() && is_whole && !filters.allows_no_match {
            let (pattern, is_filtered) = (pattern.to_string(), !filters.is_empty());
            return Err(ExpandError::NoMatch { pattern, is_filtered });
        }
        stores.into_iter().try_for_each(|store| collected.add(store))?;
    }
    selection
        .skipped
        .retain(|(repository, _)| !collected.excludes(&AnyStore::from(repository.store(Family::Actions))));
    selection.unused_exclusions = collected.is_used.iter().filter(|is_used| !**is_used).count();
    selection.stores = collected.stores;
    if selection.stores.is_empty() {
        return Err(ExpandError::NothingLeft);
    }
    Ok(selection)
}

/// The stores found so far, each once and without those that are excluded.
struct Collected {
    stores: Vec<AnyStore>,
    seen: HashSet<AnyStore>,
    exclusions: Vec<Exclusion>,
    /// Whether each exclusion has excluded a store.
    is_used: Vec<bool>,
}

impl Collected {
    fn new(exclusions: Vec<Exclusion>) -> Self {
        let is_used = vec![false; exclusions.len()];
        Self { stores: Vec::new(), seen: HashSet::new(), exclusions, is_used }
    }

    /// Returns whether an exclusion matches, and remembers which ones do.
    fn excludes(&mut self, store: &AnyStore) -> bool {
        let matches = self.exclusions.iter().map(|exclusion| exclusion.matches(store));
        let mut is_excluded = false;
        for (matches, is_used) in matches.zip(&mut self.is_used) {
            is_excluded |= matches;
            *is_used |= matches;
        }
        is_excluded
    }

    fn add(&mut self, store: AnyStore) -> Result<(), ExpandError> {
        if self.excludes(&store) || self.seen.contains(&store) {
            return Ok(());
        }
        if self.stores.len() == MAX_STORES {
            return Err(ExpandError::TooMany);
        }
        self.seen.insert(store.clone());
        self.stores.push(store);
        Ok(())
    }
}

/// Lists the stores of these repositories that match the pattern. Environments are listed at GitHub.
async fn stores_of(
    github: &GitHub,
    pattern: &StorePattern,
    repositories: Vec<Repository>,
) -> Result<Vec<AnyStore>, ExpandError> {
    if pattern.environment().is_none() {
        let families = pattern.families();
        let of = |repository: &Repository| -> Vec<AnyStore> {
            families.iter().map(|family| repository.store(*family).into()).collect()
        };
        return Ok(repositories.iter().flat_map(of).collect());
    }
    let environments = repositories.into_iter().map(|repository| environments_of(github, repository));
    let all: Vec<Vec<AnyStore>> = stream::iter(environments).buffered(AT_A_TIME).try_collect().await?;
    Ok(all.into_iter().flatten().filter(|store| pattern.matches(store)).collect())
}

async fn environments_of(github: &GitHub, repository: Repository) -> Result<Vec<AnyStore>, ExpandError> {
    let listed = github.pages(repository.environments(PageRequest::default())).all().await?;
    let environments = listed.iter().filter_map(|found| repository.clone().environment(&*found.name).ok());
    Ok(environments.map(|environment| environment.store().into()).collect())
}
