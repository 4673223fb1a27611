//! Names and stores, distinguished by their form: a store has a slash or is `.`, a name has no slash.

use clap::Args;
use octoseal_fleet::select::{Filters, Kind};
use std::path::PathBuf;

/// The forms of a store, for the end of each verb's help.
pub(super) const STORES: &str = "\
A STORE is one of:
  OWNER/REPO                      Actions; the same as OWNER/REPO/actions
  OWNER/REPO/FAMILY               actions, agents, codespaces, dependabot
  OWNER/REPO/environments/NAME    in NAME, write / as %2F and % as %25
  orgs/ORG/FAMILY                 an organization
  user/codespaces                 your own Codespaces secrets
  .                               the repository of this checkout; also ./FAMILY
In quotes, * stands for any characters within a segment, {a,b} for one of
several words, and !STORE excludes: 'acme/*/dependabot' '!acme/old-*'.";

/// Returns the end of a verb's help: examples, and the forms of a store.
pub(super) fn with_stores(examples: &str) -> String {
    format!("{examples}\n\n{STORES}")
}

/// The arguments of a verb on stores.
#[derive(Args)]
pub(crate) struct Stores {
    /// OWNER/REPO, orgs/ORG/actions, user/codespaces, . and more, as described below
    #[arg(value_name = "STORE", required_unless_present = "stores_from")]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) more: MoreStores,
}

/// The arguments of a verb on secrets: names and stores, in any order.
#[derive(Args)]
pub(crate) struct Secrets {
    /// Names of secrets, and stores, in any order: a store has a slash or is a dot
    #[arg(value_name = "NAME STORE", required = true)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) more: MoreStores,
}

/// What a verb on one secret is given: its name and its store, in any order.
#[derive(Args)]
pub(crate) struct Secret {
    /// The name of a secret, and its one store: orgs/ORG/FAMILY or user/codespaces
    #[arg(value_name = "NAME STORE", required = true)]
    pub(crate) words: Vec<String>,
}

impl From<Secret> for Secrets {
    fn from(secret: Secret) -> Self {
        Self { words: secret.words, more: MoreStores::default() }
    }
}

/// More stores, and filters for the repositories of patterns.
#[derive(Args, Default)]
#[command(next_help_heading = "Selection")]
pub(crate) struct MoreStores {
    /// Read more stores from a file, one a line; # begins a comment; - is standard input, which then has no value
    #[arg(long, value_name = "PATH")]
    pub(crate) stores_from: Option<PathBuf>,
    /// With a pattern: only repositories with this custom property; may be given several times
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_and_value)]
    property: Vec<(String, String)>,
    /// With a pattern: only repositories with this topic; may be given several times
    #[arg(long, value_name = "TOPIC")]
    topic: Vec<String>,
    /// With a pattern: only repositories with this visibility
    #[arg(long, value_name = "VISIBILITY", value_delimiter = ',', value_parser = ["public", "private", "internal"])]
    repo_visibility: Vec<String>,
    /// With a pattern: also repositories of these kinds: archived, disabled, fork, public
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    include: Vec<Kind>,
}

impl MoreStores {
    /// Returns the filters for the repositories of patterns.
    pub(crate) fn filters(&self) -> Filters {
        let mut filters = Filters::default();
        filters.properties.clone_from(&self.property);
        filters.topics.clone_from(&self.topic);
        filters.visibilities.clone_from(&self.repo_visibility);
        filters.include.clone_from(&self.include);
        filters
    }
}

fn key_and_value(text: &str) -> Result<(String, String), &'static str> {
    let (key, value) = text.split_once('=').filter(|(key, _)| !key.is_empty()).ok_or("write KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

fn kind(text: &str) -> Result<Kind, &'static str> {
    let text = text.strip_suffix('s').unwrap_or(text);
    let found = Kind::ALL.into_iter().find(|kind| kind.as_str() == text);
    found.ok_or("the kinds are archived, disabled, fork and public")
}

/// Consent to a change of several stores.
#[derive(Args)]
#[command(next_help_heading = "Safety")]
pub(crate) struct Consent {
    /// Make the change without a question
    #[arg(long, short)]
    pub(crate) yes: bool,
    /// Show what would be done, and do nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}
