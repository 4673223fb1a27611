//! The ten stores, their paths, and the irregularities of owners and families.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

/// An owner of secrets.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Owner {
    Environment { repository: FullName, environment: String },
    Organization(String),
    Repository(FullName),
    User,
}

/// The owner and the name of a repository, spelled as in the request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct FullName {
    pub(crate) owner: String,
    pub(crate) name: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Family {
    Actions,
    Agents,
    Codespaces,
    Dependabot,
}

/// A store. Its `Display` is its path in lower case, because GitHub ignores case in names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Store {
    pub(crate) owner: Owner,
    pub(crate) family: Family,
}

impl FullName {
    /// Returns whether GitHub could have a repository of this name. Names are ASCII.
    pub(crate) fn is_possible(&self) -> bool {
        self.owner.is_ascii() && self.name.is_ascii()
    }
}

impl Store {
    /// Returns the repository that this store belongs to, if any.
    pub(crate) fn repository(&self) -> Option<&FullName> {
        match &self.owner {
            Owner::Repository(repository) | Owner::Environment { repository, .. } => Some(repository),
            Owner::Organization(_) | Owner::User => None,
        }
    }
}

impl Owner {
    pub(crate) fn selects_repositories(&self) -> bool {
        matches!(self, Self::Organization(_) | Self::User)
    }
}

impl Family {
    pub(crate) fn parse(segment: &str) -> Option<Self> {
        Some(match segment {
            "actions" => Self::Actions,
            "agents" => Self::Agents,
            "codespaces" => Self::Codespaces,
            "dependabot" => Self::Dependabot,
            _ => return None,
        })
    }

    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Agents => "agents",
            Self::Codespaces => "codespaces",
            Self::Dependabot => "dependabot",
        }
    }
}

impl fmt::Display for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let family = self.family.segment();
        match &self.owner {
            Owner::Environment { repository, environment } => {
                write!(f, "{repository}/environments/{}", canonical(environment))
            }
            Owner::Organization(organization) => write!(f, "orgs/{}/{family}", canonical(organization)),
            Owner::Repository(repository) => write!(f, "{repository}/{family}"),
            Owner::User => write!(f, "user/{family}"),
        }
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "repos/{}/{}", canonical(&self.owner), canonical(&self.name))
    }
}

/// Returns one segment in lower case, encoded once.
pub(crate) fn canonical(segment: &str) -> String {
    encoded(&segment.to_ascii_lowercase())
}

/// Returns one segment, encoded once.
pub(crate) fn encoded(segment: &str) -> String {
    utf8_percent_encode(segment, RESERVED).to_string()
}

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
