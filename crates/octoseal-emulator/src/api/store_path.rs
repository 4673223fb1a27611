//! Parsing of store paths.

use crate::api::route::{Operation, Route};
use crate::api::router;
use crate::api::store::Store;
use std::error;
use std::fmt;

/// The text is not the path of one of GitHub's ten stores.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct UnknownStore(String);

impl Store {
    /// Parses a path such as `orgs/acme/actions`, in any case.
    pub(crate) fn parse(path: &str) -> Result<Self, UnknownStore> {
        let listing = format!("/{}/secrets", path.trim_start_matches('/'));
        let segments = router::segments(&listing);
        match segments.and_then(|segments| router::route(&http::Method::GET, &segments)) {
            Some(Route::Store(store, _, Operation::List)) => Ok(store),
            _ => Err(UnknownStore(path.to_owned())),
        }
    }
}

impl fmt::Display for UnknownStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GitHub has no store with the path {:?}", self.0)
    }
}

impl error::Error for UnknownStore {}

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
    fn text_that_is_not_a_store_is_refused() {
        for path in ["", "user", "user/actions", "orgs/acme", "orgs/acme/actions/secrets", "repos/o/r/pages"]
        {
            assert_eq!(Store::parse(path), Err(UnknownStore(path.to_owned())), "{path:?}");
        }
    }
}
