//! Filters for the repositories of a pattern.

use octoseal::RepositoryRef;
use std::fmt;

/// Filters for the repositories of a pattern. Repositories that are named without a pattern are not filtered.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Filters {
    /// Custom properties that a repository must have, all of them. They are safer than topics: an administrator of a
    /// repository can set its topics.
    pub properties: Vec<(String, String)>,
    /// Topics that a repository must have, all of them.
    pub topics: Vec<String>,
    /// The visibilities of which a repository must have one: `public`, `private`, `internal`. Empty means any.
    pub visibilities: Vec<String>,
    /// Kinds of repositories that are not skipped.
    pub include: Vec<Kind>,
    /// Whether a pattern may match no store. By default this is an error, since the pattern may be wrong.
    pub allows_no_match: bool,
}

/// Kinds of repositories that a pattern skips.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// Read-only repositories.
    Archived,
    /// Repositories that GitHub disabled.
    Disabled,
    /// Forks of other repositories.
    Fork,
    /// Public repositories, which everyone can read, and whose workflows may run code of strangers.
    Public,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Archived, Self::Disabled, Self::Fork, Self::Public];

    /// Returns the name of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Archived => "archived",
            Self::Disabled => "disabled",
            Self::Fork => "fork",
            Self::Public => "public",
        }
    }

    fn is_of(self, repository: &RepositoryRef) -> bool {
        match self {
            Self::Archived => repository.archived,
            Self::Disabled => repository.disabled,
            Self::Fork => repository.fork,
            Self::Public => visibility(repository) == "public",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Returns the visibility. Older servers return only whether the repository is private.
fn visibility(repository: &RepositoryRef) -> &str {
    match (&repository.visibility, repository.private) {
        (Some(visibility), _) => visibility,
        (None, true) => "private",
        (None, false) => "public",
    }
}

impl Filters {
    /// Returns whether there are no filters.
    pub fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.topics.is_empty() && self.visibilities.is_empty()
    }

    /// Returns whether the topics and the visibility match.
    pub(super) fn accepts(&self, repository: &RepositoryRef) -> bool {
        let has_topic = |topic: &String| repository.topics.iter().any(|it| it.eq_ignore_ascii_case(topic));
        let is_visible = |wanted: &String| wanted.eq_ignore_ascii_case(visibility(repository));
        self.topics.iter().all(has_topic)
            && (self.visibilities.is_empty() || self.visibilities.iter().any(is_visible))
    }

    /// Returns the reason why a repository is skipped. A requested kind or visibility is not skipped.
    pub(super) fn skips(&self, repository: &RepositoryRef) -> Option<Kind> {
        let wants_public = self.visibilities.iter().any(|wanted| wanted.eq_ignore_ascii_case("public"));
        let is_wanted = |kind: Kind| self.include.contains(&kind) || (kind == Kind::Public && wants_public);
        Kind::ALL.into_iter().find(|kind| kind.is_of(repository) && !is_wanted(*kind))
    }
}
