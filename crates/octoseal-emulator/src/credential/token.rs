//! Tokens: their kind, by prefix, and their declared permissions.

use crate::api::route::Route;
use crate::credential::app::Minted;
use std::collections::BTreeSet;

/// The kinds of token with different refusals (About authentication to GitHub, "GitHub's token formats").
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A JSON web token of the GitHub App with this id.
    App(u64),
    /// `ghu_`: a user, through a GitHub App.
    AppUser,
    /// `ghp_`, `gho_`, and any token without a known prefix. It has scopes.
    Classic,
    /// `github_pat_`.
    FineGrained,
    /// `ghs_`: an installation of a GitHub App, or a workflow's `GITHUB_TOKEN`.
    Installation,
}

/// A valid token. Without declared grants it may do whatever its kind can.
#[derive(Clone, Copy)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    /// Whether it is a personal access token, and not from an OAuth app.
    pub(crate) is_personal: bool,
    grants: Option<&'a BTreeSet<String>>,
    minted: Option<&'a Minted>,
}

impl Kind {
    pub(crate) fn of(token: &str) -> Self {
        match token {
            _ if token.starts_with("github_pat_") => Self::FineGrained,
            _ if token.starts_with("ghu_") => Self::AppUser,
            _ if token.starts_with("ghs_") => Self::Installation,
            _ => Self::Classic,
        }
    }
}

impl<'a> Token<'a> {
    pub(crate) fn new(token: &str, grants: Option<&'a BTreeSet<String>>) -> Self {
        Self { kind: Kind::of(token), is_personal: !token.starts_with("gho_"), grants, minted: None }
    }

    /// Creates a token of an installation.
    pub(crate) fn of_installation(minted: &'a Minted) -> Self {
        Self {
            kind: Kind::Installation,
            is_personal: false,
            grants: Some(minted.grants()),
            minted: Some(minted),
        }
    }

    pub(crate) fn of_app(id: u64) -> Self {
        Self { kind: Kind::App(id), is_personal: false, grants: None, minted: None }
    }

    /// Returns whether the token has access to the resource in the route at all. A token that was not created
    /// here has.
    pub(crate) fn reaches(&self, route: &Route) -> bool {
        self.minted.is_none_or(|minted| minted.reaches(route))
    }

    /// Returns the installation of a token that was created here.
    pub(crate) fn installation_id(&self) -> Option<u64> {
        self.minted.map(Minted::installation_id)
    }

    /// Returns GitHub's name of the repositories that an installation token covers.
    pub(crate) fn repository_selection(&self) -> &'static str {
        self.minted.map_or("all", Minted::repository_selection)
    }

    pub(crate) fn has_scope(&self, any_of: &[&str]) -> bool {
        match self.grants {
            None => true,
            Some(grants) => any_of.is_empty() || any_of.iter().any(|scope| grants.contains(*scope)),
        }
    }

    /// Returns whether the token has a permission at this level. `write` includes `read`.
    pub(crate) fn has_permission(&self, permission: &str, level: &str) -> bool {
        let granted =
            |level| move |grants: &BTreeSet<String>| grants.contains(&format!("{permission}:{level}"));
        self.grants.is_none_or(granted(level)) || self.grants.is_none_or(granted("write"))
    }

    /// Returns the value of `X-OAuth-Scopes`.
    pub(crate) fn scopes(&self) -> String {
        match self.grants {
            None => "admin:org, codespace, repo".to_owned(),
            Some(grants) => grants.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
        }
    }
}

/// Returns the token of an `Authorization` header, after either of the two schemes that GitHub accepts.
pub(crate) fn from_header(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let known = ["bearer", "token"].contains(&scheme.to_ascii_lowercase().as_str());
    (known && !token.trim().is_empty()).then_some(token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_authorization_schemes_are_read_in_any_case() {
        assert_eq!(from_header("Bearer x"), Some("x"));
        assert_eq!(from_header("token x"), Some("x"));
        assert_eq!(from_header("BEARER x"), Some("x"));
        for other in ["", "x", "Basic x", "Bearer", "Bearer  "] {
            assert_eq!(from_header(other), None, "{other:?}");
        }
    }

    #[test]
    fn write_includes_read_and_not_the_reverse() {
        let grants = BTreeSet::from(["secrets:write".to_owned(), "environments:read".to_owned()]);
        let token = Token::new("github_pat_1", Some(&grants));
        assert!(token.has_permission("secrets", "read"));
        assert!(token.has_permission("environments", "read"));
        assert!(!token.has_permission("environments", "write"));
        assert!(!token.has_permission("dependabot_secrets", "read"));
    }
}
