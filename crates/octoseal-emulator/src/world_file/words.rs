//! Values of a world file with their own syntax: names, paths, levels.

use crate::api::store::Store;
use serde::Deserialize;

/// The name of an account: not empty, ASCII, and without slashes.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Name(pub(super) String);

/// `owner/name`.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct RepositoryName(pub(super) String);

/// A path that does not exist, with everything below it.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct MissingPath(pub(super) String);

/// The path of a store.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct StorePath(pub(super) String);

/// The change between two pages of a listing.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum PageChange {
    Create,
    Delete,
}

/// The name of an environment, which may have slashes.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct EnvironmentName(pub(super) String);

/// The level of a permission.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    Read,
    Write,
}

/// The visibility of a repository.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Visibility {
    Internal,
    #[default]
    Private,
    Public,
}

/// The value of a custom property.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "a custom property has a text, or a list of texts")]
pub(super) enum Property {
    One(String),
    Several(Vec<String>),
}

/// The preset of rate limits.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Preset {
    None,
    PrimaryOnly,
    Github,
    GithubWithContent,
}

impl Level {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

impl TryFrom<String> for Name {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match is_segment(&text) {
            true => Ok(Self(text)),
            false => Err("a name has ASCII letters, digits and signs, and no space or slash; write `acme`"),
        }
    }
}

impl TryFrom<String> for RepositoryName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.split_once('/') {
            Some((owner, name)) if is_segment(owner) && is_segment(name) => Ok(Self(text)),
            _ => Err("a repository is named by its owner and itself, in ASCII; write `octo/hello`"),
        }
    }
}

impl TryFrom<String> for EnvironmentName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let plain = !text.is_empty() && !text.contains(char::is_control);
        plain.then_some(Self(text)).ok_or("an environment's name must not be empty")
    }
}

impl TryFrom<String> for StorePath {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let path = Store::parse(&text).map(|store| Self(store.to_string()));
        path.map_err(|_| "a store is `repos/octo/hello/actions`, `orgs/acme/dependabot` or `user/codespaces`, for example")
    }
}

impl TryFrom<String> for MissingPath {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let segments: Vec<&str> = text.split('/').collect();
        let whole = segments.iter().all(|segment| !segment.is_empty());
        match segments.as_slice() {
            ["repos", _, _, ..] | ["orgs", _, ..] if whole => Ok(Self(text)),
            _ => Err("a path is `repos/octo/gone`, `orgs/acme` or `repos/octo/hello/environments/prod`"),
        }
    }
}

fn is_segment(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'/')
}
