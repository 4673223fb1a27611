//! The ten stores and their paths; what is irregular about an owner or a family is asked here.

use crate::api::route::{self, Operation, Route};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::error;
use std::fmt;

/// What may own secrets.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Owner {
    Environment { repository: FullName, environment: String },
    Organization(String),
    Repository(FullName),
    User,
}

/// A repository's two names, as they were spelled in the request.
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

/// A store: its `Display` is its path, in lower case, because GitHub tells no name in it apart by case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Store {
    pub(crate) owner: Owner,
    pub(crate) family: Family,
}

/// The text is the path of none of GitHub's ten stores.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownStore(String);

impl Store {
    /// Reads a path such as `orgs/acme/actions`, in any case.
    pub(crate) fn parse(path: &str) -> Result<Self, UnknownStore> {
        let listing = format!("/{}/secrets", path.trim_start_matches('/'));
        let segments = route::segments(&listing);
        match segments.and_then(|segments| route::route(&http::Method::GET, &segments)) {
            Some(Route::Store(store, Operation::List)) => Ok(store),
            _ => Err(UnknownStore(path.to_owned())),
        }
    }

    /// The repository that this store belongs to, if it belongs to one.
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

impl fmt::Display for UnknownStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no store of GitHub's has the path {:?}", self.0)
    }
}

impl error::Error for UnknownStore {}

/// One segment in lower case, encoded once.
pub(crate) fn canonical(segment: &str) -> String {
    encoded(&segment.to_lowercase())
}

/// One segment, encoded once.
pub(crate) fn encoded(segment: &str) -> String {
    utf8_percent_encode(segment, RESERVED).to_string()
}

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_in_any_case_and_written_in_lower_case() {
        for (given, path) in [
            ("user/codespaces", "user/codespaces"),
            ("/orgs/Acme/dependabot", "orgs/acme/dependabot"),
            ("repos/Octo/Hello/agents", "repos/octo/hello/agents"),
            ("repos/o/r/environments/Prod%2FEU", "repos/o/r/environments/prod%2Feu"),
            ("repos/o/r/environments/east coast", "repos/o/r/environments/east%20coast"),
        ] {
            assert_eq!(Store::parse(given).unwrap().to_string(), path);
        }
    }

    #[test]
    fn what_is_no_store_is_refused() {
        for path in ["", "user", "user/actions", "orgs/acme", "orgs/acme/actions/secrets", "repos/o/r/pages"]
        {
            assert_eq!(Store::parse(path), Err(UnknownStore(path.to_owned())), "{path:?}");
        }
    }
}
