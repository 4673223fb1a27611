//! Errors of the selection of stores.

use super::braces::MAX_ALTERNATIVES;
use octoseal::ModelError;
use std::error;
use std::fmt;

/// The reason why a text selects no stores. It repeats only parts of the text that are known to be part of a
/// store, since the text may be a value in the wrong place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum SelectError {
    /// The text is not a store. It may resemble this one.
    NotAStore {
        /// The store that was probably meant.
        suggestion: Option<String>,
    },
    /// The text can mean an organization's store or a repository's.
    Ambiguous {
        /// The organization's store.
        organization: String,
        /// The repository's store.
        repository: String,
    },
    /// A name in the store is not valid.
    Invalid(ModelError),
    /// A group of a manifest; groups do not exist yet.
    Group,
    /// `.` was given, but the caller knows no repository.
    NoRepositoryHere,
    /// The owner has a `*` or braces.
    OwnerPattern,
    /// Braces are not balanced, are nested, or have no alternatives.
    Braces,
    /// The braces stand for too many texts.
    TooManyAlternatives,
    /// A segment is not a valid pattern.
    Glob,
    /// The URL is of another host than the chosen API.
    OtherHost {
        /// The host of the chosen API's website.
        expected: String,
    },
    /// An exclusion names a store that patterns cannot reach, such as an organization's.
    ExclusionOfOthers,
}

impl From<ModelError> for SelectError {
    fn from(error: ModelError) -> Self {
        match error {
            ModelError::NoSuchStore { suggestion } => Self::NotAStore { suggestion },
            error => Self::Invalid(error),
        }
    }
}

impl fmt::Display for SelectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAStore { suggestion: Some(store) } => {
                write!(f, "this is not a store; did you mean {store}?")
            }
            Self::NotAStore { suggestion: None } => f.write_str(
                "this is not a store; write OWNER/REPO, OWNER/REPO/FAMILY, OWNER/REPO/environments/NAME, \
                 orgs/ORG/FAMILY or user/codespaces, where FAMILY is actions, agents, codespaces or dependabot",
            ),
            Self::Ambiguous { organization, repository } => {
                write!(f, "this can mean two stores; write {organization} or {repository}")
            }
            Self::Invalid(error) => error.fmt(f),
            Self::Group => {
                f.write_str("@GROUP is reserved for the groups of a manifest, which do not exist yet")
            }
            Self::NoRepositoryHere => f.write_str("there is no repository here for `.`; write OWNER/REPO"),
            Self::OwnerPattern => {
                f.write_str("the owner cannot be a pattern; name each owner in a separate word")
            }
            Self::Braces => {
                f.write_str("braces hold two or more alternatives, as in {api,web}, and are not nested")
            }
            Self::TooManyAlternatives => {
                write!(f, "the braces stand for more than {MAX_ALTERNATIVES} stores")
            }
            Self::Glob => f.write_str("this is not a valid pattern; use *, ? and {a,b}"),
            Self::OtherHost { expected } => {
                write!(f, "the URL is not of {expected}, the host of the chosen address")
            }
            Self::ExclusionOfOthers => {
                f.write_str("an exclusion names repositories or their stores, as in !acme/legacy-*")
            }
        }
    }
}

impl error::Error for SelectError {}
