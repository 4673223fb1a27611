//! Tokens: what kind one is, by its prefix, and what it was declared to be good for.

use crate::api::route::Route;
use crate::credential::app::Minted;
use std::collections::BTreeSet;

/// The kinds of token that differ in how they are refused (About authentication to GitHub, "GitHub's token formats").
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// A JSON web token: the GitHub App with this id itself.
    App(u64),
    /// `ghu_`: a person, through a GitHub App.
    AppUser,
    /// `ghp_`, `gho_`, and whatever has no prefix: it has scopes.
    Classic,
    /// `github_pat_`.
    FineGrained,
    /// `ghs_`: a GitHub App itself, or a workflow's `GITHUB_TOKEN`.
    Installation,
}

/// A token that may be used; without grants it may do whatever its kind can.
#[derive(Clone, Copy)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    /// Whether a person made it for programs, and no OAuth app did.
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

    /// A token that an App was given for an installation.
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

    /// Whether it is good for what the route names at all; a token that was not made here is.
    pub(crate) fn reaches(&self, route: &Route) -> bool {
        self.minted.is_none_or(|minted| minted.reaches(route))
    }

    /// The installation that it was made for, if it was made here.
    pub(crate) fn installation_id(&self) -> Option<u64> {
        self.minted.map(Minted::installation_id)
    }

    /// GitHub's word for which repositories an installation token is good for.
    pub(crate) fn repository_selection(&self) -> &'static str {
        self.minted.map_or("all", Minted::repository_selection)
    }

    pub(crate) fn has_scope(&self, any_of: &[&str]) -> bool {
        match self.grants {
            None => true,
            Some(grants) => any_of.is_empty() || any_of.iter().any(|scope| grants.contains(*scope)),
        }
    }

    /// Whether it has a permission at this level; `write` contains `read`.
    pub(crate) fn has_permission(&self, permission: &str, level: &str) -> bool {
        let granted =
            |level| move |grants: &BTreeSet<String>| grants.contains(&format!("{permission}:{level}"));
        self.grants.is_none_or(granted(level)) || self.grants.is_none_or(granted("write"))
    }

    /// The value of `X-OAuth-Scopes`.
    pub(crate) fn scopes(&self) -> String {
        match self.grants {
            None => "admin:org, codespace, repo".to_owned(),
            Some(grants) => grants.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
        }
    }
}

/// The token in an `Authorization` header, behind either of the two words that GitHub takes.
pub(crate) fn from_header(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let known = ["bearer", "token"].contains(&scheme.to_ascii_lowercase().as_str());
    (known && !token.trim().is_empty()).then_some(token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_words_before_a_token_are_read_in_any_case() {
        assert_eq!(from_header("Bearer x"), Some("x"));
        assert_eq!(from_header("token x"), Some("x"));
        assert_eq!(from_header("BEARER x"), Some("x"));
        for other in ["", "x", "Basic x", "Bearer", "Bearer  "] {
            assert_eq!(from_header(other), None, "{other:?}");
        }
    }

    #[test]
    fn to_write_contains_to_read_and_not_the_other_way() {
        let grants = BTreeSet::from(["secrets:write".to_owned(), "environments:read".to_owned()]);
        let token = Token::new("github_pat_1", Some(&grants));
        assert!(token.has_permission("secrets", "read"));
        assert!(token.has_permission("environments", "read"));
        assert!(!token.has_permission("environments", "write"));
        assert!(!token.has_permission("dependabot_secrets", "read"));
    }
}
