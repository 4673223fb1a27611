//! The arguments of `find` and `diff`.

use super::places::{MoreStores, with_stores};
use clap::Args;
use octoseal::Timestamp;

#[derive(Args)]
#[command(override_usage = "octoseal find NAME... PLACE... [OPTIONS]")]
#[command(after_help = with_stores("Examples:
  octoseal find NPM_TOKEN orgs/acme
  octoseal find 'NPM_*' 'PYPI_*' orgs/acme user --not-updated-since 2026-01-31
  octoseal find '*' 'acme/*/environments/*' --json

A PLACE is a STORE, orgs/ORG, or user: all stores of this owner and of its
repositories that the token sees, archived ones too. Exit code 3: no secret was
found."))]
pub(crate) struct Find {
    /// Names of secrets, or patterns such as 'NPM_*', and places; a place has a slash, or is user or a dot
    #[arg(value_name = "NAME PLACE", required = true)]
    pub(crate) words: Vec<String>,
    /// Find only secrets that were not written since this day or moment (RFC 3339)
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub(crate) not_updated_since: Option<Timestamp>,
    #[command(flatten)]
    pub(crate) more: MoreStores,
}

#[derive(Args)]
#[command(override_usage = "octoseal diff STORE STORE [OPTIONS]")]
#[command(after_help = with_stores("Examples:
  octoseal diff acme/api acme/api/dependabot
  octoseal diff acme/shop/environments/staging acme/shop/environments/prod"))]
pub(crate) struct Diff {
    /// The two stores
    #[arg(value_name = "STORE", num_args = 2, required = true)]
    pub(crate) words: Vec<String>,
    /// End with exit code 2 if the names differ
    #[arg(long)]
    pub(crate) exit_code: bool,
}

fn moment(text: &str) -> Result<Timestamp, &'static str> {
    let day = || Timestamp::parse(&format!("{text}T00:00:00Z"));
    Timestamp::parse(text).or_else(day).ok_or("write a day such as 2026-01-31, or a moment in RFC 3339")
}
