//! The keys of a world file.

use super::fault::Fault;
use super::words::{
    EnvironmentName, Level, MissingPath, Name, PageChange, Preset, Property, RepositoryName, StorePath,
    Visibility,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) strict: bool,
    pub(super) limits: Option<Preset>,
    #[serde(default)]
    pub(super) missing: Vec<MissingPath>,
    #[serde(default)]
    pub(super) full: Vec<StorePath>,
    pub(super) between_pages: Option<PageChange>,
    pub(super) stale_requests: Option<u64>,
    pub(super) stale_seconds: Option<u64>,
    pub(super) late_updated_at_seconds: Option<u64>,
    #[serde(default, rename = "user")]
    pub(super) users: Vec<User>,
    #[serde(default, rename = "organization")]
    pub(super) organizations: Vec<Organization>,
    #[serde(default, rename = "repository")]
    pub(super) repositories: Vec<Repository>,
    #[serde(default, rename = "token")]
    pub(super) tokens: Vec<Token>,
    #[serde(default, rename = "app")]
    pub(super) apps: Vec<App>,
    #[serde(default, rename = "fault")]
    pub(super) faults: Vec<Spanned<Fault>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct User {
    pub(super) login: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organization {
    pub(super) login: Name,
    pub(super) id: Option<u64>,
    #[serde(default)]
    pub(super) saml: bool,
    #[serde(default)]
    pub(super) ip_allow_list: bool,
    #[serde(default)]
    pub(super) no_classic_tokens: bool,
    pub(super) longest_token_days: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Repository {
    pub(super) name: Spanned<RepositoryName>,
    pub(super) id: Option<u64>,
    #[serde(default)]
    pub(super) visibility: Visibility,
    #[serde(default)]
    pub(super) archived: bool,
    #[serde(default)]
    pub(super) fork: bool,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    #[serde(default)]
    pub(super) properties: BTreeMap<String, Property>,
    #[serde(default)]
    pub(super) renamed_from: Vec<RepositoryName>,
    #[serde(default)]
    pub(super) environments: Vec<EnvironmentName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Token {
    pub(super) token: Spanned<String>,
    pub(super) owner: Option<Spanned<Name>>,
    pub(super) scopes: Option<Vec<Spanned<String>>>,
    pub(super) permissions: Option<BTreeMap<Spanned<String>, Level>>,
    #[serde(default)]
    pub(super) expired: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct App {
    pub(super) id: u64,
    pub(super) client_id: Option<String>,
    pub(super) public_key: Spanned<String>,
    #[serde(default, rename = "installation")]
    pub(super) installations: Vec<Installation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Installation {
    pub(super) id: Spanned<u64>,
    pub(super) account: Name,
    #[serde(default)]
    pub(super) suspended: bool,
    pub(super) repositories: Option<Vec<Spanned<RepositoryName>>>,
    #[serde(default)]
    pub(super) permissions: BTreeMap<Spanned<String>, Level>,
}
