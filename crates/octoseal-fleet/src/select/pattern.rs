//! Patterns over the stores of repositories.

use super::error::SelectError;
use globset::{GlobBuilder, GlobMatcher};
use octoseal::{AnyStore, Family, Repository};
use std::fmt;

/// One segment of a pattern, between two slashes. ASCII case is ignored, as at GitHub.
#[derive(Clone, Debug)]
pub struct Segment {
    text: String,
    matcher: Option<GlobMatcher>,
}

impl Segment {
    pub(super) fn new(text: &str) -> Result<Self, SelectError> {
        // globset panics if the pattern of a regular expression is too large.
        if text.len() > MAX_BYTES {
            return Err(SelectError::Glob);
        }
        let matcher = if is_pattern(text) {
            let glob = GlobBuilder::new(text).literal_separator(true).case_insensitive(true).build();
            Some(glob.map_err(|_| SelectError::Glob)?.compile_matcher())
        } else {
            None
        };
        Ok(Self { text: text.to_owned(), matcher })
    }

    /// Returns the text if it is a name and not a pattern.
    pub fn literal(&self) -> Option<&str> {
        self.matcher.is_none().then_some(&*self.text)
    }

    /// Returns whether a name matches.
    pub fn matches(&self, name: &str) -> bool {
        match &self.matcher {
            Some(matcher) => matcher.is_match(name),
            None => self.text.eq_ignore_ascii_case(name),
        }
    }
}

/// Maximum number of bytes of a segment. A name has at most 255, and three times as many when it is percent-encoded.
const MAX_BYTES: usize = 1_024;

/// Returns whether the text has a special character of patterns.
pub(super) fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '[', ']'])
}

/// A pattern over stores of the repositories of one owner: `acme/*/actions`, `acme/api/environments/prod*`.
#[derive(Clone, Debug)]
pub struct StorePattern {
    owner: String,
    repository: Segment,
    place: Place,
}

/// The matching stores of a repository.
#[derive(Clone, Debug)]
enum Place {
    Families(Segment),
    /// Environments by name, percent-encoded.
    Environments(Segment),
}

impl StorePattern {
    /// Reads the segments `OWNER/REPO/FAMILY` or `OWNER/REPO/environments/NAME`.
    pub(super) fn read(parts: &[&str]) -> Result<Self, SelectError> {
        let (owner, repository, place) = match *parts {
            [owner, repository, family] => {
                let family = Segment::new(family)?;
                if !Family::ALL.iter().any(|known| family.matches(known.as_str())) {
                    return Err(SelectError::NotAStore { suggestion: None });
                }
                (owner, repository, Place::Families(family))
            }
            [owner, repository, "environments", environment] => {
                (owner, repository, Place::Environments(Segment::new(environment)?))
            }
            _ => return Err(SelectError::NotAStore { suggestion: None }),
        };
        if is_pattern(owner) {
            return Err(SelectError::OwnerPattern);
        }
        Repository::new(owner, "x")?;
        Ok(Self { owner: owner.to_owned(), repository: Segment::new(repository)?, place })
    }

    /// Returns the login of the owner.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Returns the segment of the repository.
    pub fn repository(&self) -> &Segment {
        &self.repository
    }

    /// Returns the segment of the environment, if the pattern is about environments.
    pub fn environment(&self) -> Option<&Segment> {
        match &self.place {
            Place::Environments(segment) => Some(segment),
            Place::Families(_) => None,
        }
    }

    /// Returns whether stores of a repository may match.
    pub fn matches_repository(&self, repository: &Repository) -> bool {
        self.owner.eq_ignore_ascii_case(repository.owner()) && self.repository.matches(repository.name())
    }

    /// Returns the families that match. The list is empty if the pattern is about environments.
    pub fn families(&self) -> Vec<Family> {
        match &self.place {
            Place::Families(segment) => {
                Family::ALL.into_iter().filter(|family| segment.matches(family.as_str())).collect()
            }
            Place::Environments(_) => Vec::new(),
        }
    }

    /// Returns whether a store matches.
    pub fn matches(&self, store: &AnyStore) -> bool {
        match (store, &self.place) {
            (AnyStore::Repository(store), Place::Families(segment)) => {
                self.matches_repository(store.owner()) && segment.matches(store.family().as_str())
            }
            (AnyStore::Environment(store), Place::Environments(segment)) => {
                let environment = store.owner();
                let path = environment.to_string();
                let name = path.rsplit('/').next().unwrap_or_default();
                self.matches_repository(environment.repository()) && segment.matches(name)
            }
            _ => false,
        }
    }
}

impl fmt::Display for StorePattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { owner, repository, place } = self;
        match place {
            Place::Families(family) => f.pad(&format!("{owner}/{}/{}", repository.text, family.text)),
            Place::Environments(name) => {
                f.pad(&format!("{owner}/{}/environments/{}", repository.text, name.text))
            }
        }
    }
}

/// An exclusion: all stores of the repositories that match, or only some of their stores.
#[derive(Clone, Debug)]
pub enum Exclusion {
    /// Every store of these repositories.
    Repositories {
        /// The login of the owner.
        owner: String,
        /// The name of the repository.
        repository: Segment,
    },
    /// These stores.
    Stores(StorePattern),
}

impl Exclusion {
    /// Reads the text after the `!`.
    pub(super) fn read(text: &str) -> Result<Self, SelectError> {
        let parts: Vec<&str> = text.strip_prefix("repos/").unwrap_or(text).split('/').collect();
        match parts[..] {
            ["orgs" | "user", ..] => Err(SelectError::ExclusionOfOthers),
            [owner, _] if is_pattern(owner) => Err(SelectError::OwnerPattern),
            [owner, repository] => {
                Repository::new(owner, "x")?;
                Ok(Self::Repositories { owner: owner.to_owned(), repository: Segment::new(repository)? })
            }
            _ => StorePattern::read(&parts).map(Self::Stores),
        }
    }

    /// Returns whether a store is excluded.
    pub fn matches(&self, store: &AnyStore) -> bool {
        match self {
            Self::Stores(pattern) => pattern.matches(store),
            Self::Repositories { owner, repository } => {
                let found = store.repository();
                found.is_some_and(|found| {
                    owner.eq_ignore_ascii_case(found.owner()) && repository.matches(found.name())
                })
            }
        }
    }
}
